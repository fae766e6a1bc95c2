"""Tables of months and hours: what spreadsheets bring, what is said of each cell, and that what we write is read."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contratos.domain.acordo import Intervalo
from contratos.domain.montantes import celulas, grade
from contratos.domain.montantes.celulas import CelulaErrada
from contratos.domain.montantes.exato import decimal
from contratos.domain.montantes.meses import hours_in, whole
from tests.contratos_domain.montantes import ANO, by_month, mes

OFTEN = settings(max_examples=15, deadline=None)
MARCO, DIA = whole(mes(3)), Intervalo(mes(3), mes(3))
AMOUNTS = st.integers(0, 10**17 - 1).map(decimal)


@pytest.mark.parametrize(
    "texto",
    [
        "01/2027;1234,567890\n02/2027;0",
        "\ufeffMês;MWh\r\n01/2027;1234,567890\r\n02/2027;0\r\n",
        "jan/27\t1234,567890\t\t\nFev/2027\t 0 \n\n\t\n",
        '"2027-01";"1234,567890";;\n01/02/2027;0;;',
    ],
)
def test_months_are_read_as_typed_pasted_and_saved(texto: str) -> None:
    found = grade.read_months(texto)

    assert (found.valores, found.erros) == (by_month(ANO[:2], ("1234.567890", 0)), [])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("03/2027;1.234,5", "Linha 2, coluna 2: “1.234,5”: use vírgula decimal e nenhum ponto, como 1234,567890."),
        ("03/2027;1234.5", "Linha 2, coluna 2: “1234.5”: use vírgula decimal e nenhum ponto, como 1234,567890."),
        ("03/2027;-1", "Linha 2, coluna 2: “-1”: o montante não pode ser negativo."),
        ("03/2027;muito", "Linha 2, coluna 2: “muito”: informe um número, como 1234,567890."),
        ("03/2027;", "Linha 2, coluna 2: a célula está vazia. Onde não há energia, informe 0."),
        ("3/2027;1", "Linha 2, coluna 1: “3/2027”: informe o mês como 01/2027."),
        ("xyz/27;1", "Linha 2, coluna 1: “xyz/27”: informe o mês como 01/2027."),
        ("13/2027;1", "Linha 2, coluna 1: “13/2027”: esse mês não existe. Informe-o como 01/2027."),
        ("02/2027;1", "Linha 2, coluna 1: “02/2027”: já está na linha 1."),
        ("03/2027;1;2", "Linha 2, coluna 3: “2”: a linha tem duas colunas, como 01/2027; 1234,567890."),
    ],
)
def test_each_cell_says_what_it_requires(line: str, said: str) -> None:
    found = grade.read_months(f"02/2027;1\n{line}")

    assert found.told == [said]
    assert found.valores == {mes(2): Decimal(1)}


def test_nothing_is_rounded() -> None:
    (text,) = grade.read_months("02/2027;1,1234567").told

    assert "6 casas decimais; nada é arredondado" in text


def test_of_many_errors_the_first_are_told() -> None:
    told = grade.read_months("0;x\n" * 15).told

    assert len(told) == 13
    assert told[-1] == "Há mais 3 erro(s)."


def test_a_table_too_long_to_be_meant_is_not_read_to_its_end() -> None:
    found = grade.read_months("02/2027;1\n" * 1001)

    assert found.told[-1] == "Há mais 988 erro(s)."
    assert str(found.erros[-1]) == "A tabela tem mais de 1000 linhas. Confira o que foi colado."


@OFTEN
@given(st.dictionaries(st.sampled_from(ANO), AMOUNTS))
def test_months_as_we_write_them_are_read_again(valores: dict[date, Decimal]) -> None:
    found = grade.read_months(celulas.decode(grade.write_months(valores)))

    assert (found.valores, found.erros) == (valores, [])


@OFTEN
@given(st.text(alphabet='0123456789/;,.-\t\n\ufeff "janx'))
def test_whatever_is_pasted_is_read_or_said_to_be_wrong(texto: str) -> None:
    months, hours = grade.read_months(texto), grade.read_hours(texto, DIA)

    assert all(valor >= 0 for valor in months.valores.values())
    assert hours.erros


def test_hours_are_read_one_by_line_or_one_day_by_line() -> None:
    days = Intervalo(mes(3), date(2027, 3, 2))
    lines = [f"01/03/2027;{hora};{hora},5" for hora in range(24)]

    found = grade.read_hours("\n".join(["dia;hora;MWh", *lines, "2027-03-02" + "\t0,25" * 24]), days)

    assert found.erros == []
    assert found.in_order == [Decimal(hora) + Decimal("0.5") for hora in range(24)] + [Decimal("0.25")] * 24


@pytest.mark.parametrize("hora", ["5", "05", "5h", "05:00"])
def test_an_hour_is_named_in_several_ways(hora: str) -> None:
    assert celulas.read_hour(hora) == 5


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("01/03/2027;24;1", "Linha 1, coluna 2: “24”: informe a hora de 0 a 23, a do começo de cada intervalo."),
        ("01/03/2027;cedo1;1", "Linha 1, coluna 2: “cedo1”: informe a hora de 0 a 23"),
        ("31/02/2027;1;1", "Linha 1, coluna 1: “31/02/2027”: informe o dia como 01/03/2027."),
        ("02/03/2027;1;1", "Linha 1, coluna 1: “02/03/2027”: fica fora de 01/03/2027 a 01/03/2027."),
        ("01/03/2027;1;1.5", "Linha 1, coluna 3: “1.5”: use vírgula decimal"),
        ("01/03/2027;1", "Linha 1, coluna 2: “1”: a linha tem dia; hora; MWh"),
    ],
)
def test_each_cell_of_an_hour_says_what_it_requires(line: str, said: str) -> None:
    (text,) = grade.read_hours(line, DIA).told

    assert text.startswith(said)


def test_a_day_that_comes_twice_is_said_once() -> None:
    whole_day = "01/03/2027" + ";1" * 24

    assert grade.read_hours(f"{whole_day}\n{whole_day}", DIA).told == [
        "Linha 2, coluna 1: “01/03/2027”: já está na linha 1."
    ]


def test_missing_hours_are_named_once_all_else_can_be_read() -> None:
    found = grade.read_hours("01/03/2027;0;1", DIA)
    most = grade.read_hours("\n".join(f"01/03/2027;{hora};1" for hora in range(23)), DIA)

    assert found.told[0].endswith("01/03/2027 às 12h e mais 11 hora(s).")
    assert most.told == ["De 01/03/2027 a 01/03/2027, falta 01/03/2027 às 23h."]


@OFTEN
@given(st.lists(AMOUNTS, min_size=48, max_size=48))
def test_hours_as_we_write_them_are_read_again(horas: list[Decimal]) -> None:
    days = Intervalo(mes(3), date(2027, 3, 2))

    found = grade.read_hours(celulas.decode(grade.write_hours(mes(3), horas)), days)

    assert (found.in_order, found.erros) == (horas, [])


def test_a_month_of_hours_is_read() -> None:
    found = grade.read_hours(celulas.decode(grade.write_hours(mes(3), [Decimal(1)] * hours_in(MARCO))), MARCO)

    assert len(found.in_order) == 744


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_files_are_decoded_as_spreadsheets_save_them(code: str) -> None:
    assert celulas.decode("Mês;MWh".encode(code)) == "Mês;MWh"


def test_a_cell_alone_can_be_read_too() -> None:
    assert celulas.amount("12,5") == Decimal("12.5")
    assert celulas.read_month("dez/2027") == mes(12)
    with pytest.raises(CelulaErrada):
        celulas.amount("123456789012,5")
