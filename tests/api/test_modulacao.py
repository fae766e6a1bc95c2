"""A month by the hour through the API: read, tried without keeping anything, sent and validated by machines."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from contratos.models import Modulacao, PotenciaDoContrato
from tests.api.conftest import API, assert_problem, issue_key, machine
from tests.contratos.cena import Cena
from tests.contratos.modulados import DEPOIS, ENERGIA, answer, hours, inform, on, table
from tests.contratos.modulados import ca as ca

pytestmark = pytest.mark.django_db
ENDERECO = f"{API}/contratos/CA-1/modulacao/2027-03/"
BOA = hours(h30=Decimal(19), h31=Decimal("15.153006"))


@pytest.fixture
def buyer(ca: Cena) -> Client:
    return machine(issue_key(ca.comprador))


@pytest.fixture
def seller(ca: Cena) -> Client:
    return machine(issue_key(ca.vendedor))


def post(client: Client, path: str, body: Any) -> Any:
    return client.post(path, body, content_type="application/json")


def conclude(client: Client, **body: Any) -> Any:
    (aberta,) = client.get(ENDERECO).json()["atividades"]
    return post(client, f"{API}/contratos/CA-1/atividades/{aberta['id']}/concluir/", body)


@pytest.mark.clausula("3.60", "3.61")
def test_before_anybody_acts_the_month_has_its_limits_and_what_comes_if_nobody_does(seller: Client) -> None:
    found = seller.get(ENDERECO).json()

    assert (found["energia_mwh"], found["de"], found["ate"]) == ("12704.918033", "2027-03-01", "2027-03-31")
    assert (found["potencia_minima_mw"], found["potencia_maxima_mw"]) == ("0.000000", "20.000000")
    assert (found["situacao"], found["modulacao"], found["aceita"], found["problemas"]) == ("", None, None, [])
    assert [each["codigo"] for each in found["atividades"]] == ["H1"]
    first, second, last = found["horas"][0], found["horas"][1], found["horas"][-1]
    assert first == {
        "hora": 0, "inicio": "2027-03-01T00:00:00-03:00", "energia_mwh": "17.076304", "na_falta_mwh": "17.076304",
        "permitido_mwh": None, "problema": "",
    }  # fmt: skip
    assert (second["energia_mwh"], last["hora"], last["inicio"]) == ("17.076503", 743, "2027-03-31T23:00:00-03:00")


@pytest.mark.clausula("3.60")
def test_a_trial_names_each_hour_out_of_the_limits_and_the_nearest_allowed_and_keeps_nothing(buyer: Client) -> None:
    found = post(buyer, ENDERECO, {"horas_do_mes": table(hours(h30=Decimal("20.5")))}).json()

    wrong = found["horas"][30]
    assert found["aceita"] is False
    assert (wrong["inicio"], wrong["energia_mwh"]) == ("2027-03-02T06:00:00-03:00", "20.500000")
    assert wrong["permitido_mwh"] == "20.000000"
    assert "20,5 MWh fica fora dos limites" in wrong["problema"]
    assert found["problemas"] == [wrong["problema"]]
    assert not Modulacao.objects.exists()


def test_hours_beyond_those_that_are_named_still_have_their_nearest_allowed(buyer: Client) -> None:
    found = post(buyer, ENDERECO, {"horas_do_mes": table([Decimal(21)] * 744)}).json()

    assert {each["permitido_mwh"] for each in found["horas"]} == {"20.000000"}
    assert sum(bool(each["problema"]) for each in found["horas"]) == 12
    assert "Há mais 732 hora(s)" in found["problemas"][-1]


def test_a_table_that_cannot_be_read_is_told_cell_by_cell_beside_the_hours_as_they_stand(buyer: Client) -> None:
    found = post(buyer, ENDERECO, {"horas_do_mes": "01/03/2027; 0; 1.234,5"}).json()

    assert found["aceita"] is False
    assert "Linha 1, coluna 3: “1.234,5”" in found["problemas"][0]
    assert found["horas"][0]["energia_mwh"] == "17.076304"


@pytest.mark.clausula("3.60")
def test_the_whole_path_goes_through_the_api(buyer: Client, seller: Client) -> None:
    tabela = table(BOA)

    tried = post(buyer, ENDERECO, {"horas_do_mes": tabela}).json()
    sent = conclude(buyer, evidencia={"horas_do_mes": tabela})
    waiting = seller.get(ENDERECO).json()
    own = conclude(buyer, resultado="horas_validadas")
    validated = conclude(seller, resultado="horas_validadas")
    final = buyer.get(ENDERECO).json()

    assert tried["aceita"] is True
    assert (sent.status_code, validated.status_code) == (200, 200)
    assert (waiting["situacao"], [each["codigo"] for each in waiting["atividades"]]) == ("proposta", ["H2"])
    assert_problem(own, 403)
    assert (final["situacao"], final["atividades"], final["impedimentos"]) == ("final", [], [])
    assert final["modulacao"]["calculo"] == "partes 1 (cláusula 3.60)"
    assert final["modulacao"]["entrada"]["potencia_max_mw"] == "20.000000"
    assert final["modulacao"]["sent_by"]
    assert [Decimal(each["energia_mwh"]) for each in final["horas"]] == BOA
    assert {each["na_falta_mwh"] for each in final["horas"]} == {None}
    assert sum(Decimal(each["energia_mwh"]) for each in final["horas"]) == ENERGIA


@pytest.mark.clausula("3.60")
def test_what_was_given_back_stays_beside_what_came_after_it(ca: Cena, buyer: Client) -> None:
    inform(ca, BOA)
    answer(ca, "devolvidas", devolucao="A ponta é às 18h.")
    inform(ca, hours())

    found = buyer.get(ENDERECO).json()

    assert (found["situacao"], [each["situacao"] for each in found["anteriores"]]) == ("proposta", ["devolvida"])


def test_what_keeps_the_hours_from_being_stated_is_told_before_they_are_sent(
    ca: Cena, buyer: Client, settings: Settings
) -> None:
    PotenciaDoContrato.objects.all().delete()
    on(ca, settings, DEPOIS)

    found = buyer.get(ENDERECO).json()

    assert (found["potencia_minima_mw"], found["potencia_maxima_mw"]) == (None, None)
    assert any("terminou em 26/02/2027" in each for each in found["impedimentos"])


@pytest.mark.parametrize("mes", ["2027-13", "2027-3", "março", "2027-03-01"])
def test_a_month_that_is_none_is_not_found(buyer: Client, mes: str) -> None:
    said = assert_problem(buyer.get(ENDERECO.replace("2027-03", mes)), 404)

    assert "AAAA-MM" in said["detail"]


def test_the_contract_is_found_before_what_was_sent_is_read(ca: Cena, buyer: Client, theirs: Client) -> None:
    theirs_, nobodys = (
        assert_problem(post(theirs, address, {}), 404) for address in (ENDERECO, ENDERECO.replace("CA-1", "CA-9"))
    )
    without_hours = assert_problem(post(buyer, ENDERECO.replace("2027-03", "2027-09"), {"horas_do_mes": "x"}), 404)
    empty = assert_problem(post(buyer, ENDERECO, {}), 422)

    assert theirs_ == nobodys
    assert "não tem horas a informar em 09/2027" in without_hours["detail"]
    assert list(empty["erros"]) == ["horas_do_mes"]
