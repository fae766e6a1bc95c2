"""The hours of a month: informed, validated, or flat where nobody did in time (3.60 to 3.62, 3.78); and 3.54."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from contratos import modulacao
from contratos.cbr import reach
from contratos.domain.modulacao import (
    PELAS_PARTES,
    PELO_FLAT,
    Mes,
    percent_month_problem,
    read_percent,
)
from contratos.domain.montantes import grade
from contratos.domain.montantes.celulas import CelulaErrada
from contratos.domain.procedimentos import Efeito
from contratos.domain.procedimentos.modulacao import DEVOLVIDA
from contratos.models import Modulacao, PercentualDoAcl
from contratos.services import horas
from contratos.services.efeitos.feito import Feito
from contratos.services.trilha import note
from portal.calendario.selectors import calendar
from portal.kernel.errors import Conflict, refuse

CAMPO = "horas_do_mes"
SEM_MOTIVO = "Para devolver, diga à outra parte o que corrigir."
Situacao = Modulacao.Situacao


def propose(feito: Feito) -> None:
    """Every hour, within the limits, the month's energy kept to the last place (3.60, 3.78.1)."""
    mes, found = _stated(feito)
    calculo = PELAS_PARTES[feito.contrato.tipo]
    row = horas.propose(feito.fluxo, found, calculo, entrada=mes.inputs(), by=feito.by, now=feito.now)
    note(feito.contrato, "modulacao_informada", by=feito.by, now=feito.now, **horas.summary(row))


def modulate(feito: Feito) -> None:
    """Where the house reads 3.60 without a validation: final at once."""
    mes, found = _stated(feito)
    calculo = PELAS_PARTES[feito.contrato.tipo]
    horas.calculated(feito.fluxo, found, calculo, entrada=mes.inputs(), by=feito.by, now=feito.now)


def _stated(feito: Feito) -> tuple[Mes, list[Decimal]]:
    mes = _month(feito)
    leitura = grade.read_hours(feito.dados[CAMPO], mes.dias)
    refuse({CAMPO: leitura.told})
    refuse({CAMPO: list(mes.problems(leitura.in_order).values())})
    return mes, mes.settled(leitura.in_order)


def _month(feito: Feito) -> Mes:
    first = modulacao.month_of(feito.fluxo)
    mes = modulacao.of_month(feito.contrato, first)
    if mes is None:
        raise Conflict(
            f"O contrato já não tem energia em {first:%m/%Y}: não há o que modular. Cancele o fluxo, ou confira o "
            "registro do contrato."
        )
    return mes


def validate(feito: Feito) -> None:
    """Judged again: what the month has, or may have, may have changed since it was informed."""
    proposta = Modulacao.objects.select_related("contrato").get(fluxo=feito.fluxo, situacao=Situacao.PROPOSTA)
    if feito.resultado == DEVOLVIDA:
        _give_back(feito, proposta)
        return
    mes = _month(feito)
    problems = list(mes.problems(modulacao.hours(proposta)).values())
    refuse({"resultado": [f"{each} Devolva a modulação, para que seja informada de novo." for each in problems]})
    horas.settle(proposta, by=feito.by, now=feito.now)


def _give_back(feito: Feito, proposta: Modulacao) -> None:
    motivo = feito.dados.get("devolucao", "")
    refuse({"devolucao": "" if motivo else SEM_MOTIVO})
    _set_aside(feito, Situacao.DEVOLVIDA)
    horas.name_month(feito.fluxo)
    note(feito.contrato, "modulacao_devolvida", by=feito.by, now=feito.now, mes=f"{proposta.mes:%m/%Y}", motivo=motivo)


def _set_aside(feito: Feito, situacao: Modulacao.Situacao) -> None:
    Modulacao.objects.filter(fluxo=feito.fluxo, situacao=Situacao.PROPOSTA).update(situacao=situacao.value)


def evenly(feito: Feito) -> None:
    """Asks nobody, and so not whether it keeps to the limits either: that is kept beside it.

    Nothing for a contract that ceased since: the nightly run stops at no flow.
    """
    _set_aside(feito, Situacao.SEM_EFEITO)
    mes = modulacao.of_month(feito.contrato, modulacao.month_of(feito.fluxo))
    if mes is not None:
        calculo, entrada = PELO_FLAT[feito.contrato.tipo], {**mes.inputs(), "aviso": mes.flat_problem()}
        horas.calculated(feito.fluxo, mes.flat(), calculo, entrada=entrada, by=feito.by, now=feito.now)


def state_percent(feito: Feito) -> None:
    """The latest statement counts, until the deadline (3.54)."""
    mes = date.fromisoformat(feito.dados["mes_referencia"])
    problem, percentual = _percent(feito.dados["percentual"])
    late = percent_month_problem(mes, reach(feito.contrato), feito.hoje, calendar())
    refuse({"mes_referencia": late, "percentual": problem})
    facts = {"percentual": percentual, "fluxo": feito.fluxo, "informed_at": feito.now, "informed_by": feito.by}
    PercentualDoAcl.objects.update_or_create(contrato=feito.contrato, mes=mes, defaults=facts)
    dados = {"mes": f"{mes:%m/%Y}", "percentual": f"{percentual:f}"}
    note(feito.contrato, "percentual_acl", by=feito.by, now=feito.now, **dados)


def _percent(texto: str) -> tuple[str, Decimal]:
    try:
        return "", read_percent(texto)
    except CelulaErrada as error:
        return str(error), Decimal(0)


EFEITOS: Mapping[Efeito, Callable[[Feito], None]] = {
    Efeito.PROPOR_MODULACAO: propose,
    Efeito.MODULAR: modulate,
    Efeito.VALIDAR_MODULACAO: validate,
    Efeito.MODULAR_FLAT: evenly,
    Efeito.INFORMAR_PERCENTUAL: state_percent,
}
