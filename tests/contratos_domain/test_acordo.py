"""Windows and reach of a bilateral agreement: the analyst's worked dates (5.3, rows 8, 9 and 17), and the ways out."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from contratos.domain import acordo
from contratos.domain.acordo import Intervalo, Suprimento
from portal.kernel.business_days import Calendario
from tests.contratos_domain.calendarios import NACIONAL, PADRAO

DEZEMBRO = date(2026, 12, 1)
SUPRIMENTO = Suprimento(date(2026, 3, 15), date(2030, 12, 31), Decimal(30), True, frozenset({2028}))


@pytest.mark.clausula("3.104")
def test_the_block_goes_from_the_1st_to_the_14th_business_day_with_the_weekends_between() -> None:
    assert acordo.blocked(date(2026, 11, 30), PADRAO) == Intervalo(date(2026, 11, 3), date(2026, 11, 23))
    assert acordo.blocked(date(2027, 2, 1), PADRAO) == Intervalo(date(2027, 2, 1), date(2027, 2, 22))
    assert acordo.blocked(date(2027, 2, 1), NACIONAL) == Intervalo(date(2027, 2, 1), date(2027, 2, 18))


@pytest.mark.clausula("3.104")
def test_for_a_start_in_december_only_four_days_of_november_are_open() -> None:
    month = [date(2026, 11, 1) + timedelta(days=n) for n in range(30)]
    taken = [day.day for day in month if not acordo.window_problem(day, DEZEMBRO, PADRAO)]
    assert taken == [1, 2, 24, 25]


@pytest.mark.clausula("3.104")
@pytest.mark.parametrize(("mes", "only"), [((2025, 3), 25), ((2028, 4), 25), ((2034, 4), 25)])
def test_in_the_tightest_months_one_day_is_left_after_the_block(mes: tuple[int, int], only: int) -> None:
    first = date(*mes, 1)
    assert acordo.blocked(first, PADRAO).ate.day == only - 1


def test_blocked_days_say_when_to_come_back_and_the_last_day() -> None:
    said = acordo.window_problem(date(2026, 11, 10), DEZEMBRO, PADRAO)
    assert "de 03/11/2026 a 23/11/2026" in said
    assert "Volte em 24/11/2026; o prazo para este início vai até 25/11/2026." in said


def test_a_block_that_outlasts_the_deadline_says_which_start_is_left() -> None:
    """Where five more days are no business days, the block ends after the 25th."""
    long_block = Calendario(
        {date(2026, 11, day): "ponto" for day in range(9, 14)}, first=date(2026, 1, 1), last=date(2027, 12, 31)
    )
    said = acordo.window_problem(date(2026, 11, 20), DEZEMBRO, long_block)
    assert "termina antes, em 25/11/2026" in said
    assert "a partir de 01/2027: o ato é aceito de novo em 27/11/2026" in said


def test_after_the_deadline_the_first_start_still_possible_is_named() -> None:
    assert "o primeiro início possível é 01/2027" in acordo.window_problem(date(2026, 11, 26), DEZEMBRO, PADRAO)
    assert acordo.first_start(date(2026, 11, 25)) == DEZEMBRO
    assert acordo.first_start(date(2026, 12, 26)) == date(2027, 2, 1)


@pytest.mark.clausula("3.107")
def test_the_period_of_seasonalisation_is_closed_at_both_ends() -> None:
    periodo = Intervalo(date(2026, 12, 1), date(2026, 12, 10))
    assert acordo.seasonal_problem(date(2026, 11, 30), periodo) == ""
    assert acordo.seasonal_problem(date(2026, 12, 11), periodo) == ""
    assert "a partir de 11/12/2026" in acordo.seasonal_problem(date(2026, 12, 10), periodo)
    assert "01/12/2026" not in periodo


@pytest.mark.clausula("3.108")
@pytest.mark.parametrize(
    ("inicio", "taken"),
    [
        (date(2026, 3, 1), True),  # the first month of a supply that begins in the year
        (date(2026, 4, 1), False),
        (date(2027, 1, 1), True),
        (date(2028, 5, 1), True),  # seasonalised
        (date(2029, 12, 1), False),
    ],
)
def test_only_a_whole_year_where_it_is_not_seasonalised_yet(inicio: date, taken: bool) -> None:
    assert (acordo.reach_problems(inicio, None, None, SUPRIMENTO) == {}) is taken
    by_availability = Suprimento(SUPRIMENTO.inicio, SUPRIMENTO.fim, Decimal(30), False, frozenset())
    assert acordo.reach_problems(inicio, None, None, by_availability) == {}


def test_it_starts_within_the_supply_leaves_less_and_names_its_own_year() -> None:
    outside = acordo.reach_problems(date(2031, 1, 1), None, None, SUPRIMENTO)
    more = acordo.reach_problems(date(2027, 1, 1), Decimal("30.000001"), 2027, SUPRIMENTO)
    other = acordo.reach_problems(date(2027, 1, 1), Decimal(0), 2028, SUPRIMENTO)
    for_rescission = acordo.reach_problems(date(2027, 1, 1), None, 2027, SUPRIMENTO)

    assert "Escolha um mês do suprimento" in outside["mes_inicio"]
    assert "foi informado 30,000001" in more["montante"]
    assert list(other) == list(for_rescission) == ["ano"]
