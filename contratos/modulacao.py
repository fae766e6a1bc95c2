"""The hours of a month, as they count: what is to be spread, within what, and what has become of it."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from django.db.models import F, Q, QuerySet

from contratos import cbr, procedimentos
from contratos.cbr import reach
from contratos.domain.acordo import Intervalo
from contratos.domain.cbr import DISTRIBUIDOR
from contratos.domain.contrato import Especie, Registro
from contratos.domain.modulacao import Mes, MesDeCa, MesDeCbr
from contratos.domain.montantes.exato import decimal, micros
from contratos.domain.montantes.meses import hours_in, whole, within
from contratos.domain.montantes.modulacao import Potencia
from contratos.domain.periodos import round6
from contratos.domain.procedimentos import Atividade
from contratos.domain.procedimentos.modulacao import DE_CA, MODULACAO_CBR
from contratos.models import Anuncio, Cbr, Contrato, Fluxo, Modulacao, MontanteDoMes, PotenciaDoContrato

MODULADAS = frozenset({Especie.CA, Especie.CBR})  # what has hours to be stated
FLUXOS = (*(each.codigo for each in DE_CA), MODULACAO_CBR.codigo)
Situacao = Modulacao.Situacao


def power(contrato: Contrato) -> Potencia | None:
    row = PotenciaDoContrato.objects.filter(contrato=contrato).first()
    return row.limites if row else None


def of_month(contrato: Contrato, mes: date) -> Mes | None:
    """None: there is nothing to spread, or nobody knows yet how much."""
    dias = within(mes, reach(contrato))
    if dias.ate < dias.de:
        return None
    if contrato.tipo is Especie.CBR:
        return MesDeCbr(dias, tuple(cbr.amounts(contrato, mes)))
    energia = _energy(contrato, mes, dias)
    return None if energia is None else MesDeCa(dias, energia, power(contrato))


def _energy(contrato: Contrato, mes: date, dias: Intervalo) -> Decimal | None:
    """As seasonalised; in proportion where the contract ceased since within the month."""
    row = MontanteDoMes.objects.filter(contrato=contrato, mes=mes).first()
    if row is None:
        return None
    planned = within(mes, Intervalo(contrato.suprimento_inicio, contrato.suprimento_fim))
    return round6(row.energia_mwh * hours_in(dias) / hours_in(planned))


def power_warnings(contrato: Contrato, meses: Mapping[date, Decimal]) -> list[str]:
    """Of energy by month: where even flat, which asks nobody, would not keep to the limits of power."""
    limites = power(contrato) if contrato.tipo is Especie.CA else None
    if limites is None:
        return []
    suprimento = reach(contrato)
    found = (MesDeCa(within(mes, suprimento), energia, limites).flat_problem() for mes, energia in meses.items())
    return list(filter(None, found))


def ex_ante() -> QuerySet[Contrato]:
    """CBRs in force that are modulated as their parties agree: of one group, the buyer a distributor (3.78.1)."""
    return Contrato.objects.filter(
        especie=Especie.CBR.value,
        registro=Registro.REGISTRADO.value,
        comprador__classe=DISTRIBUIDOR,
        cbr__modulacao=Cbr.Modulacao.EX_ANTE,
        cbr__mesmo_grupo=True,
        cbr__invalido_em=None,
    )


def announced(codigo: Anuncio.Codigo, contrato: Contrato, mes: date) -> Anuncio | None:
    """That of the contract's auction comes before the general one."""
    rows = Anuncio.objects.filter(
        Q(leilao=None) | Q(leilao=contrato.leilao_id), codigo=codigo, referencia__range=(mes, whole(mes).ate)
    )
    return rows.order_by(F("leilao").asc(nulls_last=True)).first()


def final(contrato: Contrato, mes: date) -> Modulacao | None:
    return Modulacao.objects.filter(contrato=contrato, mes=mes, situacao=Situacao.FINAL).first()


def flow(contrato: Contrato, mes: date) -> Fluxo | None:
    """In which the month is modulated."""
    return contrato.fluxos.filter(procedimento__in=FLUXOS, ancoras__MS=mes.isoformat()).first()


def first_step(fluxo: Fluxo) -> Atividade:
    """By which the hours are stated."""
    return procedimentos.of(fluxo).atividades[0]


def month_of(fluxo: Fluxo) -> date:
    return date.fromisoformat(fluxo.ancoras["MS"])


def as_kept(horas: Iterable[Decimal]) -> list[int]:
    return [micros(each) for each in horas]


def hours(row: Modulacao) -> list[Decimal]:
    return [decimal(each) for each in row.horas]
