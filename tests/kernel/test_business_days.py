from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.business_days import Calendario, ForaDoCalendario

FIRST, LAST = date(2025, 1, 1), date(2027, 12, 31)
FERIADOS = {
    date(2026, 2, 16): "Carnaval",
    date(2026, 2, 17): "Carnaval",
    date(2026, 11, 20): "Consciência Negra",
    date(2026, 12, 25): "Natal",
    date(2027, 2, 8): "Carnaval",
    date(2027, 2, 9): "Carnaval",
    date(2027, 5, 1): "Dia do Trabalhador",  # a Saturday
}
CALENDARIO = Calendario(FERIADOS, first=FIRST, last=LAST)
DAYS = st.dates(FIRST, LAST)
FAR_FROM_ENDS = st.dates(date(2025, 7, 1), date(2027, 6, 30))


def is_business(day: date) -> bool:
    """Slow and plain, to compare with."""
    return day.weekday() < 5 and day not in FERIADOS


def walk(day: date, n: int) -> date:
    step = timedelta(days=1 if n > 0 else -1)
    while n:
        day += step
        n -= is_business(day) * step.days
    return day


@given(DAYS)
def test_a_day_is_a_business_day_as_one_would_say_looking_at_the_wall(day: date) -> None:
    assert CALENDARIO.is_business(day) == is_business(day)


@given(FAR_FROM_ENDS, st.integers(-100, 100))
def test_counting_is_walking_day_by_day(day: date, n: int) -> None:
    assert CALENDARIO.add(day, n) == walk(day, n)


@given(FAR_FROM_ENDS, st.integers(0, 100))
def test_between_undoes_add(day: date, n: int) -> None:
    assert CALENDARIO.between(day, CALENDARIO.add(day, n)) == n


@given(DAYS, DAYS)
def test_between_is_the_number_of_business_days_after_the_first(a: date, b: date) -> None:
    found = CALENDARIO.between(a, b)

    assert found == sum(is_business(a + timedelta(days=n)) for n in range(1, (b - a).days + 1)) or b < a
    assert CALENDARIO.between(b, a) == -found


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        (date(2026, 11, 19), 2, date(2026, 11, 24)),  # over 20 November and a weekend
        (date(2026, 11, 25), 5, date(2026, 12, 2)),
        (date(2026, 11, 21), 1, date(2026, 11, 23)),  # from a Saturday
        (date(2026, 11, 23), -1, date(2026, 11, 19)),
        (date(2026, 11, 21), 0, date(2026, 11, 21)),
    ],
)
def test_business_days_of_the_contracts_brief(start: date, n: int, end: date) -> None:
    assert CALENDARIO.add(start, n) == end


def test_the_last_business_day_before_carnival_is_the_friday() -> None:
    assert CALENDARIO.last_business_before(date(2027, 2, 9)) == date(2027, 2, 5)
    assert CALENDARIO.next_business_after(date(2027, 2, 5)) == date(2027, 2, 10)


def test_a_holiday_has_a_name_and_other_days_have_none() -> None:
    named = [CALENDARIO.name(day) for day in (date(2027, 2, 9), date(2027, 5, 1), date(2027, 2, 10), date(2027, 2, 13))]

    assert named == ["Carnaval", "Dia do Trabalhador", "", ""]


@pytest.mark.parametrize("day", [date(2024, 12, 31), date(2028, 1, 1), date.min, date.max])
def test_a_year_that_is_not_held_is_refused_with_the_years_that_are(day: date) -> None:
    for ask in (
        CALENDARIO.is_business,
        CALENDARIO.name,
        CALENDARIO.last_business_before,
        CALENDARIO.next_business_after,
    ):
        with pytest.raises(ForaDoCalendario, match=r"os anos de 2025 a 2027: .* \d\d/\d\d/\d+\. Avise"):
            ask(day)
    with pytest.raises(ForaDoCalendario):
        CALENDARIO.between(FIRST, day)

    assert not CALENDARIO.covers(day)
    assert CALENDARIO.covers(FIRST)
    assert CALENDARIO.covers(LAST)


def test_a_count_that_would_leave_the_years_held_is_refused() -> None:
    with pytest.raises(ForaDoCalendario, match="contar 1 dias úteis depois de 31/12/2027"):
        CALENDARIO.next_business_after(LAST)
    with pytest.raises(ForaDoCalendario, match="contar 1 dias úteis antes de 01/01/2025"):
        CALENDARIO.last_business_before(FIRST)


def test_one_year_is_named_alone() -> None:
    alone = Calendario({}, first=date(2026, 1, 1), last=date(2026, 12, 31))

    with pytest.raises(ForaDoCalendario, match="tem o ano de 2026:"):
        alone.is_business(date(2027, 1, 1))


def test_a_calendar_that_ends_before_it_begins_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="a calendar from"):
        Calendario({}, first=LAST, last=FIRST)
