"""Whole millionths, the months of a supply, and energy by hours; §4.1 of the analysis to the last place."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contratos.domain.acordo import Intervalo
from contratos.domain.montantes import flat, meses
from contratos.domain.montantes.exato import Recusado, apportion, decimal, half_up, hundredths, micros
from tests.contratos_domain.montantes import ANO, CA, by_month, mes

OFTEN = settings(max_examples=40, deadline=None)
AMOUNTS = st.integers(10**6, 10**18).map(decimal)


@pytest.mark.clausula("3.58")
def test_flat_of_a_ca_of_four_months() -> None:
    found = flat.distribute(Decimal(50_000), list(CA))

    assert found == by_month(CA, ("12704.918033", "12295.081967", "12704.918033", "12295.081967"))


@pytest.mark.clausula("3.52")
def test_flat_of_a_leap_year_has_its_residual_in_january() -> None:
    found = flat.distribute(Decimal(1_000_000), [mes(numero, 2028) for numero in range(12, 0, -1)])

    assert next(iter(found)) == mes(1, 2028)
    assert found[mes(1, 2028)] == Decimal("84699.453550")
    assert {found[mes(numero, 2028)] for numero in (3, 5, 7, 8, 10, 12)} == {Decimal("84699.453552")}
    assert {found[mes(numero, 2028)] for numero in (4, 6, 9, 11)} == {Decimal("81967.213115")}
    assert found[mes(2, 2028)] == Decimal("79234.972678")
    assert sum(found.values()) == 1_000_000


@OFTEN
@given(AMOUNTS, st.lists(st.sampled_from(ANO), min_size=1, unique=True))
def test_flat_keeps_the_total_and_is_off_in_one_month_only(energia: Decimal, those: list[date]) -> None:
    found = flat.distribute(energia, those)

    horas = meses.hours_of(those)
    exact = {each: Fraction(energia) * hours / sum(horas.values()) for each, hours in horas.items()}
    off = [each for each in sorted(found) if abs(Fraction(found[each]) - exact[each]) > Fraction(1, 2_000_000)]
    assert sum(map(micros, found.values())) == micros(energia)
    assert off in ([], [min(those)])


def test_a_month_begun_late_counts_the_hours_of_its_supply() -> None:
    found = flat.distribute_by_hours(Decimal(64), {mes(1): 40, mes(2): 24})

    assert found == by_month((mes(1), mes(2)), (40, 24))


def test_some_millionths_cannot_be_shared_out() -> None:
    with pytest.raises(Recusado, match="0,000002 MWh é pouco para repartir em 4 partes"):
        flat.distribute(Decimal("0.000002"), [mes(numero) for numero in (1, 3, 5, 7)])


def test_without_months_there_is_nothing_to_share_by() -> None:
    with pytest.raises(Recusado, match="falta a proporção"):
        flat.distribute(Decimal(1), [])


@pytest.mark.parametrize(("valor", "said"), [("-1", "-1 é negativo"), ("1.0000001", "mais de 6 casas")])
def test_an_amount_is_neither_negative_nor_rounded(valor: str, said: str) -> None:
    with pytest.raises(Recusado, match=said):
        micros(Decimal(valor))


def test_the_longest_amount_keeps_all_its_figures() -> None:
    assert micros(Decimal("123456789012345678901234567890.123456")) == 123456789012345678901234567890123456
    assert f"{decimal(123456789012345678901234567890123456)}" == "123456789012345678901234567890.123456"


def test_half_a_millionth_goes_up() -> None:
    assert [half_up(Fraction(n, 4)) for n in (1, 2, 3, 5, 6)] == [0, 1, 1, 1, 2]
    assert hundredths(Fraction(1, 200)) == Decimal("0.01")


def test_the_residual_passes_over_who_has_no_part_and_who_cannot_bear_it() -> None:
    assert apportion(100, [0, 1, 1, 1]) == [0, 34, 33, 33]
    assert apportion(14, [1, 9, 9, 9]) == [1, 3, 5, 5]


@pytest.mark.parametrize("pesos", [[0, 0], [-1, 2]])
def test_shares_are_positive(pesos: list[int]) -> None:
    with pytest.raises(Recusado, match="proporção"):
        apportion(10, pesos)


def test_contractual_months_are_those_of_the_year_with_supply() -> None:
    supply = Intervalo(date(2026, 5, 1), date(2028, 2, 10))

    assert meses.contractual(2025, supply) == {}
    assert list(meses.contractual(2026, supply)) == [mes(numero, 2026) for numero in range(5, 13)]
    assert sum(meses.contractual(2027, supply).values()) == 8760
    assert meses.contractual(2028, supply) == {mes(1, 2028): 744, mes(2, 2028): 240}
    for ano in (2026, 2027, 2028):
        assert meses.hours_in(meses.of_year(ano, supply)) == sum(meses.contractual(ano, supply).values())


def test_a_leap_february_has_696_hours() -> None:
    assert [meses.hours(mes(2, ano)) for ano in (2027, 2028)] == [672, 696]
