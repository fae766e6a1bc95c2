"""The portal's only clock. Views, tasks and commands read it once and pass the instant down as an argument."""

import time
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

_STARTED = time.monotonic()


def now() -> datetime:
    """The real instant, or the one that runs on from DATA_DE_REFERENCIA since this process started."""
    if settings.DATA_DE_REFERENCIA is None:
        return timezone.now()
    elapsed = timedelta(seconds=time.monotonic() - _STARTED)
    return (settings.DATA_DE_REFERENCIA + elapsed).astimezone(ZoneInfo("UTC"))


def instant() -> datetime:
    """The machine's own time, whatever DATA_DE_REFERENCIA says: for leases and back-off, never for what rules count."""
    return timezone.now()


def local(instant: datetime) -> datetime:
    """The same instant on the clocks of São Paulo (FUSO)."""
    return instant.astimezone(ZoneInfo(settings.FUSO))


def local_date(instant: datetime) -> date:
    """The civil date in São Paulo (FUSO), the one that deadlines and days left are counted in."""
    return local(instant).date()
