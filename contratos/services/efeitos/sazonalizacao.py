"""Seasonalisation by the parties, and by CCEE where they did not (3.48, 3.49, 3.55 to 3.59)."""

from collections.abc import Callable, Mapping

from django.conf import settings

from contratos import faixas, montantes
from contratos.domain.montantes import faixa, grade
from contratos.domain.procedimentos import Efeito
from contratos.domain.procedimentos.sazonalizacao import DEVOLVIDA, SAZO_CA
from contratos.domain.sazonalizacao import PELAS_PARTES, PELO_FLAT, PELO_PERFIL, Calculo, Regra
from contratos.models import Sazonalizacao
from contratos.services import anuais, finais
from contratos.services.efeitos.feito import Feito
from contratos.services.finais import DoAno
from contratos.services.trilha import note
from portal.kernel.errors import refuse

CAMPO = "meses_do_ano"
SEM_MOTIVO = "Para devolver, diga ao comprador o que corrigir."
Situacao = Sazonalizacao.Situacao


def propose(feito: Feito) -> None:
    """By the buyer: every month, within the band, the year's energy kept to the last place (3.59)."""
    ano, calculo = year_of(feito), PELAS_PARTES[_rule(feito)]
    leitura = grade.read_months(feito.dados[CAMPO])
    refuse({CAMPO: leitura.told})
    de_cada = montantes.year(feito.contrato, ano)
    refuse({CAMPO: list(faixas.problems(feito.contrato, de_cada, _rule(feito), leitura.valores).values())})
    entrada = anuais.inputs(de_cada, faixa=str(faixa.DE_85_A_115) if settings.SAZONALIZACAO_FAIXA_DAS_PARTES else "")
    stated = DoAno(feito.contrato, ano, leitura.valores, calculo, entrada, feito.fluxo)
    row = finais.propose(stated, by=feito.by, now=feito.now)
    note(feito.contrato, "sazonalizacao_informada", by=feito.by, now=feito.now, ano=ano, meses=row.saida)


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
    _calculate(feito, PELO_PERFIL[_rule(feito)])


def evenly(feito: Feito) -> None:
    _set_aside(feito, Situacao.SEM_EFEITO)
    _calculate(feito, PELO_FLAT[_rule(feito)])


def _calculate(feito: Feito, calculo: Calculo) -> None:
    contrato, ano = feito.contrato, year_of(feito)
    finais.require_none(contrato, ano)
    pergunta = anuais.ask(contrato, montantes.year(contrato, ano), calculo, montantes.profiles(ano))
    row = DoAno(contrato, ano, anuais.answer(pergunta), calculo, pergunta.entrada, feito.fluxo)
    finais.write_final([row], by=feito.by, now=feito.now)


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
