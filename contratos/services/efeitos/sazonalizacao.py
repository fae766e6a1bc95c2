"""Seasonalisation by the parties, and by CCEE where they did not (3.48, 3.49, 3.55 to 3.59)."""

from collections.abc import Callable, Mapping

from django.conf import settings

from contratos import montantes
from contratos.domain import ccer
from contratos.domain.montantes import faixa
from contratos.domain.procedimentos import Efeito
from contratos.domain.procedimentos.sazonalizacao import DEVOLVIDA, SAZO_CA
from contratos.domain.sazonalizacao import PELAS_PARTES, PELO_FLAT, PELO_PERFIL, Regra
from contratos.models import Sazonalizacao
from contratos.services import anuais, finais
from contratos.services.efeitos.feito import Feito
from contratos.services.trilha import note
from portal.kernel.errors import refuse

CAMPO = "meses_do_ano"
SEM_MOTIVO = "Para devolver, diga ao comprador o que corrigir."
Situacao = Sazonalizacao.Situacao


def propose(feito: Feito) -> None:
    """By the buyer: every month, within the band, the year's energy kept to the last place (3.59)."""
    ano, calculo = year_of(feito), PELAS_PARTES[_rule(feito)]
    meses, unread = ccer.read_months(feito.dados[CAMPO])
    refuse({CAMPO: unread})
    de_cada = montantes.year(feito.contrato, ano)
    refuse({CAMPO: list(problems(meses, de_cada, calculo.clausula).values())})
    entrada = anuais.inputs(de_cada, faixa=str(faixa.DE_85_A_115) if settings.SAZONALIZACAO_FAIXA_DAS_PARTES else "")
    row = finais.propose(feito.fluxo, ano, meses, calculo, entrada=entrada, by=feito.by, now=feito.now)
    note(feito.contrato, "sazonalizacao_informada", by=feito.by, now=feito.now, ano=ano, meses=row.saida)


def problems(meses: finais.Meses, de_cada: montantes.Ano, clausula: str) -> faixa.Problemas:
    """The band too, unless the house reads 3.48 without one (docs/decisions/030)."""
    if settings.SAZONALIZACAO_FAIXA_DAS_PARTES:
        return faixa.problems(meses, de_cada.energia, de_cada.horas, faixa.DE_85_A_115, clausula)
    found = faixa.form_problems(meses, de_cada.horas, clausula)
    total = faixa.total_problem(meses, de_cada.energia, clausula)
    return found | ({None: total} if total else {})


def validate(feito: Feito) -> None:
    proposta = Sazonalizacao.objects.select_related("contrato").get(fluxo=feito.fluxo, situacao=Situacao.PROPOSTA)
    if feito.resultado != DEVOLVIDA:
        finais.settle(proposta, by=feito.by, now=feito.now)
        return
    motivo = feito.dados.get("devolucao", "")
    refuse({"devolucao": "" if motivo else SEM_MOTIVO})
    _set_aside(feito, Situacao.DEVOLVIDA)
    note(feito.contrato, "sazonalizacao_devolvida", by=feito.by, now=feito.now, ano=proposta.ano, motivo=motivo)


def lapse(feito: Feito) -> None:
    _set_aside(feito, Situacao.SEM_EFEITO)


def _set_aside(feito: Feito, situacao: Sazonalizacao.Situacao) -> None:
    rows = Sazonalizacao.objects.filter(fluxo=feito.fluxo, situacao=Situacao.PROPOSTA)
    rows.update(situacao=situacao.value)


def by_profile(feito: Feito) -> None:
    calculo = PELO_PERFIL[_rule(feito)]
    anuais.by_profile(feito.contrato, year_of(feito), calculo, by=feito.by, now=feito.now, fluxo=feito.fluxo)


def evenly(feito: Feito) -> None:
    _set_aside(feito, Situacao.SEM_EFEITO)
    calculo = PELO_FLAT[_rule(feito)]
    anuais.evenly(feito.contrato, year_of(feito), calculo, by=feito.by, now=feito.now, fluxo=feito.fluxo)


def year_of(feito: Feito) -> int:
    return int(feito.fluxo.dados["ano"])


def _rule(feito: Feito) -> Regra:
    """By which the flow was opened, whatever its auction's row says since."""
    return Regra.AJUSTE if feito.fluxo.procedimento == SAZO_CA.codigo else Regra.PARTES


EFEITOS: Mapping[Efeito, Callable[[Feito], None]] = {
    Efeito.PROPOR_SAZONALIZACAO: propose,
    Efeito.VALIDAR_SAZONALIZACAO: validate,
    Efeito.CADUCAR_SAZONALIZACAO: lapse,
    Efeito.SAZONALIZAR_PELO_PERFIL: by_profile,
    Efeito.SAZONALIZAR_FLAT: evenly,
}
