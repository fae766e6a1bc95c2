"""Certificates past their validity leave service."""

from datetime import datetime

from certificados import selectors
from certificados import services as certificados

LOTE = 500


def remove_expired(now: datetime) -> int:
    """Lot by lot, each an act of its own: nobody else's act waits for all of them. Looking alone locks nothing."""
    expired = selectors.in_service().order_by().filter(valid_until__lt=now)
    total = 0
    while expired.exists():
        total += certificados.remove_expired(now=now, by="portal", limit=LOTE)
    return total
