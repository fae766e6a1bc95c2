"""What came before a contract and after it, and since when it has no effect."""

from dataclasses import dataclass
from datetime import datetime

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


def read(contrato: Contrato, ator: Ator, *, now: datetime) -> list[Linha]:
    found = [_other("Sucede a", contrato.sucede, ator, now)] if contrato.sucede else []
    found += [_other("Sucedido por", novo, ator, now) for novo in contrato.sucessores.order_by("pk")]
    for row in _ceded(contrato):
        parts = f"{row.sucedida.sigla} → {row.sucessora.sigla}, com efeito em {brazilian(row.efeito_em)}"
        found.append(Linha("Cessão", parts))
    if contrato.cessa_em:
        found.append(Linha("Sem efeito a partir de", brazilian(contrato.cessa_em)))
    return found


def _other(nome: str, contrato: Contrato, ator: Ator, now: datetime) -> Linha:
    seen = acesso.visible(ator, now=now).filter(pk=contrato.pk).exists()
    return Linha(nome, contrato.numero, contrato.numero if seen else "")


def sellers(contrato: Contrato) -> list[Agente]:
    """The seller, and those whose place it took in this contract: each act is in the trail of the seller of its day."""
    found = [contrato.vendedor]
    for row in reversed(_ceded(contrato)):
        if row.sucessora == found[-1]:
            found.append(row.sucedida)
    return found


def _ceded(contrato: Contrato) -> list[Sucessao]:
    rows = contrato.sucessoes.filter(tipo=Sucessao.Tipo.CESSAO, effected_at__isnull=False)
    return list(rows.select_related("sucedida", "sucessora").order_by("effected_at"))
