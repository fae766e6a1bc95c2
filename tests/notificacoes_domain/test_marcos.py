"""The manual's three leads."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from notificacoes.domain.marcos import due_on, next_tighter, notice_day, reached


def test_each_lead_has_a_tighter_one_but_the_last() -> None:
    assert [next_tighter(lead) for lead in (30, 15, 7)] == [15, 7, None]


def test_a_notice_is_due_so_many_civil_days_before() -> None:
    assert due_on(date(2027, 3, 1), 7) == date(2027, 2, 22)


def test_of_the_leads_that_are_reached_only_the_tightest_is_told() -> None:
    ends = date(2027, 3, 31)

    assert [reached(ends, date(2027, 3, day)) for day in (1, 15, 16, 23, 24, 31)] == [30, 30, 15, 15, 7, 7]
    assert reached(ends, date(2027, 2, 28)) is None


def test_nobody_is_written_to_before_eight_by_the_clock_on_the_wall() -> None:
    """Also on the morning on which clocks go forward, of which an hour is missing."""
    prague = ZoneInfo("Europe/Prague")

    def day_at(hour: int, minute: int) -> int:
        return notice_day(datetime(2027, 3, 28, hour, minute, tzinfo=prague)).day

    assert (day_at(7, 59), day_at(8, 0)) == (27, 28)
