"""When a signed amendment takes effect: with the CCG that goes with it, or what is equivalent to one (3.95)."""

from collections.abc import Iterator

from contratos.domain.andamento import Situacao
from contratos.domain.contrato import COM_CCG
from contratos.domain.procedimentos import ADITAMENTO
from contratos.domain.procedimentos import Atividade as Definicao
from contratos.models import Atividade, Ccg, Fluxo
from contratos.services.andamento import Andamento, lock
from contratos.services.instrumentos import DE_CCG
from portal import clock

PASSO = "A6"
SEM_CCG = "Este contrato não tem CCG: o aditamento é eficaz com a assinatura de todos (cláusula 3.95)."


def matching(fluxo: Fluxo) -> Ccg | None:
    """In force, and celebrated after the amendment was opened: the one before it secured the contract as it was."""
    found = Ccg.objects.filter(
        contrato=fluxo.contrato_id, situacao=Ccg.Situacao.EM_VIGOR, celebrated_at__gte=fluxo.opened_at
    )
    return found.first()


def due(done: Andamento) -> Iterator[tuple[Andamento, Atividade, Definicao, dict[str, str]]]:
    """With what is stated of them: the amendments of the contract that take effect with what was just done."""
    if done.fluxo.procedimento not in (ADITAMENTO.codigo, *DE_CCG):
        return
    waiting = Atividade.objects.filter(
        fluxo__contrato=done.fluxo.contrato, fluxo__procedimento=ADITAMENTO.codigo, codigo=PASSO, closed_at=None
    )
    for pk in waiting.order_by("fluxo").values_list("fluxo", flat=True):
        andamento = Andamento(lock(pk), done.now)
        row, stated = andamento.rows[PASSO], _stated(andamento.fluxo)
        if row.situacao == Situacao.ABERTA and stated:
            yield andamento, row, ADITAMENTO.por_codigo[PASSO], {"eficacia": stated}


def _stated(fluxo: Fluxo) -> str:
    """'' while nothing gives it effect."""
    if fluxo.contrato.tipo not in COM_CCG:
        return SEM_CCG
    ccg = matching(fluxo)
    if ccg is None or ccg.celebrated_at is None:
        return ""
    bank = f", banco gestor {ccg.banco_gestor}" if ccg.banco_gestor else ""
    return f"CCG celebrado em {clock.local(ccg.celebrated_at):%d/%m/%Y às %H:%M}{bank}."
