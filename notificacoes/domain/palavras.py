"""Days and dates as the mails say them, in Portuguese. Pure: the calendar comes in as an argument."""

from datetime import date
from functools import lru_cache
from typing import Protocol

from portal.kernel.business_days import DIAS_DA_SEMANA
from portal.kernel.errors import DomainError


class DiasUteis(Protocol):
    """What is asked of portal.kernel.business_days.Calendario here."""

    def name(self, day: date) -> str: ...

    def last_business_before(self, day: date) -> date: ...


@lru_cache(maxsize=512)
def numeric(day: date) -> str:
    """ "09/02/2027"; formatting a date is slow, and a batch says the same few."""
    return f"{day:%d/%m/%Y}"


def days_left(days: int) -> str:
    """ "hoje", "amanhã", "em 12 dias"."""
    return {0: "hoje", 1: "amanhã"}.get(days, f"em {days} dias")


def counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def day_in_words(day: date, calendario: DiasUteis | None) -> str:
    """ "terça-feira, 09/02/2027 (Carnaval)"."""
    try:
        name = calendario.name(day) if calendario else ""
    except DomainError:  # a year that the calendar does not hold
        name = ""
    return f"{DIAS_DA_SEMANA[day.weekday()]}, {numeric(day)}" + (f" ({name})" if name else "")


def expiry(day: date, *, today: date, calendario: DiasUteis | None) -> str:
    """ "vence em 12 dias, terça-feira, 09/02/2027 (Carnaval); último dia útil antes: 05/02/2027".

    Without a calendar for that day the rest is still said: a notice never waits for one.
    """
    words = f"vence {days_left((day - today).days)}, {day_in_words(day, calendario)}"
    return words + _last_business_day(day, today=today, calendario=calendario)


def _last_business_day(day: date, *, today: date, calendario: DiasUteis | None) -> str:
    try:
        last = calendario.last_business_before(day) if calendario else None
    except DomainError:
        last = None
    if last is None:
        return ""
    if last > today:
        return f"; último dia útil antes: {numeric(last)}"
    return "; hoje é o último dia útil antes" if last == today else "; não há mais dia útil antes"


def joined(items: list[str]) -> str:
    """ "a", "a e b", "a, b e c"."""
    return " e ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)
