"""Numbers of the worked examples of the analysis's §4 that no other test of amounts pins, each to the last place."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from contratos.domain.montantes import disponibilidade, faixa, flat, modulacao, perfil
from contratos.domain.montantes.exato import total
from contratos.domain.montantes.meses import hours_of, whole
from contratos.domain.periodos import Periodo, mean, split
from tests.contratos_domain.montantes import ANO, CA, CARGA, HORAS, SEMESTRE, by_month, mes

# Section, energy, hours by month, MWmédio with six places.
PERIODOS = [
    ("4.1, ex. 1", "50000", CA, 2928, "17.076503"),
    ("4.1, ex. 2", "1000000", hours_of(mes(numero, 2028) for numero in range(1, 13)), 8784, "113.843352"),
    ("4.2, ex. 1", "262800", HORAS, 8760, "30"),
    ("4.4, ex. 1", "438000", HORAS, 8760, "50"),
    ("4.4, ex. 2", "88320", SEMESTRE, 4416, "20"),
]


@pytest.mark.clausula("3.52", "3.58")
@pytest.mark.parametrize(("where", "energia", "horas", "hours", "mwmed"), PERIODOS)
def test_the_hours_of_a_period_and_its_mean_power(
    where: str, energia: str, horas: Mapping[date, int], hours: int, mwmed: str
) -> None:
    assert sum(horas.values()) == hours, where
    assert round(Decimal(energia) / hours, 6) == Decimal(mwmed), where
    assert total(flat.distribute_by_hours(Decimal(energia), horas).values()) == Decimal(energia), where


# Section, energy, hours, month, and its limits as they are written: rounded half up to six places, or exact.
LIMITES = [
    ("4.2, ex. 1", "262800", HORAS, 1, "18972", "25668"),
    ("4.2, ex. 1", "262800", HORAS, 2, "17136", "23184"),
    ("4.2, ex. 2", "50000", CA, 3, "10799.180328", "14610.655738"),
    ("4.2, ex. 2", "50000", CA, 4, "10450.819672", "14139.344262"),
    ("4.2, ex. 2", "50000", CA, 5, "10799.180328", "14610.655738"),
    ("4.2, ex. 2", "50000", CA, 6, "10450.819672", "14139.344262"),
]


@pytest.mark.clausula("3.49", "3.59")
@pytest.mark.parametrize(("where", "energia", "horas", "numero", "minimo", "maximo"), LIMITES)
def test_the_band_of_a_month_around_the_mean(
    where: str, energia: str, horas: Mapping[date, int], numero: int, minimo: str, maximo: str
) -> None:
    found = faixa.limits(Decimal(energia), horas)[mes(numero)]

    assert (six_places(found.minimo), six_places(found.maximo)) == (Decimal(minimo), Decimal(maximo)), where


def six_places(valor: Fraction) -> Decimal:
    """Half up, by whole numbers."""
    return Decimal((2 * 10**6 * valor.numerator + valor.denominator) // (2 * valor.denominator)).scaleb(-6)


@pytest.mark.clausula("3.49")
def test_24000_in_february_are_refused_though_a_twelfth_of_the_year_would_have_let_them_pass() -> None:
    energia, proposta = Decimal(262_800), flat.distribute(Decimal(262_800), ANO)
    proposta |= {mes(2): Decimal(24_000), mes(1): proposta[mes(1)] - Decimal(24_000 - 20_160)}
    twelfth = energia / 12

    found = faixa.problems(proposta, energia, HORAS, clausula="3.49")

    assert found[mes(2)].startswith("Cláusula 3.49: 02/2027, com 24000 MWh, fica em 119,05% da média; o máximo é 115%.")
    assert round(Decimal(24_000) / 672, 3) == Decimal("35.714")
    assert (twelfth * Decimal("0.85"), twelfth * Decimal("1.15")) == (Decimal(18_615), Decimal(25_185))
    assert 18_615 <= proposta[mes(2)] <= 25_185


# The proposal, its shares of the mean, and the months that are refused.
PROPOSTAS = [
    ((14_000, 12_500, 12_000, 11_500), ("110.19", "101.67", "94.45", "93.53"), []),
    ((14_700, 12_500, 12_000, 10_800), ("115.70", "101.67", "94.45", "87.84"), [3]),
]


@pytest.mark.clausula("3.59")
@pytest.mark.parametrize(("valores", "partes", "refused"), PROPOSTAS)
def test_proposals_of_the_ca_of_four_months(
    valores: tuple[int, ...], partes: tuple[str, ...], refused: list[int]
) -> None:
    energia, proposta = Decimal(50_000), by_month(CA, valores)

    assert faixa.shares(proposta, energia, CA) == by_month(CA, partes)
    assert list(faixa.problems(proposta, energia, CA)) == [mes(numero) for numero in refused]


# §4.3: MWmédio declared, month, MWh declared, and 80 % and 120 % of them.
DISPONIVEIS = [("40", 8, "29760", "23808", "35712"), ("25.5", 2, "17136", "13708.8", "20563.2")]


@pytest.mark.clausula("3.51")
@pytest.mark.parametrize(("mwmed", "numero", "mwh", "minimo", "maximo"), DISPONIVEIS)
def test_a_declared_month_and_its_limits(mwmed: str, numero: int, mwh: str, minimo: str, maximo: str) -> None:
    declared = disponibilidade.declared({mes(numero): Decimal(mwmed)}, HORAS)
    limites = disponibilidade.limits(declared)[mes(numero)]

    assert declared == {mes(numero): Decimal(mwh)}
    assert (limites.piso, limites.teto) == (Decimal(minimo), Decimal(maximo))


DECLARADA = disponibilidade.declared(by_month(ANO, (14, 12, 13, 15, 20, 26, 31, 34, 33, 28, 21, 17)), HORAS)
VENDEDOR = DECLARADA | by_month((mes(8), mes(11), mes(12)), ("27825.6", "13855.2", "11383.2"))


@pytest.mark.clausula("3.51")
@pytest.mark.parametrize(("numero", "parte"), [(8, "110.00"), (11, "91.63"), (12, "90.00"), (1, "100.00")])
def test_what_the_seller_sets_in_percent_of_what_was_declared(numero: int, parte: str) -> None:
    assert faixa.percent_of(VENDEDOR[mes(numero)], Fraction(DECLARADA[mes(numero)])) == Decimal(parte)


@pytest.mark.clausula("3.51")
def test_august_at_its_most_offset_in_january_alone_leaves_january_too_little() -> None:
    most = disponibilidade.limits(DECLARADA)[mes(8)].teto
    january = DECLARADA[mes(1)] - (most - DECLARADA[mes(8)])

    found = disponibilidade.problems(DECLARADA | {mes(8): most, mes(1): january}, DECLARADA)

    assert (total(DECLARADA.values()), most, january) == (Decimal(193_272), Decimal("30355.2"), Decimal("5356.8"))
    assert faixa.percent_of(january, Fraction(DECLARADA[mes(1)])) == Decimal("51.43")
    assert list(found) == [mes(1)]


@pytest.mark.clausula("3.51.2")
def test_the_residual_of_the_first_of_two_contracts_is_in_january() -> None:
    found = disponibilidade.split({1: Decimal(120_000), 2: Decimal(80_000)}, VENDEDOR)
    whole_year = total(VENDEDOR.values())
    residuals = [
        months[mes(1)] - six_places(Fraction(energia) * Fraction(VENDEDOR[mes(1)]) / Fraction(whole_year))
        for energia, months in zip((120_000, 80_000), found.values(), strict=True)
    ]

    assert found[1][mes(1)] == Decimal("6467.155098")
    assert residuals[0] == Decimal("0.000001")
    assert [total(each.values()) for each in found.values()] == [120_000, 80_000]


@pytest.mark.clausula("3.49", "3.50")
def test_half_a_year_by_the_profile_before_it_was_clipped_and_what_a_naive_loop_would_have_made() -> None:
    carga = perfil.from_power(by_month(SEMESTRE, (300, 310, 330, 360, 520, 560)), SEMESTRE)

    found = perfil.explain(Decimal(88_320), SEMESTRE, carga).meses

    assert " ".join(f"{each.sem_corte}" for each in found.values()) == "75.69 78.21 83.26 90.83 131.19 141.29"
    assert list(clip_and_spread(Decimal(88_320), SEMESTRE, carga).values()) == [
        12648,
        12648,
        12240,
        17112,
        16560,
        17112,
    ]


def clip_and_spread(energia: Decimal, horas: Mapping[date, int], carga: Mapping[date, Decimal]) -> dict[date, Fraction]:
    """What the analysis warns of: offenders are set on their limit, the rest is spread, and again."""
    limites, found, loose = faixa.limits(energia, horas), dict[date, Fraction](), set(horas)
    while loose:
        rest, weight = Fraction(energia) - sum(found.values()), sum(carga[mes] for mes in loose)
        parts = {mes: rest * Fraction(carga[mes]) / Fraction(weight) for mes in loose}
        out = {mes: limites[mes].clip(part) for mes, part in parts.items() if limites[mes].clip(part) != part}
        found |= out or parts
        loose -= set(out or parts)
    return dict(sorted(found.items()))


@pytest.mark.clausula("3.49")
def test_the_residual_of_the_profile_of_a_year_is_in_march_the_first_that_is_not_clipped() -> None:
    energia = Decimal(438_000)
    found = perfil.explain(energia, HORAS, CARGA)
    limites = faixa.limits(energia, HORAS)

    rounded = {each: six_places(limites[each].clip(found.fator * Fraction(CARGA[each]))) for each in HORAS}

    off = {each: found.energias[each] - rounded[each] for each in HORAS if found.energias[each] != rounded[each]}
    assert off == {mes(3): Decimal("-0.000001")}


# §4.5: MWmédio, weights of the hours of a day, days; energy, sum before the residual, the residual, the first hour.
HORARIOS = [
    ("10.000001", (1,) * 8 + (2,) * 10 + (3,) * 6, 30, "7200.000720", "7200.000780", "-0.000060", "5.217332"),
    ("1.000000", (1,) * 7 + (2,) * 17, 1, "24", "24.000006", "-0.000006", "0.585360"),
]


@pytest.mark.clausula("3.30", "3.31")
@pytest.mark.parametrize(("mwmed", "pesos", "days", "energia", "rounded", "residuo", "first"), HORARIOS)
def test_the_hours_of_a_cbr_and_their_residual(
    mwmed: str, pesos: tuple[int, ...], days: int, energia: str, rounded: str, residuo: str, first: str
) -> None:
    periodo = Periodo(date(2027, 4, 1), date(2027, 4, days), Decimal(mwmed))

    hours = split(periodo, [Decimal(peso) for peso in pesos] * days)

    others = dict(zip(pesos[1:], hours[1:], strict=False))  # what an hour of that weight has
    before = days * total(others[peso] for peso in pesos)
    assert (periodo.energia, before) == (Decimal(energia), Decimal(rounded))
    assert (hours[0], hours[0] - others[pesos[0]]) == (Decimal(first), Decimal(residuo))
    assert total(hours) == periodo.energia


@pytest.mark.clausula("3.31")
def test_a_thousand_mwh_of_march_that_six_places_cannot_state() -> None:
    marco = whole(mes(3))
    montante = mean(Decimal(1000), marco)

    assert montante == Decimal("1.344086")
    assert Decimal(1000) - Periodo(marco.de, marco.ate, montante).energia == Decimal("0.000016")


@pytest.mark.clausula("3.61", "3.62")
def test_fifteen_thousand_mwh_are_more_than_twenty_megawatts_flat() -> None:
    limites = modulacao.power(Decimal(20))

    assert limites.maxima * 744 == 14_880
    assert modulacao.flat_problem(Decimal(14_880), 744, limites, mes(3)) == ""
    assert round(Decimal(15_000) / 744, 3) == Decimal("20.161")
    assert modulacao.flat_problem(Decimal(15_000), 744, limites, mes(3)).endswith("em 744 horas vai de 0 a 14880 MWh.")
