"""What a CBR may state, until when, and its amounts to the millionth."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from contratos.domain.acordo import Intervalo
from contratos.domain.cbr import (
    COM_PARCELA,
    MODULACOES,
    ORIGENS,
    SUBGRUPOS,
    Origem,
    Subgrupo,
    class_problems,
    empty_problems,
    end_problem,
    first_month,
    limit,
    month_problem,
    terms_problems,
)
from contratos.domain.periodos import (
    NaoFecha,
    Periodo,
    clip,
    energy,
    mean,
    merge,
    reach_problems,
    read,
    round6,
    settle,
    split,
)
from contratos.models import Cbr
from tests.contratos_domain.calendarios import PADRAO

D = Decimal
ANO = Intervalo(date(2027, 1, 1), date(2027, 12, 31))
GERADOR, DISTRIBUIDOR, LIVRE = "gerador", "distribuidor", "consumidor_livre"


def period(inicio: str, fim: str, montante: str) -> Periodo:
    return Periodo(date.fromisoformat(inicio), date.fromisoformat(fim), D(montante))


def test_the_words_are_those_of_the_rows() -> None:
    assert {str(k): v for k, v in SUBGRUPOS.items()} == dict(Cbr.Subgrupo.choices)
    assert {str(k): v for k, v in ORIGENS.items()} == dict(Cbr.Origem.choices)
    assert dict(Cbr.Modulacao.choices) == MODULACOES


@pytest.mark.parametrize(
    ("subgrupo", "origem", "vendedor", "comprador", "fields"),
    [
        ("a", "chamada_publica", GERADOR, DISTRIBUIDOR, set()),
        ("a", "outra", LIVRE, DISTRIBUIDOR, set()),
        ("a", "outra", GERADOR, LIVRE, {"subgrupo"}),
        ("b", "art_10", GERADOR, LIVRE, set()),
        ("b", "outra", "autoprodutor", LIVRE, set()),
        ("b", "art_10", "comercializador", LIVRE, {"subgrupo"}),
        ("b", "sistema_isolado", GERADOR, LIVRE, {"origem"}),
        ("a", "art_5", GERADOR, DISTRIBUIDOR, {"origem"}),
        ("b", "chamada_publica", LIVRE, LIVRE, {"subgrupo", "origem"}),
    ],
)
def test_the_subgroup_fits_the_classes_and_the_origin(
    subgrupo: str, origem: str, vendedor: str, comprador: str, fields: set[str]
) -> None:
    assert class_problems(Subgrupo(subgrupo), Origem(origem), vendedor, comprador).keys() == fields


@pytest.mark.parametrize("origem", Origem)
def test_four_origins_need_the_share_of_a_plant(origem: Origem) -> None:
    subgrupo = Subgrupo.A if origem in COM_PARCELA else Subgrupo.B
    without = terms_problems(subgrupo, origem, "", (GERADOR, DISTRIBUIDOR))
    within = terms_problems(subgrupo, origem, "Usina", (GERADOR, DISTRIBUIDOR))

    assert ("parcela_usina" in without) == (origem in COM_PARCELA)
    assert ("origem" in within) == (origem is Origem.ART_5)


def test_a_month_is_accepted_until_the_ninth_business_day_of_the_next() -> None:
    mes, ate = date(2026, 11, 1), date(2026, 12, 11)

    assert limit(mes, PADRAO) == ate
    assert month_problem(mes, ate, PADRAO) == ""
    assert first_month(ate, PADRAO) == mes
    late = month_problem(mes, ate + timedelta(days=1), PADRAO)
    assert "terminou em 11/12/2026" in late
    assert "a partir de 12/2026" in late


def test_the_first_day_without_energy_lies_within_the_supply() -> None:
    assert end_problem(ANO.de, ANO.de, ANO.ate) == end_problem(ANO.ate, ANO.de, ANO.ate) == ""
    assert "foi informado 31/12/2026" in end_problem(date(2026, 12, 31), ANO.de, ANO.ate)
    assert "foi informado 01/01/2028" in end_problem(date(2028, 1, 1), ANO.de, ANO.ate)


def test_periods_are_read_in_order_of_time_however_they_are_written() -> None:
    found, problems = read("2027-07-01;2027-12-31;2\n01/01/2027; 30/06/2027; 12,345678")

    assert problems == []
    assert found == [period("2027-01-01", "2027-06-30", "12.345678"), period("2027-07-01", "2027-12-31", "2")]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("01/01/2027; 31/12/2027", "escreva início; fim; montante"),
        ("31/02/2027; 31/12/2027; 1", "“31/02/2027” não é uma data"),
        ("02/01/2027; 01/01/2027; 1", "termina (01/01/2027) antes de começar (02/01/2027)"),
        ("01/01/2027; 31/12/2027; -1", "“-1” não é um montante"),
        ("01/01/2027; 31/12/2027; 0,000000", "maior que zero"),
        ("01/01/2027; 31/12/2027; 1,0000001", "até 6 casas decimais, e 1,0000001 tem mais"),
    ],
)
def test_a_line_that_cannot_be_is_named(line: str, said: str) -> None:
    found, problems = read(f"01/01/2027; 31/12/2027; 1\n{line}")

    assert len(found) == 1
    assert len(problems) == 1
    assert problems[0].startswith("Linha 2: ")
    assert said in problems[0]


def test_of_many_wrong_lines_the_first_are_told() -> None:
    assert read("x\n" * 9)[1][-1] == "Há erro em mais 4 linha(s)."


def test_periods_neither_overlap_nor_leave_the_supply() -> None:
    one, other = period("2027-01-01", "2027-06-30", "1"), period("2027-06-30", "2028-01-01", "2")

    assert reach_problems([one, period("2027-08-01", "2027-12-31", "1")], ANO) == []
    problems = reach_problems([one, other], ANO)
    assert "30/06/2027 a 01/01/2028 sai do intervalo possível" in problems[0]
    assert "se sobrepõem" in problems[1]
    assert reach_problems([period("2026-12-31", "2027-06-30", "1")], ANO)


def test_what_is_adjusted_takes_the_place_of_what_was_there_and_no_more() -> None:
    year, march = [period("2027-01-01", "2027-12-31", "5")], Intervalo(date(2027, 3, 1), date(2027, 3, 31))
    found = merge(year, [period("2027-03-10", "2027-03-20", "9")], march)

    assert [str(each) for each in found] == [
        "01/01/2027 a 28/02/2027", "10/03/2027 a 20/03/2027", "01/04/2027 a 31/12/2027",
    ]  # fmt: skip
    assert clip(found, march) == [period("2027-03-10", "2027-03-20", "9")]


def test_energy_is_exact_and_its_mean_is_to_the_millionth() -> None:
    year = [period("2027-01-01", "2027-06-30", "10.5"), period("2027-07-01", "2027-12-31", "12.345678")]

    assert energy(year) == D("100130.514048")
    assert mean(energy(year), ANO) == D("11.430424")
    assert mean(D(0), Intervalo(ANO.de, ANO.de - timedelta(days=1))) == 0


def test_the_split_is_that_of_the_worked_examples() -> None:
    month = period("2027-04-01", "2027-04-30", "10.000001")
    hours = split(month, [D(1)] * 240 + [D(2)] * 300 + [D(3)] * 180)
    day = split(period("2027-04-01", "2027-04-01", "1"), [D(1)] * 7 + [D(2)] * 17)

    assert (hours[0], hours[1], hours[240], hours[-1]) == (
        D("5.217332"), D("5.217392"), D("10.434784"), D("15.652175"),
    )  # fmt: skip
    assert sum(hours) == month.energia == D("7200.000720")
    assert (day[0], day[1], day[-1], sum(day)) == (D("0.585360"), D("0.585366"), D("1.170732"), 24)


def test_a_flat_period_has_no_residual() -> None:
    month = period("2027-03-01", "2027-03-31", "1.344086")

    assert set(split(month, [D(1)] * 744)) == {D("1.344086")}
    assert month.energia == D("999.999984")


def test_hours_that_rounding_explains_are_closed_in_the_first_and_others_refused() -> None:
    day = period("2027-04-01", "2027-04-01", "1")
    almost = [D("1.000000")] * 23 + [D("1.000012")]

    assert settle(day, almost)[0] == D("0.999988")
    with pytest.raises(NaoFecha, match="não somam 24 MWh"):
        settle(day, [D(1)] * 23 + [D("1.000013")])
    with pytest.raises(NaoFecha):
        settle(day, [D(1)] * 23)


@pytest.mark.parametrize("pesos", [[D(1)] * 23, [D(0)] * 24, [D(-1)] + [D(2)] * 23])
def test_a_shape_has_a_weight_for_each_hour(pesos: list[Decimal]) -> None:
    with pytest.raises(NaoFecha, match="pede 24 pesos"):
        split(period("2027-04-01", "2027-04-01", "1"), pesos)


def test_a_first_hour_below_zero_is_refused() -> None:
    with pytest.raises(NaoFecha, match="seria negativa"):
        split(period("2027-04-01", "2027-04-01", "1"), [D(0)] + [D(1)] * 22 + [D("1.3")])


def test_half_a_millionth_is_rounded_up() -> None:
    assert round6(D("0.0000005")) == D("0.000001")


@pytest.mark.clausula("3.28", "3.30")
@pytest.mark.parametrize(
    ("vazio", "sem_energia", "um_mes", "said"),
    [
        (False, False, True, {}),
        (True, True, True, {}),
        (True, False, True, {"periodos": "informe o período de vigência e o montante"}),
        (False, True, True, {"sem_energia": "também informado um montante"}),
        (True, True, False, {"sem_energia": "o registro se finaliza"}),
    ],
)
def test_a_month_is_without_energy_only_where_that_is_said(
    vazio: bool, sem_energia: bool, um_mes: bool, said: dict[str, str]
) -> None:
    found = empty_problems(vazio=vazio, sem_energia=sem_energia, um_mes=um_mes)
    assert set(found) == set(said)
    assert all(part in found[nome] for nome, part in said.items())
