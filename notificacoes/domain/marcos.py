"""The manual's three notices, page 4: 30, 15 and 7 days before a certificate ends, counted in civil days."""

from datetime import date, timedelta

ANTECEDENCIAS = (30, 15, 7)
HORA_DO_AVISO = 8  # o'clock, local; nobody is written to in the middle of the night


def next_tighter(antecedencia: int) -> int | None:
    """30 -> 15, 15 -> 7, 7 -> None."""
    tighter = [lead for lead in ANTECEDENCIAS if lead < antecedencia]
    return max(tighter) if tighter else None


def due_on(vence: date, antecedencia: int) -> date:
    return vence - timedelta(days=antecedencia)
