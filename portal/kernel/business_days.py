"""Business days, counted on lists made once: which day comes n after another is one look-up, whatever n is."""

from collections.abc import Mapping
from datetime import date

from portal.kernel.errors import DomainError

SATURDAY = 5
DIAS_DA_SEMANA = (
    "segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira", "sábado", "domingo",
)  # fmt: skip


class ForaDoCalendario(DomainError):
    code, title = "fora-do-calendario", "Data fora do calendário de dias úteis"


class Calendario:
    """Monday to Friday but for the days named, from `first` to `last`.

    Asked about any other day it refuses: without that year's holidays the answer would be a guess.
    """

    __slots__ = ("_before", "_business", "_names", "_start", "_up_to", "first", "last")

    def __init__(self, days: Mapping[date, str], *, first: date, last: date) -> None:
        if last < first:
            raise ValueError(f"a calendar from {first} to {last}")
        self.first, self.last = first, last
        self._names = dict(days)
        self._start = first.toordinal()
        self._business: list[date] = []  # the business days, in order
        self._before: list[int] = []  # for each day from `first` on: how many of them are before it
        self._up_to: list[int] = []  # the same, itself included
        for day in map(date.fromordinal, range(self._start, last.toordinal() + 1)):
            self._before.append(len(self._business))
            if day.weekday() < SATURDAY and day not in days:
                self._business.append(day)
            self._up_to.append(len(self._business))

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last

    def is_business(self, day: date) -> bool:
        index = self._index(day)
        return self._up_to[index] > self._before[index]

    def name(self, day: date) -> str:
        """What makes it no business day; '' for an ordinary day, a Saturday or a Sunday."""
        self._index(day)
        return self._names.get(day, "")

    def last_business_before(self, day: date) -> date:
        return self.add(day, -1)

    def next_business_after(self, day: date) -> date:
        return self.add(day, 1)

    def add(self, day: date, n: int) -> date:
        """The n-th business day after `day`, which is not counted; before it for n < 0; `day` itself for 0."""
        index = self._index(day)
        if not n:
            return day
        position = self._up_to[index] + n - 1 if n > 0 else self._before[index] + n
        if 0 <= position < len(self._business):
            return self._business[position]
        raise self._refusal(f"não é possível contar {abs(n)} dias úteis {'depois' if n > 0 else 'antes'} de", day)

    def between(self, a: date, b: date) -> int:
        """Business days after `a`, up to and including `b`: between(a, add(a, n)) == n. Negative where b < a."""
        return self._up_to[self._index(b)] - self._up_to[self._index(a)]

    def _index(self, day: date) -> int:
        index = day.toordinal() - self._start
        if 0 <= index < len(self._up_to):
            return index
        raise self._refusal("não é possível consultar", day)

    def _refusal(self, what: str, day: date) -> ForaDoCalendario:
        first, last = self.first.year, self.last.year
        years = f"os anos de {first} a {last}" if first < last else f"o ano de {first}"
        return ForaDoCalendario(f"O calendário de dias úteis tem {years}: {what} {day:%d/%m/%Y}. Avise o atendimento.")
