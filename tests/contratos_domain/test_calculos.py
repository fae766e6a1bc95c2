"""`calcular`: each calculation by its name, on what a JSON file says."""

from decimal import Decimal
from typing import Any

import pytest

from contratos.domain.calculos import CALCULOS, calculate
from contratos.domain.montantes.exato import Recusado

MESES = ("2027-03", "2027-04", "2027-05", "2027-06")
CA = {"energia_mwh": "50000", "inicio": "2027-03", "fim": "2027-06"}
CEDO_E_TARDE = "o cálculo vai de 2019-03, quando acabou o horário de verão, a 2199-12."


def proposta(*valores: object) -> dict[str, Any]:
    return CA | {"proposta": dict(zip(MESES, valores, strict=True)), "minimo": "0.85", "maximo": "1.15"}


def refusal(nome: str, dados: object) -> list[str]:
    with pytest.raises(Recusado) as refused:
        calculate(nome, dados)
    return str(refused.value).splitlines()


@pytest.mark.clausula("3.52", "3.58")
def test_flat_by_the_hours_of_each_month() -> None:
    march, april = "12704.918033", "12295.081967"

    assert calculate("flat", CA) == {"meses": dict(zip(MESES, (march, april, march, april), strict=True))}


def test_a_day_in_the_place_of_a_month_takes_a_part_of_it() -> None:
    found = calculate("flat", {"energia_mwh": 24, "inicio": "2027-03-31", "fim": "2027-04-02"})

    assert found == {"meses": {"2027-03": "8.000000", "2027-04": "16.000000"}}


@pytest.mark.clausula("3.50")
def test_by_profile_clipped() -> None:
    perfil = dict(zip((f"2027-{mes:02}" for mes in range(7, 13)), (300, 310, 330, 360, 520, 560), strict=True))
    dados = {"energia_mwh": "88320", "inicio": "2027-07", "fim": "2027-12", "perfil_mwmed": perfil}
    expected = ["12715.196397", "13139.036277", "13535.531649", "15258.235677", "16560.000000", "17112.000000"]

    assert list(calculate("perfil", dados)["meses"].values()) == expected
    assert calculate("perfil", dados | {"minimo": 85, "maximo": "115"}) == calculate("perfil", dados)


@pytest.mark.clausula("3.59")
def test_a_band_that_is_kept() -> None:
    assert calculate("banda", proposta("14000", "12500", 12000, Decimal("11500.0"))) == {"aceita": True, "erros": []}


@pytest.mark.clausula("3.59")
def test_a_band_that_is_left_names_the_month_its_limits_and_the_nearest_value() -> None:
    found = calculate("banda", proposta("14700", "12500", "12000", "10800"))

    (erro,) = found["erros"]
    assert not found["aceita"]
    assert "115,70% da média" in erro.pop("mensagem")
    limits = {"minimo": "10799.180328", "maximo": "14610.655738", "mais_proximo": "14610.655737"}
    assert erro == {"mes": "2027-03", "valor": "14700", **limits}


def test_a_month_that_lacks_one_too_many_and_a_sum_that_is_not_kept() -> None:
    dados = proposta("14000", "12500", "12000", "11500")
    del dados["proposta"]["2027-06"]
    dados["proposta"]["2027-07"] = "11000"

    erros = {erro["mes"]: erro for erro in calculate("banda", dados)["erros"]}

    assert set(erros) == {"2027-06", "2027-07", None}
    assert (erros["2027-06"]["valor"], erros["2027-06"]["maximo"]) == (None, "14139.344262")
    assert (erros["2027-07"]["valor"], erros["2027-07"]["maximo"]) == ("11000", None)
    assert (erros[None]["valor"], erros[None]["minimo"], erros[None]["maximo"]) == (
        "49500", "50000.000000", "50000.000000",
    )  # fmt: skip


@pytest.mark.clausula("3.61", "3.78")
def test_a_month_by_the_hour() -> None:
    found = calculate("modulacao-flat", {"energia_mwh": "12704.918033", "mes": "2027-03"})

    assert found == {"hora": "17.076503", "primeira_hora": "17.076304"}


@pytest.mark.clausula("3.31")
@pytest.mark.parametrize(
    ("mwmed", "pesos", "first", "others"),
    [
        ("1.000000", [1] * 7 + [2] * 17, "0.585360", {"0.585366", "1.170732"}),
        ("10.000001", ([1] * 8 + [2] * 10 + [3] * 6) * 30, "5.217332", {"5.217392", "10.434784", "15.652175"}),
    ],
)
def test_the_hours_of_a_cbr_close_in_the_first(mwmed: str, pesos: list[int], first: str, others: set[str]) -> None:
    horas = calculate("cbr-horas", {"mwmed": mwmed, "pesos": pesos})["horas"]

    assert (horas[0], set(horas[1:])) == (first, others)
    assert sum(map(Decimal, horas)) == Decimal(mwmed) * len(pesos)


@pytest.mark.clausula("3.31")
def test_a_first_hour_below_zero_is_refused() -> None:
    (told,) = refusal("cbr-horas", {"mwmed": "0.000001", "pesos": [0] + [1] * 15 + [0] * 8})

    assert told.startswith("Cláusula 3.31: com a diferença de arredondamento a primeira hora")


@pytest.mark.clausula("3.38", "3.39")
@pytest.mark.parametrize(
    ("quota", "unit", "area", "share", "moved", "left"),
    [
        ("12000", "18000", "3600000", "1", "60.000000", "11940.000000"),
        ("8765.432", "54321.5", "2345678.9", "0.40", "81.196350", "8684.235650"),
    ],
)
def test_a_quota_follows_the_unit(quota: str, unit: str, area: str, share: str, moved: str, left: str) -> None:
    dados = {"cota_distribuidora": quota, "consumo_uc": unit, "consumo_distribuidora": area, "parcela": share}

    assert calculate("proinfa", dados) == {"cota_uc": moved, "cota_distribuidora": left}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"parcela": "1.1"}, "Cláusula 3.38: a parcela migrada"),
        ({"consumo_uc": "11"}, "Cláusula 3.39.1: o consumo da unidade (11) passa do total da distribuidora (10)"),
        ({"consumo_distribuidora": "0"}, "Cláusula 3.39.1: sem consumo da distribuidora"),
    ],
)
def test_a_quota_that_cannot_be_shared_out(change: dict[str, str], told: str) -> None:
    dados = {"cota_distribuidora": "1", "consumo_uc": "1", "consumo_distribuidora": "10", "parcela": "1"}

    (line,) = refusal("proinfa", dados | change)

    assert line.startswith(told)


@pytest.mark.parametrize("nome", CALCULOS)
def test_every_field_that_lacks_is_named(nome: str) -> None:
    told = refusal(nome, {})

    assert told
    assert all(line.endswith(": falta este campo.") for line in told)


@pytest.mark.parametrize(
    ("nome", "change", "told"),
    [
        ("flat", {"energia_mwh": "-5"}, "energia_mwh: -5 é negativo. Foi informado '-5'."),
        ("flat", {"energia_mwh": "1.1234567"}, "energia_mwh: 1,1234567 tem mais de 6 casas decimais"),
        ("flat", {"energia_mwh": "1,5"}, "energia_mwh: informe um número com ponto decimal"),
        ("flat", {"energia_mwh": True}, "energia_mwh: informe um número com ponto decimal"),
        ("flat", {"inicio": "03/2027"}, "inicio: informe o mês como 2027-03. Foi informado '03/2027'."),
        ("flat", {"inicio": "2019-02"}, f"inicio: {CEDO_E_TARDE}"),
        ("flat", {"fim": "9999-12"}, f"fim: {CEDO_E_TARDE}"),
        ("flat", {"fim": "2027-01"}, "fim: o período não tem meses: confira inicio e fim."),
        ("flat", {"extra": 1}, "extra: campo desconhecido. Os que há: energia_mwh, fim, inicio."),
        ("modulacao-flat", {"mes": "2027-03-01"}, "mes: informe o mês como 2027-03."),
        ("banda", {"minimo": "1.2"}, "minimo: a faixa vai de menos a mais que a média"),
        ("banda", {"maximo": "x"}, "maximo: informe um número com ponto decimal"),
        ("banda", {"proposta": []}, "proposta: informe um objeto de mês e valor"),
        ("banda", {"proposta": {"2027-03": "a"}}, "proposta.2027-03: informe um número com ponto decimal"),
        ("cbr-horas", {"pesos": []}, "pesos: informe a lista dos pesos, um por hora."),
        ("cbr-horas", {"pesos": [1, -1]}, "pesos[1]: um peso não é negativo. Foi informado -1."),
        ("cbr-horas", {"pesos": [0, 0]}, "pesos: ao menos um tem de ser maior que zero."),
    ],
)
def test_a_bad_field_is_named_with_what_was_found(nome: str, change: dict[str, Any], told: str) -> None:
    good: dict[str, dict[str, Any]] = {
        "flat": CA,
        "modulacao-flat": {"energia_mwh": 1, "mes": "2027-03"},
        "banda": proposta(1, 1, 1, 1),
    }
    good["cbr-horas"] = {"mwmed": "1", "pesos": [1, 2]}

    assert any(line.startswith(told) for line in refusal(nome, good[nome] | change))


def test_what_is_no_object_is_refused() -> None:
    assert refusal("flat", [1]) == ['A entrada é um objeto JSON, como {"energia_mwh": "50000", …}.']
