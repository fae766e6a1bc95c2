"""Dates, deadlines and amounts of contracts in the words of a page."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from contratos import selectors
from contratos.domain.andamento import NOMES, Situacao
from contratos.models import Atividade
from portal.kernel.business_days import Calendario

SEM_PRAZO, PRAZO_DESCONHECIDO = "sem prazo", "prazo ainda não conhecido"
BREVE_DU = 3  # due within so many business days: said in another tone


@dataclass(frozen=True, slots=True)
class Etiqueta:
    """For componentes/tag.html."""

    tom: str
    texto: str


@dataclass(frozen=True, slots=True)
class Regua:
    """The day that is today for deadlines, and the calendar to count from it."""

    hoje: date
    calendario: Calendario

    @property
    def breve(self) -> date:
        return self.calendario.add(self.hoje, BREVE_DU)

    def distance(self, day: date) -> str:
        """ "hoje", "amanhã", "em 3 dias úteis", "há 2 dias úteis"; running days where no business day lies between."""
        if near := {0: "hoje", 1: "amanhã", -1: "ontem"}.get((day - self.hoje).days):
            return near
        first, last = sorted((day, self.hoje))
        count, unit = _counted(first, last, self.calendario)
        return f"{'em' if day > self.hoje else 'há'} {count} {unit}"

    def is_late(self, row: Atividade) -> bool:
        """Derived: late while it stands, and late for ever where it was closed late."""
        if row.vence_em is None or row.situacao in (Situacao.DISPENSADA, Situacao.CANCELADA):
            return False
        closed = selectors.deadline_day(row.closed_at) if row.closed_at else self.hoje
        return closed > row.vence_em

    def label(self, row: Atividade) -> Etiqueta:
        if row.situacao == Situacao.CONCLUIDA:
            return self._done(row)
        if row.closed_at is not None:
            return Etiqueta("neutro", NOMES[Situacao(row.situacao)])
        return self.due(row)

    def due(self, row: Atividade) -> Etiqueta:
        """Of what is not closed. What waits for another may be past its date, and is not in its holder's hands yet."""
        day, waits = row.vence_em, row.situacao == Situacao.AGUARDANDO
        if day is None:
            return Etiqueta("neutro", SEM_PRAZO if row.prazo == "N.A." else PRAZO_DESCONHECIDO)
        if day < self.hoje:
            words = f"venceu {self.distance(day)}"
            return Etiqueta("alerta", f"à espera: {words}") if waits else Etiqueta("erro", f"atrasada: {words}")
        return Etiqueta("alerta" if day <= self.breve else "neutro", f"vence {self.distance(day)}")

    def when(self, row: Atividade) -> str:
        """ "até 24/11/2026 (amanhã)"."""
        if row.vence_em is None:
            return self.due(row).texto
        day = f"{brazilian(row.vence_em)} ({self.distance(row.vence_em)})"
        return f"venceu em {day}" if row.vence_em < self.hoje else f"até {day}"

    def _done(self, row: Atividade) -> Etiqueta:
        if row.vence_em is None or row.closed_at is None:
            return Etiqueta("ok", "concluída")
        if not self.is_late(row):
            return Etiqueta("ok", "no prazo")
        count, unit = _counted(row.vence_em, selectors.deadline_day(row.closed_at), self.calendario)
        return Etiqueta("erro", f"{count} {unit} de atraso")


def _counted(first: date, last: date, calendario: Calendario) -> tuple[int, str]:
    days = calendario.between(first, last)
    if days:
        return days, "dia útil" if days == 1 else "dias úteis"
    days = (last - first) // timedelta(days=1)
    return days, "dia" if days == 1 else "dias"


def decimal(value: Decimal, casas: int) -> str:
    """5259600 as 5.259.600,000000: exact, with as many places as it is kept with."""
    return f"{value:,.{casas}f}".translate(str.maketrans(",.", ".,"))


def brazilian(day: date) -> str:
    return f"{day:%d/%m/%Y}"
