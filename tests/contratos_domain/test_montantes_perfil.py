"""The load profile clipped to the band by one scalar: §4.4 of the analysis, and what must hold of any profile."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from contratos.domain.montantes import faixa, perfil
from contratos.domain.montantes.exato import decimal, micros
from contratos.domain.montantes.meses import hours_of
from contratos.domain.montantes.perfil import PerfilIncompleto, SemCasas
from tests.contratos_domain.montantes import ANO, CARGA, HORAS, SEMESTRE, by_month, mes

ENERGIA = Decimal(438_000)  # 50 MWmédio in 2027
AMOUNTS = st.integers(10**6, 10**16).map(decimal)
OFTEN = settings(max_examples=40, deadline=None)
LOADS = st.lists(st.integers(1, 10**12), min_size=1, max_size=12)


@pytest.mark.clausula("3.49")
def test_the_profile_of_a_year_to_the_last_place() -> None:
    found = perfil.explain(ENERGIA, HORAS, CARGA)

    assert round(float(found.fator), 10) == 0.0905006418
    first = (42780, 38640, "42419.460846", "37141.463415", "33666.238768", 30600)
    second = (31620, 31620, "31277.021823", "36359.537869", "39096.277279", 42780)
    assert found.energias == by_month(ANO, (*first, *second))
    assert sum(found.energias.values()) == ENERGIA


def test_the_screen_sees_each_month_before_it_was_clipped() -> None:
    meses = perfil.explain(ENERGIA, HORAS, CARGA).meses

    assert " ".join(f"{each.sem_corte}" for each in meses.values()) == (
        "116.49 119.22 114.67 103.75 91.01 82.82 80.09 81.91 87.37 98.29 109.21 116.49"
    )
    assert " ".join(f"{each.parte}" for each in meses.values()) == (
        "115.00 115.00 114.03 103.17 90.50 85.00 85.00 85.00 86.88 97.74 108.60 115.00"
    )
    assert [each.month for each in meses if meses[each].cortado] == [1, 2, 6, 7, 8, 12]


@pytest.mark.clausula("3.50")
def test_the_profile_of_half_a_year_keeps_the_proportions_of_what_is_not_clipped() -> None:
    carga = perfil.from_power(by_month(SEMESTRE, (300, 310, 330, 360, 520, 560)), SEMESTRE)

    found = perfil.explain(Decimal(88_320), SEMESTRE, carga)

    expected = ("12715.196397", "13139.036277", "13535.531649", "15258.235677", 16560, 17112)
    assert found.energias == by_month(SEMESTRE, expected)
    assert round(float(found.fator), 10) == 0.0569677258
    assert " ".join(f"{each.parte}" for each in found.meses.values()) == "85.45 88.30 94.00 102.54 115.00 115.00"


def test_a_profile_within_the_band_is_followed_as_it_is() -> None:
    found = perfil.distribute(Decimal(744 + 672), hours_of((mes(1), mes(2))), by_month((mes(1), mes(2)), (744, 672)))

    assert found == by_month((mes(1), mes(2)), (744, 672))


def test_where_all_months_are_clipped_the_first_that_bears_it_has_the_residual() -> None:
    meses = hours_of(mes(numero) for numero in (1, 3, 5, 7))
    heavy = by_month(meses, (1, 100, 1, 100))

    found = perfil.explain(Decimal("10.000003"), meses, heavy)

    assert all(each.cortado for each in found.meses.values())
    assert found.energias == by_month(meses, ("2.125002", "2.875000", "2.125001", "2.875000"))
    assert faixa.problems(found.energias, Decimal("10.000003"), meses) == {}


def test_the_least_of_the_scalars_is_given_where_several_do() -> None:
    meses = hours_of((mes(1), mes(3)))

    found = perfil.explain(Decimal(2), meses, by_month(meses, (1, 100)))

    assert found.energias == by_month(meses, ("0.85", "1.15"))
    assert found.fator == Fraction(115, 10_000)


def test_no_energy_is_none_in_any_month() -> None:
    assert set(perfil.distribute(Decimal(0), HORAS, CARGA).values()) == {Decimal(0)}


@pytest.mark.parametrize("carga", [{}, dict.fromkeys(ANO, Decimal(0)), CARGA | {mes(7): Decimal(0)}])
def test_a_month_without_load_stops_the_calculation_and_is_named(carga: Mapping[date, Decimal]) -> None:
    with pytest.raises(PerfilIncompleto, match="07/2027"):
        perfil.distribute(ENERGIA, HORAS, carga)


@pytest.mark.parametrize("energia", ["0.000001", "0.000020"])
def test_some_millionths_find_no_months_within_the_band(energia: str) -> None:
    with pytest.raises(SemCasas, match="pequeno demais"):
        perfil.distribute(Decimal(energia), HORAS, CARGA)


@OFTEN
@given(AMOUNTS, LOADS)
def test_any_profile_keeps_the_band_and_the_total(energia: Decimal, loads: list[int]) -> None:
    horas = hours_of(ANO[: len(loads)])
    assume(energia > 1)

    found = perfil.distribute(energia, horas, by_month(horas, loads))

    assert faixa.problems(found, energia, horas) == {}


@OFTEN
@given(AMOUNTS, LOADS)
def test_all_but_one_month_are_the_scalar_times_the_load_clipped_and_rounded(
    energia: Decimal, loads: list[int]
) -> None:
    horas = hours_of(ANO[: len(loads)])
    assume(energia > 1)

    found = perfil.explain(energia, horas, by_month(horas, loads))

    limites = faixa.limits(energia, horas)
    ideal = {each: limites[each].clip(found.fator * load) for each, load in zip(horas, loads, strict=True)}
    off = [each for each in horas if abs(Fraction(found.energias[each]) - ideal[each]) >= Fraction(1, 10**6)]
    assert sum(ideal.values()) == Fraction(energia)
    assert len(off) <= 1


@OFTEN
@given(AMOUNTS, st.lists(st.integers(1, 10**6), min_size=7, max_size=7))
def test_months_of_equal_hours_keep_the_order_of_the_profile(energia: Decimal, loads: list[int]) -> None:
    horas = {each: hours for each, hours in HORAS.items() if hours == 744}
    assume(energia > 1)

    found = perfil.distribute(energia, horas, by_month(horas, loads))

    pairs = sorted(zip(loads, found.values(), strict=True))
    slack = Decimal("0.000010")  # the residual may pull one month past its neighbour
    assert all(one[1] <= other[1] + slack for one, other in pairwise(pairs))


@OFTEN
@given(LOADS, st.fractions(0, 10), st.fractions(0, 10))
def test_the_clipped_sum_does_not_fall_as_the_scalar_grows(loads: list[int], one: Fraction, other: Fraction) -> None:
    horas = hours_of(ANO[: len(loads)])
    limites = list(faixa.limits(ENERGIA, horas).values())

    below, above = map(perfil.Inteiros.of(limites, list(map(Fraction, loads))).clipped_sum, sorted((one, other)))

    assert below <= above


@OFTEN
@given(AMOUNTS, LOADS, st.integers(1, 1000))
def test_the_unit_of_the_profile_does_not_matter(energia: Decimal, loads: list[int], unit: int) -> None:
    horas = hours_of(ANO[: len(loads)])
    assume(energia > 1)

    found = perfil.distribute(energia, horas, by_month(horas, loads))

    assert found == perfil.distribute(energia, horas, by_month(horas, (load * unit for load in loads)))
    assert sum(map(micros, found.values())) == micros(energia)
