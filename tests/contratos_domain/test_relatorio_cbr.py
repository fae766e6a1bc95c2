"""The yearly report of CBRs as a pure function: what counts in the year, and what only is listed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from contratos.domain.acordo import Intervalo
from contratos.domain.periodos import Periodo
from contratos.domain.relatorios import Quem, Relatorio, cbrs
from contratos.domain.relatorios.cbrs import PARAMETROS, Registrado

SOL, SUL = Quem("SOL", "12345678000195"), Quem("SUL", "98765432000198")
SUPRIMENTO = Intervalo(date(2026, 12, 1), date(2027, 12, 31))
PERIODO = Periodo(SUPRIMENTO.de, SUPRIMENTO.ate, Decimal("2.5"))
CBR = Registrado("CBR-1", SOL, SUL, ("x",) * len(PARAMETROS), SUPRIMENTO, date(2026, 11, 20), 1, (PERIODO,))
FIM = date(2026, 12, 31)


def report(*rows: Registrado) -> Relatorio:
    return cbrs.write(rows, 2026, FIM, None)


def test_only_the_days_of_the_year_count() -> None:
    found = report(CBR)

    assert dict(found.resumo) == {"CBRs": 1, "Energia em 2026 (MWh)": Decimal("1860.0"), "Relatório à ANEEL até": None}
    assert found.fichas[0].campos["Períodos no ano"] == "01/12/2026 a 31/12/2026: 2,5 MWmédio"
    assert found.fichas[0].campos["Montante no ano (MWmédio)"] == Decimal("0.212329")
    assert tuple(found.fichas[0].campos) == cbrs.COLUNAS


def test_an_ended_one_counts_until_the_day_before() -> None:
    (ficha,) = report(replace(CBR, finalizado=date(2026, 12, 11))).fichas

    assert (ficha.estado, ficha.campos["Energia no ano (MWh)"]) == ("Finalizado", Decimal("600.0"))


def test_one_that_ends_later_is_still_registered() -> None:
    assert report(replace(CBR, finalizado=date(2027, 1, 1))).fichas[0].estado == "Registrado"


def test_an_invalid_one_is_listed_and_counts_for_nothing() -> None:
    found = report(replace(CBR, invalido=date(2026, 12, 20)), CBR)

    assert [ficha.estado for ficha in found.fichas] == ["Inválido", "Registrado"]
    assert found.resumo[1][1] == Decimal("1860.0")
    assert found.fichas[0].campos["Períodos no ano"] == ""


def test_maxima_of_each_hour_add_to_no_energy() -> None:
    found = report(replace(CBR, horario=True))

    assert found.resumo[1][1] == 0
    assert found.fichas[0].campos["Energia no ano (MWh)"] is None
    assert str(found.fichas[0].campos["Períodos no ano"]).endswith("2,5 MWh por hora")
