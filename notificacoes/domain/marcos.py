"""The manual's three notices, page 4: 30, 15 and 7 days before a certificate ends, counted in civil days."""

from datetime import date, timedelta

ANTECEDENCIAS = (30, 15, 7)
HORA_DO_AVISO = 8  # o'clock, local; nobody is written to in the middle of the night


def tightest(vence: date, *, today: date) -> int | None:
    """The lead that a certificate ending on `vence` has reached: 28 days left -> 30, 5 -> 7, -1 or 31 -> None."""
    left = (vence - today).days
    reached = [lead for lead in ANTECEDENCIAS if left <= lead]
    return min(reached) if left >= 0 and reached else None


def next_tighter(antecedencia: int) -> int | None:
    """30 -> 15, 15 -> 7, 7 -> None."""
    tighter = [lead for lead in ANTECEDENCIAS if lead < antecedencia]
    return max(tighter) if tighter else None


def wider(antecedencia: int) -> tuple[int, ...]:
    """Those that should have come before it: 7 -> (30, 15)."""
    return tuple(lead for lead in ANTECEDENCIAS if lead > antecedencia)


def due_on(vence: date, antecedencia: int) -> date:
    return vence - timedelta(days=antecedencia)
