"""A month to be spread over its hours: what may be stated, what is kept, what comes if nobody does (3.60, 3.78)."""

from datetime import date
from decimal import Decimal

import pytest

from contratos.domain.acordo import Intervalo
from contratos.domain.modulacao import (
    MesDeCa,
    MesDeCbr,
    percent_deadline,
    percent_month_problem,
    read_percent,
)
from contratos.domain.montantes.celulas import CelulaErrada
from contratos.domain.montantes.modulacao import Potencia
from contratos.domain.periodos import Periodo
from tests.contratos_domain.calendarios import PADRAO

MARCO = Intervalo(date(2027, 3, 1), date(2027, 3, 31))
VINTE = Potencia(Decimal(0), Decimal(20))
CA = MesDeCa(MARCO, Decimal("12704.918033"), VINTE)
CBR = MesDeCbr(
    MARCO,
    (
        Periodo(date(2027, 1, 1), date(2027, 3, 10), Decimal("10.5")),
        Periodo(date(2027, 3, 21), date(2027, 4, 30), Decimal("12.345678")),
    ),
)


@pytest.mark.clausula("3.61")
def test_flat_of_a_ca_has_its_residual_in_the_first_hour() -> None:
    flat = CA.flat()

    assert (flat[0], set(flat[1:]), sum(flat)) == (Decimal("17.076304"), {Decimal("17.076503")}, CA.energia)
    assert CA.problems(flat) == {}
    assert CA.settled(flat) == flat


@pytest.mark.clausula("3.61", "3.62")
def test_more_than_the_power_allows_is_told_of_flat_too() -> None:
    crowded = MesDeCa(MARCO, Decimal(15000), VINTE)

    assert "03/2027, com 15000 MWh, não cabe nos limites de potência" in crowded.flat_problem()
    assert CA.flat_problem() == ""


@pytest.mark.clausula("3.62")
def test_without_limits_nothing_can_be_stated_and_flat_is_still_known() -> None:
    unknown = MesDeCa(MARCO, CA.energia, None)

    assert "falta a potência associada" in unknown.problems(CA.flat())[None]
    assert unknown.flat_problem() == ""
    assert unknown.flat() == CA.flat()
    assert "potencia_max_mw" not in unknown.inputs()


def test_what_is_kept_beside_the_hours_makes_them_again() -> None:
    assert CA.inputs() == {
        "energia_mwh": "12704.918033",
        "de": "2027-03-01",
        "ate": "2027-03-31",
        "potencia_min_mw": "0",
        "potencia_max_mw": "20",
    }
    assert CBR.inputs()["periodos"] == "01/03/2027 a 10/03/2027: 10.5; 21/03/2027 a 31/03/2027: 12.345678"


@pytest.mark.clausula("3.78.2")
def test_flat_of_a_cbr_is_the_amount_of_each_period_and_none_between_them() -> None:
    flat = CBR.flat()

    assert len(flat) == CBR.horas == 744
    assert set(flat[:240]) == {Decimal("10.5")}
    assert set(flat[240:480]) == {Decimal(0)}
    assert set(flat[480:]) == {Decimal("12.345678")}
    assert sum(flat) == CBR.energia
    assert CBR.flat_problem() == ""


@pytest.mark.clausula("3.78.1", "3.31")
def test_hours_of_a_cbr_close_in_each_period_or_say_which_does_not() -> None:
    rounded = CBR.flat()
    rounded[480] -= Decimal("0.000003")
    wrong = CBR.flat()
    wrong[300] = Decimal(1)

    assert CBR.problems(rounded) == {}
    assert CBR.settled(rounded) == CBR.flat()
    assert "em 13/03/2027 às 12h o contrato não tem energia" in CBR.problems(wrong)[None]


@pytest.mark.clausula("3.54")
@pytest.mark.parametrize(
    ("texto", "valor"), [("0", "0"), ("100", "100"), (" 37,5 % ", "37.5"), ("0,000001", "0.000001")]
)
def test_a_percentage_is_read_from_0_to_100(texto: str, valor: str) -> None:
    assert read_percent(texto) == Decimal(valor)


@pytest.mark.clausula("3.54")
@pytest.mark.parametrize("texto", ["-1", "100,000001", "37.5", "metade", ""])
def test_another_percentage_is_refused_with_the_clause(texto: str) -> None:
    with pytest.raises(CelulaErrada, match=r"^Cláusula 3\.54: o percentual"):
        read_percent(texto)


@pytest.mark.clausula("3.54")
def test_the_percentage_of_a_month_is_stated_until_the_8th_business_day_after_it() -> None:
    calendario, supply = PADRAO, Intervalo(date(2027, 3, 15), date(2028, 3, 14))
    marco, limite = date(2027, 3, 1), date(2027, 4, 12)

    assert percent_deadline(marco, calendario) == limite
    assert percent_month_problem(marco, supply, limite, calendario) == ""
    assert "até 12/04/2027 (MS+8du)" in percent_month_problem(marco, supply, date(2027, 4, 13), calendario)
    assert "tem de estar no suprimento" in percent_month_problem(date(2027, 2, 1), supply, limite, calendario)
    assert "tem de estar no suprimento" in percent_month_problem(date(2028, 4, 1), supply, limite, calendario)
