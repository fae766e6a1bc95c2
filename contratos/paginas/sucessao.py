"""What came before a contract and after it, and since when it has no effect."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from contratos import acesso
from contratos.models import Contrato, Sucessao
from contratos.paginas.palavras import brazilian
from portal.agentes.acesso import Ator
from portal.agentes.models import Agente


@dataclass(frozen=True, slots=True)
class Linha:
    """`numero`: of a contract that the reader may open."""

    nome: str
    texto: str
    numero: str = ""


def read(contrato: Contrato, cedidas: list[Sucessao], ator: Ator, *, now: datetime) -> list[Linha]:
    found = _others(contrato, ator, now)
    for row in cedidas:
        parts = f"{row.sucedida.sigla} → {row.sucessora.sigla}, com efeito em {brazilian(row.efeito_em)}"
        found.append(Linha("Cessão", parts))
    if contrato.cessa_em:
        found.append(Linha("Sem efeito a partir de", brazilian(contrato.cessa_em)))
    return found


def _others(contrato: Contrato, ator: Ator, now: datetime) -> list[Linha]:
    """The one that it succeeds first: it is the older."""
    rows = list(Contrato.objects.filter(Q(pk=contrato.sucede_id) | Q(sucede=contrato)).order_by("pk"))
    seen = set(acesso.visible(ator, now=now).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    return [
        Linha(
            "Sucede a" if row.pk == contrato.sucede_id else "Sucedido por",
            row.numero,
            row.numero if row.pk in seen else "",
        )
        for row in rows
    ]


def sellers(contrato: Contrato, cedidas: list[Sucessao]) -> list[Agente]:
    """The seller, and those whose place it took in this contract: each act is in the trail of the seller of its day."""
    found = [contrato.vendedor]
    for row in reversed(cedidas):
        if row.sucessora == found[-1]:
            found.append(row.sucedida)
    return found


def ceded(contrato: Contrato) -> list[Sucessao]:
    """The cessions that took effect, the oldest first."""
    rows = contrato.sucessoes.filter(tipo=Sucessao.Tipo.CESSAO, effected_at__isnull=False)
    return list(rows.select_related("sucedida", "sucessora").order_by("effected_at"))
