"""When each certificate in service ends, and what was last told of it: for a spreadsheet, one row at a time."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from certificados import selectors as certificados
from notificacoes.models import Aviso, Situacao
from portal import clock
from portal.agentes.models import Agente
from portal.kernel.cnpj import mask
from portal.kernel.text import visible

COLUNAS = (
    "CNPJ", "Sigla", "Arquivo", "Número de série", "SHA-256", "Válido desde", "Vence em", "Dias restantes", "Situação",
    "Último aviso",
)  # fmt: skip
LOTE = 1000  # rows that are held at a time, however many there are


def lines(agentes: QuerySet[Agente], *, now: datetime) -> Iterator[tuple[str, ...]]:
    """One per company and certificate, the next to end first. A single query."""
    sent = Aviso.objects.filter(certificado=OuterRef("pk"), situacao=Situacao.ENVIADA).order_by("-settled_at", "-pk")
    rows = certificados.ending(agentes).annotate(
        cnpj_do_agente=F("agente__cnpj"),
        sigla=F("agente__sigla"),
        avisado_at=Subquery(sent.values("settled_at")[:1]),
        antecedencia=Subquery(sent.values("antecedencia")[:1]),
    )
    for row in rows.iterator(chunk_size=LOTE):
        yield _line(row, now)


def _line(row: Any, now: datetime) -> tuple[str, ...]:
    status = certificados.status_of_certificado(row, now=now)
    return (
        mask(row.cnpj_do_agente),
        visible(row.sigla, 200),
        visible(row.nome_arquivo, 200),
        row.numero_serie,
        row.sha256,
        f"{clock.local_date(row.valid_from):%d/%m/%Y}",
        f"{clock.local_date(row.valid_until):%d/%m/%Y}",
        str(certificados.days_left(row, now=now)),
        certificados.CERTIFICADO_STATUS[status],
        _told(row),
    )


def _told(row: Any) -> str:
    if row.avisado_at is None:
        return "nenhum"
    return f"de {row.antecedencia} dias, em {clock.local_date(row.avisado_at):%d/%m/%Y}"
