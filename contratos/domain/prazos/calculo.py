"""The date of a deadline, of one or of many, with the conventions of counting that the rules leave open."""

from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import wraps
from typing import ParamSpec, TypeVar

from contratos.domain.prazos.expressao import (
    ANCORAS,
    Ancora,
    Data,
    DiaDoMes,
    DiaUtilDoMes,
    Expressao,
    Maior,
    Mais,
    SemPrazo,
    needed,
)
from portal.kernel.business_days import Calendario
from portal.kernel.errors import DomainError

Ancoras = Mapping[str, date]  # months by their first day, ANO by its first of January
Colunas = Mapping[str, Sequence[date]]  # of many deadlines: the n-th of each anchor belong together

T = TypeVar("T")
P = ParamSpec("P")


class AncoraFaltante(DomainError):
    code, title = "ancora-faltante", "Falta uma data para calcular o prazo"

    def __init__(self, nome: str) -> None:
        what = ANCORAS.get(nome, "data anunciada pela CCEE")
        super().__init__(f"Falta {nome}: {what}. Informe-a para que o prazo possa ser calculado.", ancora=nome)


def within_time(work_out: Callable[P, T]) -> Callable[P, T]:
    """A year before 1 or after 9999 is said in words."""

    @wraps(work_out)
    def told(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return work_out(*args, **kwargs)
        except (OverflowError, ValueError) as error:
            raise DomainError("O prazo sai do calendário civil. Confira as datas informadas.") from error

    return told


@dataclass(frozen=True, slots=True)
class Convencoes:
    """Readings that another house may want otherwise (analyst's brief, 5.2)."""

    ancora_rola: bool = False  # forward from an act published on a day off: as of the next business day
    vencimento_dc_rola: bool = False  # running days that end on a day off go on to the next business day


@within_time
def due_date(
    expressao: Expressao, ancoras: Ancoras, calendario: Calendario, convencoes: Convencoes | None = None
) -> date | None:
    """A look-up, however long the count; None where the expression is N.A.

    Raises AncoraFaltante, ForaDoCalendario, or DomainError for a day that its month has not.
    """
    if isinstance(expressao, SemPrazo):
        return None
    return Conta(ancoras, calendario, convencoes).date_of(expressao)


@within_time
def due_dates(
    expressao: Expressao, ancoras: Colunas, calendario: Calendario, convencoes: Convencoes | None = None
) -> list[date]:
    """due_date() of every row, in order. A million rows name few days: from each of them is counted once.

    Raises what due_date() raises for a row that cannot be worked out.
    """
    if isinstance(expressao, SemPrazo):
        raise TypeError("N.A. has no dates")
    if len({len(ancoras[nome]) for nome in needed(expressao) if nome in ancoras}) > 1:
        raise TypeError("columns of different lengths")
    return list(_column(expressao, ancoras, calendario, convencoes))


def _column(data: Data, ancoras: Colunas, calendario: Calendario, convencoes: Convencoes | None) -> Sequence[date]:
    match data:
        case Ancora(nome):
            return _given(ancoras, nome)
        case Maior(esquerda, direita):
            left, right = (_column(part, ancoras, calendario, convencoes) for part in (esquerda, direita))
            return [a if a > b else b for a, b in zip(left, right, strict=True)]
        case Mais(base):
            conta = Conta({}, calendario, convencoes)
            return _each(_column(base, ancoras, calendario, convencoes), lambda day: conta.count(data, day))
        case _:
            (nome,) = needed(data)
            return _each(_given(ancoras, nome), lambda day: Conta({nome: day}, calendario, convencoes).date_of(data))


def _each(days: Sequence[date], work_out: Callable[[date], date]) -> list[date]:
    return list(map(_Once(work_out).__getitem__, days))


class _Once(dict[date, date]):
    def __init__(self, work_out: Callable[[date], date]) -> None:
        self.work_out = work_out

    def __missing__(self, day: date) -> date:
        found = self[day] = self.work_out(day)
        return found


def _given(ancoras: Mapping[str, T], nome: str) -> T:
    try:
        return ancoras[nome]
    except KeyError:
        raise AncoraFaltante(nome) from None


class Conta:
    """The date of an expression, and of each of its parts, for one set of anchors."""

    def __init__(self, ancoras: Ancoras, calendario: Calendario, convencoes: Convencoes | None) -> None:
        self.ancoras, self.calendario, self.convencoes = ancoras, calendario, convencoes or Convencoes()

    def anchor(self, nome: str) -> date:
        return _given(self.ancoras, nome)

    def date_of(self, data: Data) -> date:
        match data:
            case Mais(base):
                return self.count(data, self.date_of(base))
            case Ancora(nome):
                return self.anchor(nome)
            case Maior(esquerda, direita):
                return max(self.date_of(esquerda), self.date_of(direita))
            case DiaUtilDoMes(ordinal):
                return self.business_day(ordinal)
            case DiaDoMes(dia, meses):
                return self.day_of_month(dia, meses)
            case _:
                return date(self.anchor("ANO").year, 12 if data.mes == "Dec" else 1, 31)

    def count(self, mais: Mais, base: date) -> date:
        """The end of that count, once the date of its base is found."""
        start = self.start(mais, base)
        return self.calendario.add(start, mais.dias) if mais.unidade == "du" else self.running(start, mais.dias)

    def start(self, mais: Mais, base: date) -> date:
        """Day 0. What was published on a day off may be deemed published on the next business day."""
        rolls = self.convencoes.ancora_rola and mais.dias > 0 and isinstance(mais.base, Ancora | Maior)
        return self.business_day_from(base) if rolls else base

    def running(self, start: date, dias: int) -> date:
        end = start + timedelta(days=dias)
        rolls = self.convencoes.vencimento_dc_rola and dias > 0
        return self.business_day_from(end) if rolls else end

    def business_day_from(self, day: date) -> date:
        return day if self.calendario.is_business(day) else self.calendario.next_business_after(day)

    def business_day(self, ordinal: int) -> date:
        """Of the month after the reference month."""
        first = month(self.anchor("MS"), 1)
        found = self.calendario.add(first, ordinal - self.calendario.is_business(first))
        if (found.year, found.month) != (first.year, first.month):
            raise DomainError(f"{first:%m/%Y} não tem {ordinal} dias úteis.")
        return found

    def day_of_month(self, dia: int, meses: int) -> date:
        first = month(self.anchor("M"), meses)
        if dia > monthrange(first.year, first.month)[1]:
            raise DomainError(f"{first:%m/%Y} não tem dia {dia}.")
        return first.replace(day=dia)


def month(first: date, later: int) -> date:
    """The first day of the month so many later."""
    months = first.year * 12 + first.month - 1 + later
    return date(months // 12, months % 12 + 1, 1)
