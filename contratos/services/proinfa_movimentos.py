"""Energy that goes from one PROINFA contract to another: the total never changes. Inside an act."""

from datetime import date, datetime
from decimal import Decimal

from django.db.models import Sum

from contratos import proinfa
from contratos.domain.ccer import mean_power
from contratos.domain.montantes.exato import number
from contratos.models import Contrato, MontanteDoMes, MovimentoDeCota, UnidadeConsumidora
from contratos.services.trilha import note
from portal.kernel.errors import Conflict


def transfer(
    de: Contrato,
    para: Contrato,
    unidade: UnidadeConsumidora,
    mes: date,
    energia: Decimal,
    *,
    clausula: str,
    by: str,
    now: datetime,
) -> None:
    """Raises Conflict where the one side has less than that. A negative amount goes the other way."""
    if energia < 0:
        de, para, energia = para, de, -energia
    if not energia:
        return
    _add(de, mes, -energia)
    _add(para, mes, energia)
    MovimentoDeCota.objects.create(
        de=de, para=para, unidade=unidade, mes=mes, energia_mwh=energia, clausula=clausula, made_at=now, made_by=by
    )
    for contrato in (de, para):
        refresh(contrato)
        told = {"mes": f"{mes:%m/%Y}", "energia_mwh": f"{energia:f}", "clausula": clausula}
        note(
            contrato, "cota_transferida", by=by, now=now, unidade=unidade.codigo, de=de.numero, para=para.numero, **told
        )


def _add(contrato: Contrato, mes: date, energia: Decimal) -> None:
    before = proinfa.amount(contrato, mes) or Decimal(0)
    if before + energia < 0:
        raise Conflict(
            f"Cláusula 3.38: em {mes:%m/%Y} o contrato {contrato.numero} tem {number(before)} MWh, menos que os "
            f"{number(-energia)} MWh a transferir. Confira as cotas já transferidas nesse mês."
        )
    put(contrato, mes, before + energia)


def put(contrato: Contrato, mes: date, energia: Decimal) -> None:
    MontanteDoMes.objects.update_or_create(contrato=contrato, mes=mes, defaults={"energia_mwh": energia})


def refresh(contrato: Contrato) -> None:
    """Its whole energy is that of its months."""
    total = MontanteDoMes.objects.filter(contrato=contrato).aggregate(total=Sum("energia_mwh"))["total"] or Decimal(0)
    power = mean_power(total, contrato.suprimento_inicio, contrato.suprimento_fim)
    Contrato.objects.filter(pk=contrato.pk).update(energia_mwh=total, montante_mwmed=power)
