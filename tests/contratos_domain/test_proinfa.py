"""PROINFA: windows of a history, the cut-off of a declaration, shares of a year, tables that people bring."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contratos.domain import proinfa
from contratos.domain.montantes.exato import Recusado, total
from contratos.domain.montantes.proinfa import scale
from contratos.domain.prazos import month

D = Decimal
ANO = [date(2027, mes, 1) for mes in range(1, 13)]
OUTUBRO, NOVEMBRO = date(2026, 10, 1), date(2026, 11, 1)


def flat(energia: str) -> dict[date, Decimal]:
    return dict.fromkeys(ANO, D(energia))


def test_the_window_is_the_latest_run_of_months_before_the_reference_month() -> None:
    historico = dict.fromkeys([month(OUTUBRO, -back) for back in range(14)], D(1))

    found = proinfa.window(historico, OUTUBRO, 12)

    assert (found[0], found[-1], len(found)) == (date(2025, 10, 1), date(2026, 9, 1), 12)


@pytest.mark.parametrize("missing", [date(2026, 5, 1), None])
def test_a_history_with_a_gap_or_none_at_all_has_no_window(missing: date | None) -> None:
    months = [month(OUTUBRO, -back) for back in range(1, 13)] if missing else []

    assert proinfa.window({mes: D(1) for mes in months if mes != missing}, OUTUBRO, 12) == []


@pytest.mark.parametrize(("dia", "expected"), [(6, OUTUBRO), (7, NOVEMBRO)])
def test_until_the_cut_off_a_declaration_is_for_the_month_that_is_over(dia: int, expected: date) -> None:
    assert proinfa.first_without(date(2026, 11, dia), lambda mes: date(2026, 11, 6)) == expected


@given(st.decimals("0.0001", "1e9", places=6), st.lists(st.integers(1, 10**9), min_size=12, max_size=12))
def test_a_contracts_months_add_up_to_its_annual_quota(anual: Decimal, pesos: list[int]) -> None:
    curva = {mes: D(peso) / 1000 for mes, peso in zip(ANO, pesos, strict=True)}

    assert total(proinfa.shared(anual, [curva]).values()) == anual


def test_a_revised_curve_moves_only_the_months_that_it_changed() -> None:
    before = flat("1000")
    after = before | {mes: D("990") for mes in ANO[5:]}

    found = proinfa.shared(D("6000"), [before, after])

    assert (found[ANO[4]], found[ANO[5]]) == (D("500.000000"), D("495.000000"))


def test_a_month_without_energy_has_no_proportion_and_stays_without() -> None:
    before = flat("0") | {ANO[0]: D(12)}

    assert proinfa.shared(D(12), [before, before | {ANO[1]: D(1)}])[ANO[1]] == 0


def test_the_quotas_change_by_what_the_plant_does() -> None:
    columns = {"COTAS": flat("1000"), "ACEP": flat("900"), "PCH-1": flat("100")}

    found = proinfa.revised(columns, "PCH-1", scale(columns["PCH-1"], D("9.6"), D("9.3"), ANO[5]))

    assert (found["COTAS"][ANO[4]], found["COTAS"][ANO[5]]) == (D(1000), D("996.875000"))
    assert found["ACEP"] == columns["ACEP"]


def test_the_base_of_a_quota_does_not_depend_on_the_order_of_the_units() -> None:
    assert proinfa.base_of(D(11900), D(130), D(30)) == D(12000)


def test_a_table_is_read_by_its_head_in_any_order() -> None:
    columns, problems = proinfa.read_columns("\ufeffACEP;Mês;cotas;\n900,5\t\t\n900,5;01/2027;1000;", ["COTAS", "ACEP"])

    assert problems == ["Linha 2, coluna MES: informe o mês como 01/2027."]
    assert columns == {"COTAS": {ANO[0]: D(1000)}, "ACEP": {ANO[0]: D("900.5")}}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "A tabela está vazia."),
        ("Mês;Cotas", "Linha 1: falta a coluna ACEP."),
        ("Mês;Cotas;ACEP;PCH-9", "Linha 1: não há usina PCH-9."),
        ("Mês;Cotas;ACEP;ACEP", "Linha 1: a coluna ACEP está mais de uma vez."),
        ("Mês;Cotas;ACEP\n01/2027;1;1\n01/2027;1;1", "Linha 3, coluna MES: este mês já está numa linha anterior."),
        ("Mês;Cotas;ACEP\n01/2027;1", "Linha 2, coluna ACEP: a célula está vazia."),
        ("Mês;Cotas;ACEP\n" + "\n".join("x;1;1" for _ in range(14)), "Há mais 2 erro(s)."),
    ],
)
def test_what_cannot_be_read_is_named_by_line_and_column(text: str, said: str) -> None:
    _, problems = proinfa.read_columns(text, ["COTAS", "ACEP"])

    assert any(said in problem for problem in problems)


def test_amounts_by_name_are_read_and_each_slip_is_named() -> None:
    found, problems = proinfa.read_amounts("pch-1; 1200,5\n;\nPCH-1; 1\nPCH-2\nPCH-3; 1.000")

    assert found == {"PCH-1": D("1200.5")}
    assert [problem[:8] for problem in problems] == ["Linha 3:", "Linha 4:", "Linha 5:"]


def test_the_quotas_have_the_acts_amount_and_the_plants_no_more_than_it() -> None:
    assert proinfa.year_problem(D(12), {"A": D(5), "B": D(7)}) == ""
    assert "a diferença é 1 MWh" in proinfa.year_problem(D(12), {"A": D(11)})
    assert proinfa.plants_problem(D(12), {"PCH-1": D(12)}) == ""
    assert "as usinas somam 13 MWh, mais que os 12 MWh" in proinfa.plants_problem(D(12), {"PCH-1": D(13)})


def test_a_percentage_becomes_a_share_and_nothing_is_rounded() -> None:
    assert proinfa.share(D("33.3333")) == D("0.333333")
    with pytest.raises(Recusado, match="até 4 casas decimais"):
        proinfa.share(D("33.33333"))
