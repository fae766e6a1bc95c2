"""The contractual months of a civil year and their hours."""

from collections.abc import Iterable
from datetime import date

from contratos.domain.acordo import Intervalo
from contratos.domain.ccer import months
from contratos.domain.periodos import DIA, HORAS_DO_DIA
from contratos.domain.prazos import month


def last_day(mes: date) -> date:
    return month(mes, 1) - DIA


def hours(mes: date) -> int:
    """Days of São Paulo: none has had 23 or 25 hours since 2019, and no earlier month is seasonalised any more."""
    return hours_in(whole(mes))


def hours_in(dias: Intervalo) -> int:
    return ((dias.ate - dias.de).days + 1) * HORAS_DO_DIA


def whole(mes: date) -> Intervalo:
    """All days of that month."""
    return Intervalo(mes, last_day(mes))


def within(mes: date, suprimento: Intervalo) -> Intervalo:
    """The days of that month with supply; of a month that it does not touch there are none to name."""
    return Intervalo(max(suprimento.de, mes), min(suprimento.ate, last_day(mes)))


def of_year(ano: int, suprimento: Intervalo) -> Intervalo:
    """The days of that year with supply; of a year that it does not touch there are none to name."""
    return Intervalo(max(suprimento.de, date(ano, 1, 1)), min(suprimento.ate, date(ano, 12, 31)))


def hours_of(meses: Iterable[date]) -> dict[date, int]:
    """Whole months, in their order of time."""
    return {mes: hours(mes) for mes in sorted(meses)}


def contractual(ano: int, suprimento: Intervalo) -> dict[date, int]:
    """Months of that year with a day of supply, and the hours of supply in each; nothing where there is none."""
    dias = of_year(ano, suprimento)
    if dias.ate < dias.de:
        return {}
    return {mes: hours_in(within(mes, dias)) for mes in months(dias.de, dias.ate)}
