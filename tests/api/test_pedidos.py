"""Machines ask and register as people do: the same fields, sides, gates and refusals."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from contratos.models import AcordoBilateral, Contrato, Fluxo
from tests.api.conftest import API, assert_problem, issue_key, machine
from tests.contratos import cena as cenas
from tests.contratos.cbrs import CBR, classify
from tests.contratos.cena import Cena

pytestmark = pytest.mark.django_db
PEDIR = f"{API}/contratos/CCEAR-1/pedidos/acordo_bilateral/"
RESCISAO = {"evidencia": {"acordo_tipo": "rescisao", "mes_inicio": "2030-01"}}


@pytest.fixture
def cena(db: None, settings: Settings) -> Cena:
    """Registered, on a day on which agreements are taken."""
    settings.DATA_DE_REFERENCIA = datetime(2026, 11, 24, 15, tzinfo=UTC)
    cena = cenas.create()
    Contrato.objects.update(assinatura="assinado", registro="registrado")
    return cena


def post(client: Client, path: str, body: dict[str, Any]) -> Any:
    return client.post(path, body, content_type="application/json")


def test_what_may_be_asked_for_is_listed_with_its_fields(cena: Cena) -> None:
    listed = {each["codigo"]: each for each in machine(issue_key(cena.comprador)).get(f"{API}/pedidos/").json()}

    acordo = listed["acordo_bilateral"]
    assert (acordo["responsavel"], acordo["novo_contrato"]) == ("comprador", False)
    assert [campo["nome"] for campo in acordo["campos"]] == ["acordo_tipo", "mes_inicio", "montante", "ano"]
    assert acordo["campos"][0]["opcoes"] == ["reducao", "rescisao"]
    assert listed["cbr_registro"]["novo_contrato"] is True


def test_the_buyers_machine_asks_once(cena: Cena) -> None:
    client = machine(issue_key(cena.comprador))
    asked, again = post(client, PEDIR, RESCISAO), post(client, PEDIR, RESCISAO)

    assert asked.status_code == 201
    assert asked.json()["estado"] == "à espera da validação"
    assert asked.json()["ancoras"] == {"M": "2030-01-01"}
    assert_problem(again, 409)
    assert AcordoBilateral.objects.get().situacao == "registrado"


def test_refusals_are_those_of_the_pages(cena: Cena, settings: Settings) -> None:
    buyer, seller = machine(issue_key(cena.comprador)), machine(issue_key(cena.vendedor))
    wrong_side = post(seller, PEDIR, RESCISAO)
    missing = post(buyer, PEDIR, {"evidencia": {"acordo_tipo": "rescisao"}})
    unknown = post(buyer, PEDIR.replace("acordo_bilateral", "nada"), RESCISAO)
    settings.DATA_DE_REFERENCIA = datetime(2026, 11, 23, 15, tzinfo=UTC)
    blocked = post(buyer, PEDIR, RESCISAO)

    assert "cabe ao representante CCEE de comprador" in assert_problem(wrong_side, 403)["detail"]
    assert assert_problem(missing, 422)["erros"] == {"mes_inicio": ["Informe este campo."]}
    assert_problem(unknown, 404)
    said = assert_problem(blocked, 422)
    assert "Volte em 24/11/2026" in said["detail"]
    assert "3.104" in said["clausulas"]
    assert not Fluxo.objects.exists()


def test_a_sellers_machine_registers_a_contract_of_its_own_and_none_of_others(cena: Cena) -> None:
    classify(cena)
    made = post(machine(issue_key(cena.vendedor)), f"{API}/contratos/registrar/cbr_registro/", {"evidencia": CBR})
    other = post(machine(issue_key(cena.comprador)), f"{API}/contratos/registrar/cbr_registro/", {"evidencia": CBR})

    assert made.status_code == 201
    assert made.json()["contrato"] == "CBR-2026.00001"
    assert_problem(other, 403)
    assert Contrato.objects.filter(especie="cbr").count() == 1
