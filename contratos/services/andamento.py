"""Between the engine and its rows: what a flow's rows say is read, moved on, and what changed is written back."""

from datetime import date, datetime
from functools import cached_property

from django.conf import settings

from contratos import procedimentos, selectors
from contratos.domain import andamento
from contratos.domain.andamento import VIVAS, Passo, Passos, Situacao
from contratos.domain.prazos import AncoraFaltante, due_date, parse
from contratos.domain.procedimentos import Atividade as Definicao
from contratos.domain.procedimentos import Procedimento
from contratos.domain.procedimentos.configurados import SEM_PRAZO, deadline_of
from contratos.models import Atividade, Contrato, Fluxo
from contratos.services.paradas import undo
from portal.calendario.selectors import calendar
from portal.kernel.business_days import Calendario

COM = (
    "contrato__vendedor", "contrato__comprador", "contrato__leilao", "contrato__outorga__ato", "marcos",
    "solicitante", "sucessora",
)  # fmt: skip


def lock(pk: int) -> Fluxo:
    """Inside an act: nobody else moves this flow until it is over.

    Its contract first, as whoever changes the contract does, so that no two wait for each other. A flow that meanwhile
    went to another contract (3.87) is locked with that one.
    """
    while True:
        held = Fluxo.objects.values_list("contrato", flat=True).get(pk=pk)
        Contrato.objects.select_for_update(no_key=True).only("pk").get(pk=held)
        fluxo = Fluxo.objects.select_for_update(of=("self",)).select_related(*COM).get(pk=pk)
        if fluxo.contrato_id == held:
            return fluxo


def stop(fluxo: Fluxo, *, estado: str, by: str, now: datetime) -> None:
    """Inside an act: everything in it that is open is cancelled."""
    em_maos = Andamento(lock(fluxo.pk), now)
    em_maos.write(andamento.cancel(em_maos.passos, em_maos.hoje), by=by)
    Fluxo.objects.filter(pk=fluxo.pk).update(estado=estado)
    undo(fluxo)


class Andamento:
    """One flow in hand, its row locked. The steps are those of the latest round."""

    def __init__(self, fluxo: Fluxo, now: datetime) -> None:
        self.fluxo, self.now, self.hoje = fluxo, now, selectors.deadline_day(now)
        self.procedimento: Procedimento = procedimentos.of(fluxo)
        self.rows = {row.codigo: row for row in fluxo.atividades.order_by("rodada")}
        if self.rows and fluxo.marcos_id is None:  # a set of milestones changes by adoption only
            self._add_gained()
        self.passos = self._read_all()

    @cached_property
    def calendario(self) -> Calendario:
        """Read once for a flow in hand: it has some hundred rows."""
        return calendar()

    def begin(self) -> None:
        dues = {a.codigo: self.due(a) for a in self.procedimento.atividades}
        for ordem, atividade in enumerate(self.procedimento.atividades):
            self.rows[atividade.codigo] = self.new_row(atividade, Passo(atividade.codigo), ordem)
        self.write(andamento.start(self.procedimento, dues, self.hoje), by=self.fluxo.opened_by)

    def _add_gained(self) -> None:
        """What the procedure has gained since the flow began waits its turn; saved with the next change."""
        for ordem, atividade in enumerate(self.procedimento.atividades):
            if atividade.codigo not in self.rows:
                self.rows[atividade.codigo] = self.new_row(atividade, Passo(atividade.codigo), ordem)

    def settle(self, *, by: str) -> None:
        self.write(andamento.settle(self.procedimento, self.passos, self.hoje), by=by)

    def write(self, after: Passos, *, by: str) -> None:
        """Writes what changed; a due date that counts from what was just closed may itself open or end something."""
        while after != self.passos:
            changed = [self.rows[codigo] for codigo, passo in after.items() if self._take(codigo, passo, by)]
            held = [row for row in changed if not row._state.adding]
            Atividade.objects.bulk_create([row for row in changed if row._state.adding])
            for row in held:
                row.save()
            self.passos = self._read_all()
            after = andamento.settle(self.procedimento, self.passos, self.hoje)
        self._name()

    def close(self, row: Atividade, situacao: Situacao, *, by: str, resultado: str = "") -> None:
        row.situacao, row.resultado = situacao.value, resultado
        row.closed_at, row.closed_by = self.now, by
        row.save()

    def due(self, atividade: Definicao) -> date | None:
        """None where it has no deadline, or its anchor is not known yet."""
        ancoras = {nome: date.fromisoformat(day) for nome, day in self.fluxo.ancoras.items()}
        if atividade.recomeca and (last := self._closed_before(atividade)):
            ancoras["T"] = last
        try:
            return due_date(parse(self.prazo(atividade)), ancoras, self.calendario, selectors.conventions())
        except AncoraFaltante:
            return None

    def prazo(self, atividade: Definicao) -> str:
        """Where the document gives none, as it was configured when the activity came to be: it does not change then."""
        row = self.rows.get(atividade.codigo)
        if row is not None and atividade.prazo == SEM_PRAZO:
            return row.prazo
        return deadline_of(self.procedimento, atividade, settings.PRAZOS_CONFIGURADOS)

    def recompute(self, *, by: str) -> list[tuple[Atividade, date | None]]:
        """Only what is open moves, and what had no date yet. Gives each row that did, with the date that it had."""
        moved = []
        for atividade in self.procedimento.atividades:
            row = self.rows[atividade.codigo]
            due = self.due(atividade)
            if row.vence_em != due and (row.situacao in VIVAS or _unknown_until_now(row)):
                moved.append((row, row.vence_em))
                row.vence_em, row.versao = due, row.versao + 1
                row.save(update_fields=["vence_em", "versao"])
        self.passos = self._read_all()
        self.settle(by=by)
        return moved

    def _closed_before(self, atividade: Definicao) -> date | None:
        rounds = [self.rows[codigo] for term in atividade.anteriores for codigo in term if codigo in self.rows]
        ends = [selectors.deadline_day(row.closed_at) for row in rounds if row.closed_at and row.rodada > 1]
        return max(ends, default=None)

    def _read_all(self) -> Passos:
        return {codigo: _read(row) for codigo, row in self.rows.items()}

    def _take(self, codigo: str, passo: Passo, by: str) -> bool:
        """Whether there is anything to write."""
        row = self.rows[codigo]
        if passo.rodada > row.rodada:
            if row.closed_at is None:  # the round ended without it
                self.close(row, Situacao.CANCELADA, by=by)
            row = self.rows[codigo] = self.new_row(self.procedimento.por_codigo[codigo], passo, row.ordem)
        opens = passo.situacao is Situacao.ABERTA and row.opened_at is None
        if row.pk and not opens and row.situacao == passo.situacao:
            return False
        row.situacao, row.resultado = passo.situacao.value, passo.resultado
        if opens:
            row.opened_at = self.now
            self._date(row)
        if passo.situacao not in VIVAS and row.closed_at is None:
            row.closed_at, row.closed_by = self.now, by
        return True

    def _date(self, row: Atividade) -> None:
        """A date that is known stays until recompute() moves it, which alone tells the ledger and both parties."""
        definicao = self.procedimento.por_codigo[row.codigo]
        if row.vence_em is None or definicao.recomeca:
            row.vence_em = self.due(definicao)

    def new_row(self, atividade: Definicao, passo: Passo, ordem: int) -> Atividade:
        return Atividade(
            fluxo=self.fluxo,
            codigo=atividade.codigo,
            rodada=passo.rodada,
            nome=atividade.nome,
            responsavel=atividade.responsavel.value,
            prazo=self.prazo(atividade),
            vence_em=self.due(atividade),
            ordem=ordem,
            situacao=Situacao.AGUARDANDO.value,
        )

    def _name(self) -> None:
        self.fluxo.estado = andamento.outcome(self.procedimento, self.passos)
        over = andamento.is_over(self.procedimento, self.passos)
        self.fluxo.closed_at = self.fluxo.closed_at or (self.now if over else None)
        self.fluxo.save(update_fields=["estado", "closed_at"])


def is_late(row: Atividade, hoje: date) -> bool:
    """Derived from the row alone, as Passo.is_late()."""
    return _read(row).is_late(hoje)


def _unknown_until_now(row: Atividade) -> bool:
    """What was done before its anchor was known may still turn out to have been done late."""
    return row.vence_em is None and row.situacao == Situacao.CONCLUIDA


def _read(row: Atividade) -> Passo:
    return Passo(
        row.codigo,
        Situacao(row.situacao),
        row.vence_em,
        selectors.deadline_day(row.closed_at) if row.closed_at else None,
        row.resultado,
        row.rodada,
    )
