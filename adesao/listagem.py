"""One page of companies with what lists show, in a number of queries that does not grow with the list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Any

from django.db.models import Case, Exists, OuterRef, QuerySet, Value, When

from adesao.models import Credencial
from adesao.selectors import search
from certificados.selectors import status_filter, with_status
from portal.agentes.models import Agente

POR_PAGINA = 50
ADESAO = {"aderido": "Aderido", "nao_aderido": "Não aderido"}


@dataclass(frozen=True, slots=True)
class Pagina:
    """`linhas`: Agentes from annotated()."""

    total: int
    pagina: int
    paginas: int
    linhas: Sequence[Any]


def annotated(agentes: QuerySet[Agente], *, now: datetime) -> QuerySet[Agente]:
    """Adds `adesao` ("aderido" or "nao_aderido") and what certificados.selectors.status_of needs."""
    adhered = Exists(Credencial.objects.filter(agente=OuterRef("pk")))
    adesao = Case(When(adhered, then=Value("aderido")), default=Value("nao_aderido"))
    return with_status(agentes, now=now).annotate(adesao=adesao)


def page(
    agentes: QuerySet[Agente],
    *,
    pagina: int,
    now: datetime,
    busca: str = "",
    situacao: str = "",
    size: int = POR_PAGINA,
) -> Pagina:
    """Beyond the last page the rows are none. The rows are found first and annotated after, so that OFFSET is cheap."""
    found, _ = search(agentes, por="", texto=busca)
    if situacao:
        found = found.filter(status_filter(situacao, now=now))
    total = found.count()
    start = (pagina - 1) * size
    pks = list(found.values_list("pk", flat=True)[start : start + size])
    linhas = list(annotated(Agente.objects.filter(pk__in=pks), now=now)) if pks else []
    return Pagina(total, pagina, max(1, ceil(total / size)), linhas)
