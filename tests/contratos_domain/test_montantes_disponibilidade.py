"""80 % to 120 % of what a plant declares, one profile for all its contracts: §4.3 of the analysis."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contratos.domain.montantes import disponibilidade
from contratos.domain.montantes.exato import Recusado, decimal
from tests.contratos_domain.montantes import ANO, HORAS, by_month, mes

OFTEN = settings(max_examples=40, deadline=None)
DECLARADA = disponibilidade.declared(by_month(ANO, (14, 12, 13, 15, 20, 26, 31, 34, 33, 28, 21, 17)), HORAS)
PERFIL = DECLARADA | by_month((mes(8), mes(11), mes(12)), ("27825.6", "13855.2", "11383.2"))


def test_limits_are_those_of_each_month() -> None:
    found = disponibilidade.limits(
        disponibilidade.declared(by_month((mes(2), mes(8)), ("25.5", 40)), {mes(8): 744, mes(2): 672})
    )

    assert {each: (limites.minimo, limites.maximo) for each, limites in found.items()} == {
        mes(2): (Decimal("13708.8"), Decimal("20563.2")),
        mes(8): (23_808, 35_712),
    }


@pytest.mark.clausula("3.51")
def test_a_profile_within_the_band_that_keeps_the_year_is_accepted() -> None:
    assert sum(DECLARADA.values()) == 193_272
    assert disponibilidade.problems(PERFIL, DECLARADA) == {}


@pytest.mark.clausula("3.51")
def test_a_month_outside_is_named_against_its_own_declared_value() -> None:
    proposta = DECLARADA | by_month((mes(1), mes(8)), ("5356.8", "30355.2"))

    found = disponibilidade.problems(proposta, DECLARADA)

    assert found == {
        mes(1): "Cláusula 3.51: 01/2027, com 5356,8 MWh, fica em 51,43% da disponibilidade declarada; o mínimo é 80%. "
        "O valor permitido mais próximo é 8332,800000 MWh."
    }


def test_the_year_is_kept_unless_that_is_switched_off() -> None:
    proposta = DECLARADA | {mes(8): Decimal("27825.6")}

    assert list(disponibilidade.problems(proposta, DECLARADA)) == [None]
    assert disponibilidade.problems(proposta, DECLARADA, mantem_total=False) == {}


def test_a_missing_month_is_named() -> None:
    found = disponibilidade.problems({each: DECLARADA[each] for each in ANO[1:]}, DECLARADA)

    assert set(found) == {mes(1), None}


@pytest.mark.clausula("3.51.1")
def test_a_silent_seller_has_the_declared_values() -> None:
    assert disponibilidade.problems(DECLARADA, DECLARADA) == {}
    assert DECLARADA[mes(8)] == 34 * 744


@pytest.mark.clausula("3.51.2")
def test_one_profile_is_applied_to_all_contracts_of_the_plant() -> None:
    found = disponibilidade.split({"um": Decimal(120_000), "outro": Decimal(80_000)}, PERFIL)

    assert (found["um"][mes(8)], found["outro"][mes(8)]) == (Decimal("17276.542903"), Decimal("11517.695269"))
    assert (found["um"][mes(12)], found["outro"][mes(12)]) == (Decimal("7067.676642"), Decimal("4711.784428"))
    assert found["um"][mes(1)] == Decimal("6467.155098")
    assert [sum(each.values()) for each in found.values()] == [120_000, 80_000]


def test_a_plant_without_any_profile_cannot_split_its_contracts() -> None:
    with pytest.raises(Recusado, match="proporção"):
        disponibilidade.split({1: Decimal(1)}, dict.fromkeys(ANO, Decimal(0)))


@OFTEN
@given(st.integers(10**6, 10**16), st.lists(st.integers(0, 10**12), min_size=12, max_size=12).filter(any))
def test_a_month_without_profile_has_none_of_any_contract(energia: int, valores: list[int]) -> None:
    perfil = {each: decimal(valor) for each, valor in zip(ANO, valores, strict=True)}

    found = disponibilidade.split({1: decimal(energia)}, perfil)[1]

    assert sum(found.values()) == decimal(energia)
    assert all(found[each] == 0 for each in ANO if not perfil[each])
