"""A month by the hour: flat, limits of power, what the two sides combined; §4.7 of the analysis."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contratos.domain.acordo import Intervalo
from contratos.domain.montantes import modulacao
from contratos.domain.montantes.exato import Recusado, decimal
from contratos.domain.montantes.meses import whole
from contratos.domain.montantes.modulacao import Potencia
from contratos.domain.periodos import NaoFecha, Periodo
from tests.contratos_domain.montantes import mes

OFTEN = settings(max_examples=40, deadline=None)
MARCO, DIA = whole(mes(3)), Intervalo(mes(3), mes(3))
LIVRE = Potencia(Decimal(0), Decimal(20))


@pytest.mark.clausula("3.61", "3.78.2")
@pytest.mark.parametrize(
    ("energia", "horas", "first", "others"),
    [("12704.918033", 744, "17.076304", "17.076503"), ("5000", 720, "6.944764", "6.944444")],
)
def test_flat_has_its_residual_in_the_first_hour(energia: str, horas: int, first: str, others: str) -> None:
    found = modulacao.flat(Decimal(energia), horas)

    assert len(found) == horas
    assert found[0] == Decimal(first)
    assert set(found[1:]) == {Decimal(others)}
    assert sum(found) == Decimal(energia)


@OFTEN
@given(st.integers(10**6, 10**15).map(decimal), st.sampled_from((24, 672, 696, 720, 744)))
def test_flat_is_the_same_in_all_hours_but_the_first(energia: Decimal, horas: int) -> None:
    found = modulacao.flat(energia, horas)

    assert sum(found) == energia
    assert len(set(found[1:])) == 1
    assert abs(found[0] - found[1]) <= horas * Decimal("0.0000005")


@pytest.mark.clausula("3.62")
def test_a_silent_edital_allows_from_nothing_to_the_associated_power() -> None:
    assert modulacao.power(Decimal(20)) == Potencia(Decimal(0), Decimal(20))
    assert modulacao.power(Decimal(20), Decimal(5), Decimal(18)) == Potencia(Decimal(5), Decimal(18))


@pytest.mark.clausula("3.62")
@pytest.mark.parametrize(("minima", "maxima"), [("21", "20"), ("-1", "20")])
def test_a_least_power_above_the_most_is_refused(minima: str, maxima: str) -> None:
    with pytest.raises(Recusado, match=r"Cláusula 3\.62: a potência mínima"):
        modulacao.power(Decimal(maxima), Decimal(minima))


def test_a_month_too_large_for_its_power_is_told_when_it_is_set() -> None:
    assert modulacao.flat_problem(Decimal(14_880), 744, LIVRE, mes(3)) == ""
    assert modulacao.flat_problem(Decimal(15_000), 744, LIVRE, mes(3)) == (
        "03/2027, com 15000 MWh, não cabe nos limites de potência: em 744 horas vai de 0 a 14880 MWh."
    )


@pytest.mark.clausula("3.60")
def test_hours_at_the_limits_that_add_up_are_accepted() -> None:
    proposta = [Decimal(20)] * 12 + [Decimal(0)] * 12

    assert modulacao.problems(proposta, Decimal(240), LIVRE, DIA) == {}


@pytest.mark.clausula("3.60")
def test_an_hour_outside_is_named_with_the_nearest_value() -> None:
    proposta = [Decimal("20.000001"), Decimal("19.999999"), *[Decimal(0)] * 20, Decimal(-1), Decimal(1)]

    found = modulacao.problems(proposta, Decimal(40), LIVRE, DIA)

    assert found == {
        0: "Cláusula 3.60: em 01/03/2027 às 0h, 20,000001 MWh fica fora dos limites de potência, de 0 a 20 MW. "
        "O permitido mais próximo é 20.",
        22: "Cláusula 3.60: em 01/03/2027 às 22h, -1 é negativo.",
    }


def test_of_many_hours_outside_the_first_are_named() -> None:
    found = modulacao.problems([Decimal(21)] * 744, Decimal(21 * 744), LIVRE, MARCO)

    assert list(found) == [*range(12), None]
    assert found[None] == "Há mais 732 hora(s) fora dos limites."


def test_a_month_has_all_its_hours() -> None:
    found = modulacao.problems([Decimal(1)] * 743, Decimal(743), LIVRE, MARCO)

    assert found == {
        None: "Cláusula 3.60: de 01/03/2027 a 31/03/2027 há 744 horas, e foram informadas 743.",
    }


@pytest.mark.clausula("3.60")
@pytest.mark.parametrize(
    ("energia", "said"),
    [("25", "faltam 1 MWh."), ("23", "sobram 1 MWh."), ("0.5", "sobram 23,5 MWh.")],
)
def test_hours_that_do_not_add_up_say_by_how_much(energia: str, said: str) -> None:
    (text,) = modulacao.problems([Decimal(1)] * 24, Decimal(energia), LIVRE, DIA).values()

    assert text.endswith(said)


def test_what_rounding_explains_comes_with_the_first_hour_that_closes() -> None:
    proposta = [Decimal("17.076503")] * 744

    (text,) = modulacao.problems(proposta, Decimal("12704.918033"), LIVRE, MARCO).values()

    assert text.endswith(
        "sobram 0,000199 MWh. É o que o arredondamento explica: com 17,076304 na primeira hora o mês fecha."
    )


def test_a_first_hour_is_not_made_negative_to_close() -> None:
    proposta = [Decimal(0), *[Decimal("0.000001")] * 23]

    (text,) = modulacao.problems(proposta, Decimal("0.000015"), LIVRE, DIA).values()

    assert text.endswith("sobram 0,000008 MWh.")


@pytest.mark.clausula("3.78.1")
def test_hours_ex_ante_close_period_by_period() -> None:
    one = Periodo(date(2027, 2, 20), date(2027, 3, 1), Decimal("1.000001"))
    other = Periodo(date(2027, 3, 3), date(2027, 3, 3), Decimal(2))
    days = Intervalo(mes(3), date(2027, 3, 4))
    horas = [Decimal(1)] * 24 + [Decimal(0)] * 24 + [Decimal(2)] * 24 + [Decimal(0)] * 24

    with pytest.raises(NaoFecha, match=r"a diferença, de 0\.000024"):
        modulacao.ex_ante([one, other], horas, days)

    horas[1:24] = [Decimal("1.000001")] * 23
    found = modulacao.ex_ante([one, other], horas, days)

    assert found[0] == Decimal("1.000001")
    assert found[1:] == horas[1:]


def test_hours_ex_ante_are_as_many_as_those_of_the_days() -> None:
    with pytest.raises(NaoFecha, match="há 24 horas, e foram informadas 2"):
        modulacao.ex_ante([], [Decimal(0)] * 2, DIA)


def test_no_hour_ex_ante_has_energy_where_the_contract_has_none() -> None:
    horas = [Decimal(0)] * 24
    horas[5] = Decimal(1)

    with pytest.raises(NaoFecha, match="em 01/03/2027 às 5h o contrato não tem energia"):
        modulacao.ex_ante([], horas, DIA)
