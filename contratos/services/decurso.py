"""What time alone brings about: branches that open when a deadline passes, requests that lapse (3.84)."""

from datetime import datetime

from contratos import acesso
from contratos.domain.andamento import Situacao
from contratos.domain.procedimentos import PROCEDIMENTOS, Fato
from contratos.models import Atividade, Fluxo
from contratos.selectors import deadline_day
from contratos.services.andamento import Andamento, lock
from contratos.services.atividades import conclude
from contratos.services.cessacao import cease_due
from contratos.services.rescisoes import rescind_due
from contratos.services.trilha import SISTEMA, note
from portal.agentes.acesso import Ator
from portal.auditoria.services import act
from portal.kernel.errors import DomainError

PELO_TEMPO = [p.codigo for p in PROCEDIMENTOS.values() if any(a.condicao for a in p.atividades)]


def advance(*, now: datetime) -> int:
    """Every flow with a deadline behind it, each in a transaction of its own, and what ends on a day that has come.

    Gives how many activities and contracts it closed.
    """
    late = Atividade.objects.filter(
        fluxo__closed_at=None,
        fluxo__procedimento__in=PELO_TEMPO,
        closed_at=None,
        vence_em__lt=deadline_day(now),
    )
    closed = sum(_advance(pk, now=now) for pk in sorted(set(late.values_list("fluxo", flat=True))))
    return closed + cease_due(now=now) + rescind_due(now=now)


@act()
def _advance(pk: int, *, now: datetime) -> int:
    andamento = Andamento(lock(pk), now)
    if andamento.fluxo.closed_at is not None:
        return 0
    andamento.settle(by=SISTEMA)
    closed = 0
    for step in andamento.procedimento.atividades:
        row = andamento.rows[step.codigo]
        if step.fato is Fato.DECURSO and row.situacao == Situacao.ABERTA and not _ours_is_late(andamento):
            conclude(andamento, row, step, by=SISTEMA, evidencia={})
            closed += 1
    return closed


def _ours_is_late(andamento: Andamento) -> bool:
    """Where CCEE itself let its deadline pass, a person confirms the cancellation (analyst's brief, 3.3)."""
    row = andamento.rows.get("S2")
    if row is None:
        return False
    late = andamento.passos["S2"].is_late(andamento.hoje)
    if late and not andamento.fluxo.dados.get("confirmar_decurso"):
        andamento.fluxo.dados["confirmar_decurso"] = andamento.hoje.isoformat()
        andamento.fluxo.save(update_fields=["dados"])
        note(andamento.fluxo.contrato, "decurso_a_confirmar", by=SISTEMA, now=andamento.now, atividade=row.codigo)
    return late


@act()
def confirm_lapse(fluxo: Fluxo, *, ator: Ator, now: datetime) -> Fluxo:
    """By CCEE's people, where CCEE's own delay kept the run from cancelling the request."""
    acesso.require_ccee(ator, fluxo.contrato, now=now)
    andamento = Andamento(lock(fluxo.pk), now)
    for step in andamento.procedimento.atividades:
        row = andamento.rows[step.codigo]
        if step.fato is Fato.DECURSO and row.situacao == Situacao.ABERTA:
            conclude(andamento, row, step, by=ator.nome, evidencia={})
            return andamento.fluxo
    raise DomainError("Não há decurso de prazo a confirmar neste fluxo.")
