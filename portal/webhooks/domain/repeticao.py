"""When a delivery is tried again, and when a destination is left alone for a while. No chance in it: all as data."""

from datetime import timedelta

# After the first, second, … failure of one delivery; after the last it is given up.
ESPERAS = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 120, 240, 480, 720, 1440))
SEGUIDAS = 5  # failures of a destination in a row, whatever was being delivered, that open its circuit
# How long it stays open: the first time, after the first probe that failed, and so on.
PAUSAS = tuple(timedelta(minutes=m) for m in (5, 15, 60, 180, 360))
VALIDADE = timedelta(days=7)  # what could not be delivered by then never is
MEMORIA = timedelta(days=90)  # how long the log remembers what ended


def wait(tentativas: int) -> timedelta | None:
    """After that many attempts of one delivery; None: no more."""
    return ESPERAS[tentativas - 1] if tentativas <= len(ESPERAS) else None


def pause(falhas: int) -> timedelta | None:
    """After that many failures of a destination in a row; None: go on."""
    return PAUSAS[min(falhas - SEGUIDAS, len(PAUSAS) - 1)] if falhas >= SEGUIDAS else None
