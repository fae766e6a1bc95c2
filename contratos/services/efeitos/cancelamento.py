"""The registration of a CCEAR cancelled after ANEEL's decision, and settled months that are to be settled again."""

from collections.abc import Callable, Mapping
from datetime import date

from contratos.domain.cancelamento import Decisao, decision_problems, earliest, months_to_redo
from contratos.domain.contrato import NOMES, Registro
from contratos.domain.evidencia.encerramento import ACORDO_BILATERAL
from contratos.domain.procedimentos import Efeito
from contratos.domain.procedimentos.cancelamento import RECONTABILIZACAO
from contratos.models import AtoRegulatorio
from contratos.services.aberturas import start
from contratos.services.efeitos.feito import Feito
from contratos.services.situacao import lock, move, stop_flows
from portal.kernel.errors import refusal, refuse


def record_decision(feito: Feito) -> None:
    """The day of the decision is only kept: effect and deadline count from its publication (3.109, 3.110)."""
    decisao = _read(feito.dados)
    refuse(decision_problems(decisao, feito.hoje))
    if feito.ato is not None and decisao.decidida_em is not None:
        rows = AtoRegulatorio.objects.filter(orgao=feito.ato.orgao, tipo=feito.ato.tipo, numero=feito.ato.numero)
        rows.filter(decided_on=None).update(decided_on=decisao.decidida_em)


def cancel(feito: Feito) -> None:
    """With effect on the day of publication. One that was ended by agreement earlier stays ended since then."""
    stated = _read(feito.fluxo.atividades.filter(codigo="K1").latest("rodada").evidencia)
    contrato = lock(feito.contrato)
    cessa_em = earliest(contrato.cessa_em, stated.publicada_em)
    move(contrato, Registro.CANCELADO, by=feito.by, now=feito.now, cessa_em=cessa_em)
    stop_flows(contrato, estado=f"cessou: contrato {NOMES[Registro.CANCELADO].lower()}", by=feito.by, now=feito.now)
    months = months_to_redo(
        stated.publicada_em, stated.ultimo_liquidado, contrato.suprimento_inicio, contrato.suprimento_fim
    )
    for mes in months:
        nome, dados = f"Recontabilizar {mes:%m/%Y}", {"mes": mes.isoformat()}
        start(contrato, RECONTABILIZACAO.codigo, by=feito.by, now=feito.now, dados=dados, nome=nome)


def _read(dados: Mapping[str, str]) -> Decisao:
    return Decisao(
        date.fromisoformat(dados["ato_publicado_em"]),
        _day(dados.get("decisao_em")),
        _day(dados.get("ultimo_mes_liquidado")),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def ask_again(feito: Feito) -> None:
    if feito.dados["motivo"] == ACORDO_BILATERAL:
        raise refusal(
            "motivo",
            "Cláusula 3.106: não se aceita pedido de recontabilização de acordo bilateral; o que as partes acordaram "
            "é definitivo (cláusula 3.105). Por outro motivo o pedido é possível, e a CCEE o avalia.",
        )
    if date.fromisoformat(feito.dados["mes"]) >= feito.hoje.replace(day=1):
        raise refusal("mes", "Só se recontabiliza um mês que já terminou e foi liquidado.")


EFEITOS: Mapping[Efeito, Callable[[Feito], None]] = {
    Efeito.REGISTRAR_DECISAO: record_decision,
    Efeito.CANCELAR_REGISTRO: cancel,
    Efeito.PEDIR_RECONTABILIZACAO: ask_again,
}
