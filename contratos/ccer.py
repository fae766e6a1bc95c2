"""CCERs as they count: for the pages, and for whoever needs the energy of a month."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet

from contratos.domain.ccer import PRAZO, Registrado, is_zeroed
from contratos.domain.contrato import Registro
from contratos.domain.prazos import due_dates, month, parse
from contratos.models import Ccer, Contrato, MontanteDoMes, UnidadeConsumidora
from contratos.selectors import conventions
from portal.calendario.selectors import calendar

VIGENTES = (Registro.REGISTRADO, Registro.SUSPENSO)
ZERO = Decimal(0)


def deadline() -> Callable[[date], date]:
    """Of a month: the last day on which it may be registered. The calendar is read once."""
    calendario, convencoes, prazo = calendar(), conventions(), parse(PRAZO)
    return lambda mes: due_dates(prazo, {"MS": [mes]}, calendario, convencoes)[0]


def last_day(contrato: Contrato) -> date:
    """With energy."""
    ceases = contrato.cessa_em - timedelta(days=1) if contrato.cessa_em else contrato.suprimento_fim
    return min(ceases, contrato.suprimento_fim)


def others(unidade: UnidadeConsumidora, contrato: Contrato) -> list[Registrado]:
    """The other CCERs of that unit that ever had effect."""
    rows = Contrato.objects.filter(ccer__unidade=unidade).exclude(pk=contrato.pk)
    return [
        Registrado(each.numero, each.suprimento_inicio, last_day(each), Registro(each.registro) in VIGENTES)
        for each in rows.exclude(registro=Registro.NAO_REGISTRADO.value).order_by("pk")
    ]


def with_registration(unidades: QuerySet[UnidadeConsumidora], *, on: date) -> QuerySet[UnidadeConsumidora]:
    """Each with `registrada`: whether it has a CCER whose supply is not over on that day (3.22)."""
    lasts = Q(contrato__cessa_em=None) | Q(contrato__cessa_em__gt=on)
    live = Ccer.objects.filter(lasts, contrato__registro__in=list(VIGENTES), contrato__suprimento_fim__gte=on)
    return unidades.annotate(registrada=Exists(live.filter(unidade=OuterRef("pk"))))


def amount(contrato: Contrato, mes: date) -> Decimal:
    """MWh that count for that month: zero where nothing was registered in time, or the consumer owes (3.71, 3.72)."""
    ccer = Ccer.objects.filter(contrato=contrato).first()
    if ccer is None or Registro(contrato.registro) is Registro.NAO_REGISTRADO or month(mes, 0) > last_day(contrato):
        return ZERO
    row = MontanteDoMes.objects.filter(contrato=contrato, mes=month(mes, 0)).first()
    return row.energia_mwh if row is not None and not is_zeroed(row.mes, ccer.zerado_desde, ccer.zerado_ate) else ZERO
