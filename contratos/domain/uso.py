"""How many business days each party held a flow: what the reports of delay and the page of a contract count."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from portal.kernel.business_days import Calendario


@dataclass(frozen=True, slots=True)
class Posse:
    """That somebody held an activity from the day it opened to the day it closed; `ate` None: it is still open."""

    quem: str
    de: date
    ate: date | None = None


def days_used(posses: Iterable[Posse], calendario: Calendario, *, hoje: date) -> dict[str, int]:
    """By party, in the order in which they came to hold something.

    The day of opening is not counted and the last one is, as in deadlines. Two activities that one party holds at the
    same time use its days once.
    """
    periods: dict[str, list[tuple[date, date]]] = {}
    for posse in sorted(posses, key=lambda posse: posse.de):
        periods.setdefault(posse.quem, []).append((posse.de, posse.ate or hoje))
    return {quem: sum(calendario.between(*each) for each in _merged(found)) for quem, found in periods.items()}


def _merged(periods: list[tuple[date, date]]) -> list[tuple[date, date]]:
    """In order of their start, those that touch as one."""
    merged: list[tuple[date, date]] = []
    for start, end in periods:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, max(start, end)))
    return merged
