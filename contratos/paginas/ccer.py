"""The months of a CCER as its contract's page shows them, with why one counts zero."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contratos import ccer as leitura
from contratos.domain.ccer import is_lost, is_zeroed
from contratos.domain.contrato import Especie
from contratos.models import Ccer, Contrato
from contratos.paginas.palavras import brazilian, decimal
from contratos.selectors import deadline_day


@dataclass(frozen=True, slots=True)
class MesVisto:
    mes: date
    energia: str  # MWh that count
    porque: str  # of a zero


@dataclass(frozen=True, slots=True)
class CcerVisto:
    ccer: Ccer
    meses: list[MesVisto]
    total: str


def read(contrato: Contrato) -> CcerVisto | None:
    """None for what is no CCER, or was not registered as one."""
    if contrato.tipo is not Especie.CCER:
        return None
    ccer = Ccer.objects.select_related("unidade").filter(contrato=contrato).first()
    if ccer is None:
        return None
    rows = [(row.mes, row.energia_mwh, _why(row.mes, ccer, contrato)) for row in contrato.montantes.order_by("mes")]
    counts = [(mes, Decimal(0) if why else energia, why) for mes, energia, why in rows]
    total = sum((energia for _, energia, _ in counts), Decimal(0))
    return CcerVisto(ccer, [MesVisto(mes, decimal(energia, 6), why) for mes, energia, why in counts], decimal(total, 6))


def _why(mes: date, ccer: Ccer, contrato: Contrato) -> str:
    """'' for a month that counts as it was registered."""
    if contrato.cessa_em and mes > leitura.last_day(contrato):
        return f"contrato sem efeito desde {brazilian(contrato.cessa_em)}"
    if is_zeroed(mes, ccer.zerado_desde, ccer.zerado_ate):
        return "zerado por inadimplência (cláusula 3.72)"
    registered = deadline_day(contrato.registered_at) if contrato.registered_at else None
    prazo = leitura.deadline() if registered and registered >= mes else None
    if registered and prazo and is_lost(mes, registered, prazo):
        return f"registrado em {brazilian(registered)}, depois do prazo de {brazilian(prazo(mes))} (cláusula 3.71)"
    return ""
