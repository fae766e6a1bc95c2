"""The end of a CBR's registration: agreed, decided, or because it never was valid (3.26.1, 3.32, 3.33)."""

from collections.abc import Callable, Mapping
from datetime import date

from contratos.domain.cbr import end_problem, month_problem
from contratos.domain.procedimentos import Efeito
from contratos.models import Cbr
from contratos.services.cessacao import cease
from contratos.services.efeitos.feito import Feito
from contratos.services.situacao import stop_flows
from contratos.services.trilha import note
from contratos.services.versoes_do_cbr import count_again
from portal.calendario.selectors import calendar
from portal.kernel.errors import refuse

PROPOSTA = "F1"


def propose(feito: Feito) -> None:
    """By the seller. Nothing ends before the buyer validates."""
    dia = _day(feito.dados)
    problem = _reach(dia, feito) or month_problem(dia.replace(day=1), feito.hoje, calendar(), clausula="3.32.1")
    refuse({"finaliza_em": problem})


def agree(feito: Feito) -> None:
    proposta = feito.fluxo.atividades.get(codigo=PROPOSTA)
    _end(_day(proposta.evidencia), feito, causa="acordo das partes")


def decide(feito: Feito) -> None:
    """By CCEE alone, with the document that proves it."""
    dia, dados = _day(feito.dados), feito.dados
    refuse({"finaliza_em": _reach(dia, feito)})
    _end(dia, feito, causa=dados["causa"], documento=dados["documento"])


def _day(dados: Mapping[str, str]) -> date:
    return date.fromisoformat(dados["finaliza_em"])


def _reach(dia: date, feito: Feito) -> str:
    """Ended already, it can only end sooner."""
    contrato = feito.contrato
    if contrato.cessa_em is not None and dia >= contrato.cessa_em:
        return f"Cláusula 3.33: o registro já está finalizado: sem energia desde {contrato.cessa_em:%d/%m/%Y}."
    return end_problem(dia, contrato.suprimento_inicio, contrato.suprimento_fim)


def _end(dia: date, feito: Feito, **dados: str) -> None:
    """Amounts stop on that day; the registration itself is over once it comes."""
    contrato = feito.contrato
    contrato.cessa_em = dia
    contrato.save(update_fields=["cessa_em"])
    count_again(contrato)
    note(contrato, "cbr_finalizado", by=feito.by, now=feito.now, primeiro_dia_sem_energia=dia.isoformat(), **dados)
    if dia <= feito.hoje:
        cease(contrato, by=feito.by, now=feito.now)


def invalidate(feito: Feito) -> None:
    """It counts for nothing, from its beginning; what was under way stops (3.26.1)."""
    row, motivo = Cbr.objects.get(contrato=feito.contrato), feito.dados["invalidade"]
    row.invalido_em, row.invalido_motivo = feito.now, motivo[:300]
    row.save(update_fields=["invalido_em", "invalido_motivo"])
    count_again(feito.contrato)
    stop_flows(feito.contrato, estado="cessou: registro inválido", by=feito.by, now=feito.now)
    note(feito.contrato, "cbr_invalido", by=feito.by, now=feito.now, motivo=motivo)


EFEITOS: Mapping[Efeito, Callable[[Feito], None]] = {
    Efeito.PROPOR_FIM_DO_CBR: propose,
    Efeito.FINALIZAR_CBR: agree,
    Efeito.TERMINAR_CBR: decide,
    Efeito.INVALIDAR_CBR: invalidate,
}
