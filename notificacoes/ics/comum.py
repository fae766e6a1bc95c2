"""What events of every kind need."""

from datetime import timedelta
from typing import Any

from portal.kernel.text import visible

NOVE_HORAS = timedelta(hours=9)  # of the reminder's day; an all-day event begins at midnight


def alarm(days: timedelta, words: str) -> Any:
    """That many days from the event's own, at nine in the morning."""
    from icalendar import Alarm  # noqa: PLC0415 - 130 ms that only feeds need

    found = Alarm()
    found.add("action", "DISPLAY")
    found.add("description", words)
    found.add("trigger", NOVE_HORAS + days)
    return found


def text(value: str) -> str:
    """icalendar escapes ; , \\ and line feeds, but a bare carriage return would begin a line of its own."""
    return visible(value)
