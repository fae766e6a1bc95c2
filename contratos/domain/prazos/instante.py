"""Which day's deadlines can still be met at an instant: days are counted as dates, and end at an hour of the clock."""

from datetime import date, datetime, time, timedelta, tzinfo

FIM_DO_DIA = time(23, 59, 59)


def day_in_time(instant: datetime, *, fuso: tzinfo, hora: time = FIM_DO_DIA) -> date:
    """The earliest due date that is not late yet. The whole second of `hora` still belongs to it."""
    local = instant.astimezone(fuso)
    over = local.time().replace(microsecond=0) > hora
    return local.date() + timedelta(days=over)
