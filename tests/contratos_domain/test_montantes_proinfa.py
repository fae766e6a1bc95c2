"""PROINFA: quotas that follow a unit, the curve of the year, its plants; §4.6 and §4.8 of the analysis."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contratos.domain.montantes import flat, proinfa
from contratos.domain.montantes.exato import Recusado, decimal
from contratos.domain.montantes.proinfa import Transferencia
from tests.contratos_domain.montantes import ANO, CA, HORAS, by_month, mes

OFTEN = settings(max_examples=40, deadline=None)
JANELA = ANO[:2]
CURVA = by_month(CA, (1500, 1300, 1200, 1000))


@pytest.mark.clausula("3.38", "3.39")
def test_a_unit_that_migrated_whole_takes_its_part_of_the_quota() -> None:
    unidade, area = by_month(JANELA, (10_000, 8_000)), by_month(JANELA, (1_600_000, 2_000_000))

    found = proinfa.transfer(Decimal(12_000), unidade, area, Decimal(1))

    assert found == Transferencia(Decimal("60.000000"), Decimal(11_940))


@pytest.mark.clausula("3.38", "3.39")
def test_a_unit_that_migrated_in_part_takes_the_share_and_opting_out_gives_it_to_acep() -> None:
    found = proinfa.by_consumption(Decimal("8765.432"), Decimal("54321.5"), Decimal("2345678.9"), Decimal("0.40"))

    assert found == Transferencia(Decimal("81.196350"), Decimal("8684.235650"))
    assert proinfa.opt_out(Decimal(100), found.unidade) == (Decimal("181.196350"), Decimal(0))


@OFTEN
@given(st.integers(0, 10**15).map(decimal), st.integers(1, 10**9), st.integers(0, 10**9), st.integers(1, 100))
def test_what_one_side_gains_the_other_loses(cota: Decimal, unidade: int, more: int, percent: int) -> None:
    found = proinfa.by_consumption(cota, Decimal(unidade), Decimal(unidade + more), Decimal(percent) / 100)

    assert found.unidade + found.distribuidora == cota
    assert 0 <= found.unidade <= cota


@pytest.mark.clausula("3.38")
@pytest.mark.parametrize("parcela", ["0", "-0.1", "1.01"])
def test_a_migrated_share_is_more_than_nothing_and_at_most_all(parcela: str) -> None:
    with pytest.raises(Recusado, match=r"Cláusula 3\.38: a parcela migrada"):
        proinfa.transfer(Decimal(1), by_month(JANELA, (1, 1)), by_month(JANELA, (2, 2)), Decimal(parcela))


@pytest.mark.clausula("3.39.1")
@pytest.mark.parametrize(
    ("unidade", "area", "said"),
    [
        ({}, {}, "sem histórico"),
        (by_month(JANELA, (0, 0)), by_month(JANELA, (0, 0)), "sem histórico"),
        (by_month(JANELA[:1], (1,)), by_month(JANELA, (2, 2)), "só um deles tem 02/2027"),
        (by_month(JANELA, (1, 3)), by_month(JANELA, (2, 2)), "em 02/2027 o consumo da unidade passa"),
        (by_month(JANELA, (-1, 1)), by_month(JANELA, (2, 2)), "em 01/2027"),
    ],
)
def test_histories_that_cannot_be_compared_stop_the_calculation(
    unidade: Mapping[date, Decimal], area: Mapping[date, Decimal], said: str
) -> None:
    with pytest.raises(Recusado, match=said):
        proinfa.transfer(Decimal(1), unidade, area, Decimal(1))


@pytest.mark.clausula("3.65")
def test_a_changed_garantia_fisica_scales_the_curve() -> None:
    more = proinfa.scale(CURVA, Decimal(100), Decimal(108), mes(1))
    less = proinfa.scale(CURVA, Decimal("9.6"), Decimal("9.3"), mes(3))

    assert more == by_month(CA, (1620, 1404, 1296, 1080))
    assert less == by_month(CA, ("1453.125", "1259.375", "1162.5", "968.75"))


@pytest.mark.clausula("3.65")
def test_months_before_the_change_stay_as_they_are() -> None:
    found = proinfa.scale(CURVA, Decimal(1), Decimal(2), mes(5))

    assert found == by_month(CA, (1500, 1300, 2400, 2000))


@pytest.mark.parametrize(("antes", "depois"), [("0", "1"), ("1", "-1")])
def test_a_garantia_fisica_is_positive(antes: str, depois: str) -> None:
    with pytest.raises(Recusado, match="garantia física"):
        proinfa.scale(CURVA, Decimal(antes), Decimal(depois), mes(1))


@pytest.mark.clausula("3.63")
def test_a_curve_has_all_months_and_the_annual_amount_of_the_act() -> None:
    assert proinfa.curve_problems(CURVA, Decimal(5000), CA) == {}
    assert set(proinfa.curve_problems(CURVA, Decimal(5001), CA)) == {None}
    assert set(proinfa.curve_problems({mes(3): Decimal(5000)}, Decimal(5000), CA)) == {mes(4), mes(5), mes(6)}


@pytest.mark.clausula("3.64")
def test_the_plants_and_acep_add_up_to_the_quotas_month_by_month() -> None:
    plants = {"Alfa": by_month(CA, (500, 300, 200, 0)), "Beta": by_month((mes(3),), (100,))}
    acep = by_month(CA, (900, 1000, 1000, 1000))

    assert proinfa.plant_problems(CURVA, acep, plants) == {}

    found = proinfa.plant_problems(CURVA, acep | by_month((mes(4), mes(6)), ("1000.5", -1)), plants)

    assert found == {
        mes(4): "Cláusula 3.64: em 04/2027 os perfis das usinas e o do ACEP somam 1300,5 MWh, e as cotas são 1300 MWh; "
        "a diferença é 0,5 MWh.",
        mes(6): "Cláusula 3.64: em 06/2027 há um perfil com energia negativa.",
    }


@pytest.mark.clausula("3.66")
def test_the_automatic_curve_is_flat_for_each_plant_and_closes() -> None:
    plants = {"Alfa": Decimal("1000.000001"), "Beta": Decimal(777)}

    found = proinfa.automatic(Decimal(50_000), HORAS, plants)

    assert found.usinas["Alfa"] == flat.distribute_by_hours(Decimal("1000.000001"), HORAS)
    assert proinfa.plant_problems(found.curva, found.acep, found.usinas) == {}
    assert proinfa.curve_problems(found.curva, Decimal(50_000), HORAS) == {}


@pytest.mark.clausula("3.66")
def test_without_plants_all_of_it_is_aceps() -> None:
    found = proinfa.automatic(Decimal(50_000), CA, {})

    assert found.curva == found.acep == flat.distribute_by_hours(Decimal(50_000), CA)


def test_plants_have_no_more_than_the_act() -> None:
    with pytest.raises(Recusado, match="as usinas somam 2 MWh, mais que os 1 MWh do ato"):
        proinfa.automatic(Decimal(1), HORAS, {"Alfa": Decimal(2)})
