"""The manual's three notices, page 4: 30, 15 and 7 days before a certificate ends, counted in civil days."""

from datetime import date, datetime, timedelta

ANTECEDENCIAS = (30, 15, 7)
VENCIDO = 0  # the notice that a pair of an account has ended
HORA_DO_AVISO = 8  # o'clock, local; nobody is written to in the middle of the night


def next_tighter(antecedencia: int) -> int | None:
    """30 -> 15, 15 -> 7, 7 -> None."""
    tighter = [lead for lead in ANTECEDENCIAS if lead < antecedencia]
    return max(tighter) if tighter else None


def due_on(vence: date, antecedencia: int) -> date:
    return vence - timedelta(days=antecedencia)


def reached(vence: date, dia: date) -> int | None:
    """The tightest lead that what ends on `vence` has reached on the day `dia`; None before the first."""
    return min((lead for lead in ANTECEDENCIAS if due_on(vence, lead) <= dia), default=None)


def notice_day(local: datetime) -> date:
    """The day whose notices may go at that local time: before eight in the morning it is still yesterday."""
    return (local - timedelta(hours=HORA_DO_AVISO)).date()
