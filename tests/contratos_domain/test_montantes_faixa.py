"""85 % to 115 % of the mean power: §4.2 of the analysis, and what is said of a month outside."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contratos.domain.montantes import faixa, flat
from contratos.domain.montantes.exato import Recusado, decimal
from contratos.domain.montantes.faixa import Faixa, Limites
from tests.contratos_domain.montantes import ANO, CA, HORAS, by_month, mes

OFTEN = settings(max_examples=40, deadline=None)
ENERGIA = Decimal(262_800)  # 30 MWmédio in 2027
PROPOSTA = by_month(CA, (14_000, 12_500, 12_000, 11_500))


def test_the_limits_of_a_year_follow_the_hours_of_its_months() -> None:
    found = faixa.limits(ENERGIA, HORAS)

    assert found[mes(1)] == Limites(Fraction(18_972), Fraction(25_668))
    assert found[mes(2)] == Limites(Fraction(17_136), Fraction(23_184))


def test_a_limit_that_has_no_six_places_is_rounded_into_the_band() -> None:
    found = faixa.limits(Decimal(50_000), CA)

    assert found[mes(3)].minimo == Fraction(50_000 * 744 * 85, 2928 * 100)
    assert (found[mes(3)].piso, found[mes(3)].teto) == (Decimal("10799.180328"), Decimal("14610.655737"))
    assert (found[mes(4)].piso, found[mes(4)].teto) == (Decimal("10450.819673"), Decimal("14139.344262"))


@pytest.mark.clausula("3.59")
def test_a_proposal_within_the_band_is_accepted() -> None:
    assert faixa.problems(PROPOSTA, Decimal(50_000), CA) == {}
    assert faixa.shares(PROPOSTA, Decimal(50_000), CA) == by_month(CA, ("110.19", "101.67", "94.45", "93.53"))


@pytest.mark.clausula("3.59")
def test_a_month_outside_is_named_with_its_share_the_limit_and_the_nearest_value() -> None:
    found = faixa.problems(PROPOSTA | {mes(3): Decimal(14_700), mes(6): Decimal(10_800)}, Decimal(50_000), CA)

    assert found == {
        mes(3): "Cláusula 3.59: 03/2027, com 14700 MWh, fica em 115,70% da média; o máximo é 115%. "
        "O valor permitido mais próximo é 14610,655737 MWh."
    }


def test_a_month_below_is_told_the_least() -> None:
    found = faixa.problems(PROPOSTA | {mes(6): Decimal(1), mes(3): Decimal(25_499)}, Decimal(50_000), CA)

    assert "é 85%. O valor permitido mais próximo é 10450,819673 MWh." in found[mes(6)]


@pytest.mark.parametrize(("february", "fits"), [("23184.000000", True), ("23184.000001", False), ("24000", False)])
def test_february_is_held_to_its_own_hours_and_the_limit_itself_is_allowed(february: str, fits: bool) -> None:
    proposta = {**flat.distribute(ENERGIA, ANO), mes(2): Decimal(february)}
    proposta[mes(1)] -= Decimal(february) - Decimal(20_160)

    assert (faixa.problems(proposta, ENERGIA, HORAS) == {}) is fits


def test_a_total_that_is_not_kept_says_by_how_much() -> None:
    more = faixa.problems(PROPOSTA | {mes(3): Decimal("14000.000001")}, Decimal(50_000), CA)
    less = faixa.problems(PROPOSTA | {mes(3): Decimal("13999.5")}, Decimal(50_000), CA, clausula="3.49")

    assert more[None].endswith("somam 50000,000001 MWh, e o total a manter é 50000 MWh: sobram 0,000001 MWh.")
    assert less[None].startswith("Cláusula 3.49: ")
    assert less[None].endswith("faltam 0,5 MWh.")


def test_months_that_lack_or_are_too_many_and_values_that_are_no_amounts_are_named() -> None:
    proposta = by_month((mes(3), mes(4), mes(5), mes(7)), ("-1", "1.0000001", 10, 10))

    found = faixa.problems(proposta, Decimal(50_000), CA)

    assert "em 03/2027, -1 é negativo" in found[mes(3)]
    assert "1,0000001 tem mais de 6 casas" in found[mes(4)]
    assert "fica em 0,08% da média" in found[mes(5)]
    assert "falta a energia de 06/2027" in found[mes(6)]
    assert "07/2027 não é mês contratual" in found[mes(7)]


def test_no_energy_leaves_no_month_any() -> None:
    nothing = dict.fromkeys(CA, Decimal(0))

    assert faixa.problems(nothing, Decimal(0), CA) == {}
    assert faixa.shares(nothing, Decimal(0), CA) == dict.fromkeys(CA, Decimal("0.00"))


@pytest.mark.parametrize(("minimo", "maximo"), [("1", "1.15"), ("0.85", "1"), ("0", "1.15")])
def test_a_band_has_the_mean_within(minimo: str, maximo: str) -> None:
    with pytest.raises(Recusado, match="não serve"):
        Faixa(Decimal(minimo), Decimal(maximo))


@OFTEN
@given(st.integers(10**8, 10**16).map(decimal))
def test_flat_is_always_allowed(energia: Decimal) -> None:
    assert faixa.problems(flat.distribute(energia, ANO), energia, HORAS) == {}


@OFTEN
@given(st.integers(10**8, 10**16).map(decimal), st.integers(0, 10**16).map(decimal))
def test_the_nearest_value_is_allowed_and_none_is_nearer(energia: Decimal, valor: Decimal) -> None:
    limites = faixa.limits(energia, HORAS)[mes(2)]
    nearest, step = limites.nearest(valor), Decimal("0.000001")

    assert nearest in limites
    assert nearest == valor or (nearest + (step if valor > nearest else -step)) not in limites
    assert "nada" not in limites
