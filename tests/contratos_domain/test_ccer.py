"""The months of a CCER: what a table says, which are missing, which are lost, which may still change."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from contratos.domain import ccer
from contratos.domain.ccer import Registrado
from contratos.domain.prazos import month

JAN, FEV, MAR = (date(2027, mes, 1) for mes in (1, 2, 3))


def prazo(mes: date) -> date:
    """The 15th of the month after."""
    return month(mes, 1) + timedelta(days=14)


def test_the_months_of_a_supply_are_all_that_it_touches() -> None:
    assert ccer.months(date(2026, 12, 31), date(2027, 2, 1)) == [date(2026, 12, 1), JAN, FEV]


@pytest.mark.clausula("3.70")
def test_missing_months_are_named_by_runs() -> None:
    year = ccer.months(JAN, date(2027, 12, 31))
    stated = {mes: Decimal(1) for mes in year if mes.month not in (2, 3, 7)}
    (problem,) = ccer.month_problems(stated, JAN, date(2027, 12, 31))
    assert "(01/2027 a 12/2027). Falta a energia de 02/2027 a 03/2027, 07/2027." in problem


def test_many_gaps_are_counted_and_a_whole_supply_has_none() -> None:
    months = ccer.months(date(2020, 1, 1), date(2024, 12, 31))
    (problem,) = ccer.month_problems({mes: Decimal(1) for mes in months[::2]}, months[0], months[-1])
    assert "e mais 18." in problem
    assert ccer.month_problems(dict.fromkeys(months, Decimal(1)), months[0], months[-1]) == []


def test_months_beyond_the_supply_and_supplies_without_end_are_refused() -> None:
    (beyond,) = ccer.month_problems({JAN: Decimal(1), FEV: Decimal(1)}, JAN, JAN)
    (endless,) = ccer.month_problems({}, JAN, date.max)
    assert "02/2027 fica fora do suprimento" in beyond
    assert "O suprimento teria 95676 meses" in endless


@pytest.mark.clausula("3.71")
def test_a_month_is_lost_after_its_own_deadline_and_never_before_it_is_over() -> None:
    stated = {MAR: Decimal(3), JAN: Decimal(1), FEV: Decimal(2)}
    assert ccer.counted(stated, date(2027, 2, 15), prazo) == {JAN: 1, FEV: 2, MAR: 3}
    assert ccer.counted(stated, date(2027, 2, 16), prazo) == {JAN: 0, FEV: 2, MAR: 3}
    assert list(ccer.counted(stated, JAN, prazo)) == [JAN, FEV, MAR]


def test_the_month_before_is_open_until_its_deadline() -> None:
    assert ccer.first_open(date(2027, 2, 15), prazo) == JAN
    assert ccer.first_open(date(2027, 2, 16), prazo) == FEV


@pytest.mark.clausula("3.72")
def test_zero_lasts_from_its_first_month_to_the_one_restored() -> None:
    assert [ccer.is_zeroed(mes, FEV, MAR) for mes in (JAN, FEV, MAR)] == [False, True, False]
    assert [ccer.is_zeroed(mes, FEV, None) for mes in (JAN, FEV, MAR)] == [False, True, True]
    assert not ccer.is_zeroed(JAN, None, None)


@pytest.mark.clausula("3.72")
def test_only_months_of_the_supply_that_are_not_final_change() -> None:
    assert ccer.zero_problem(FEV, JAN, date(2027, 1, 10), date(2027, 3, 31)) == ""
    assert "mudam de 02/2027" in ccer.zero_problem(JAN, FEV, JAN, date(2027, 3, 31))
    assert "mudam de 01/2027" in ccer.zero_problem(date(2027, 4, 1), date(2026, 1, 1), JAN, date(2027, 3, 31))
    assert "já é definitivo" in ccer.zero_problem(MAR, date(2027, 4, 1), JAN, date(2027, 3, 31))


@pytest.mark.clausula("3.23")
def test_a_unit_has_one_registration_for_one_supply() -> None:
    first = Registrado("CCER-1", JAN, date(2027, 3, 31), vivo=True)
    ended = Registrado("CCER-1", JAN, date(2027, 3, 31), vivo=False)
    after, hoje = (date(2027, 4, 1), date(2027, 12, 31)), date(2027, 3, 31)

    assert "CCER-1" in ccer.second_problem("UC", *after, [first], hoje)
    assert ccer.second_problem("UC", *after, [first], date(2027, 4, 1)) == ""
    assert ccer.second_problem("UC", *after, [ended], hoje) == ""
    assert "03/2027" in ccer.second_problem("UC", MAR, date(2027, 12, 31), [ended], date(2027, 6, 1))


def test_mean_power_has_six_places() -> None:
    assert ccer.mean_power(Decimal("400.623456"), date(2027, 1, 10), date(2027, 3, 31)) == Decimal("0.206082")
