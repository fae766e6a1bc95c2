"""ETag: whoever holds a copy of what is read learns that it is still the same, without its body."""

from typing import Any

import pytest
from django.test import Client

from portal.agentes.models import Agente, Usuario
from portal.api import schema
from portal.demo.hierarquia import Hierarquia
from tests import factories
from tests.api.conftest import API, assert_problem

LIST = f"{API}/agentes/"
GETS = {op["get"]["operationId"]: op["get"] for op in schema()["paths"].values() if "get" in op}


def get(client: Client, path: str, *, seen: str) -> Any:
    return client.get(path, headers={"If-None-Match": seen})


@pytest.mark.parametrize(
    "path", ["agentes/", "agentes/{cnpj}/", "agentes/{cnpj}/certificados/", "contratos/", "pedidos/"]
)
def test_what_did_not_change_is_not_sent_again(path: str, ours: Client, agente: Agente) -> None:
    url = f"{API}/{path.format(cnpj=agente.cnpj)}"
    first = ours.get(url)

    again = get(ours, url, seen=first.headers["ETag"])

    assert first.status_code == 200
    assert first.headers["ETag"].startswith('"')  # strong
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"] == "no-store"
    assert again.headers.get("Vary") == first.headers.get("Vary")
    assert "Content-Type" not in again.headers


@pytest.mark.parametrize("form", ["W/{}", '"x", {}', "*", 'W/"x" , W/{}'])
def test_as_rfc_9110_compares(form: str, ours: Client) -> None:
    assert get(ours, LIST, seen=form.format(ours.get(LIST).headers["ETag"])).status_code == 304


@pytest.mark.parametrize("seen", ["", "x", '"x"', 'W/"x"', "\xff", '"', '"*"', "x" * 9000])
def test_any_other_copy_is_not_the_current_one(seen: str, ours: Client) -> None:
    assert get(ours, LIST, seen=seen).status_code == 200


def test_a_change_changes_it(ours: Client, agente: Agente) -> None:
    seen = ours.get(LIST).headers["ETag"]
    Agente.objects.update(sigla="OUTRA")

    changed = get(ours, LIST, seen=seen)

    assert changed.status_code == 200
    assert changed.json()["resultados"][0]["sigla"] == "OUTRA"
    assert changed.headers["ETag"] != seen


def test_a_file_has_one_too(ours: Client, agente: Agente, ana: Usuario, confianca: Hierarquia) -> None:
    factories.adhere(agente, ana, confianca)
    (row,) = ours.get(f"{API}/agentes/{agente.cnpj}/certificados/").json()
    url = f"{API}/agentes/{agente.cnpj}/certificados/{row['id']}/arquivo/"

    first = ours.get(url)

    assert first.content
    assert get(ours, url, seen=first.headers["ETag"]).status_code == 304


def test_head_answers_as_get_without_a_body(ours: Client) -> None:
    read, head = ours.get(LIST), ours.head(LIST)

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == read.headers["ETag"]
    assert ours.head(LIST, headers={"If-None-Match": read.headers["ETag"]}).status_code == 304


def test_two_callers_do_not_hear_of_each_other(ours: Client, theirs: Client) -> None:
    assert get(theirs, LIST, seen=ours.get(LIST).headers["ETag"]).status_code == 200


def test_a_refusal_has_none(ours: Client) -> None:
    missing = get(ours, f"{API}/agentes/98765432000198/", seen="*")

    assert_problem(missing, 404)
    assert "ETag" not in missing.headers
    assert_problem(get(Client(), LIST, seen="*"), 401)


def test_a_precondition_of_writing_is_no_business_of_reading(ours: Client) -> None:
    assert ours.get(LIST, headers={"If-Match": '"x"'}).status_code == 200


@pytest.mark.parametrize("operation", GETS.values(), ids=GETS.keys())
def test_every_reading_documents_it(operation: dict[str, Any]) -> None:
    assert "If-None-Match" in {each["name"] for each in operation["parameters"]}
    assert operation["responses"]["304"]["description"]
    assert "ETag" in operation["responses"]["200"]["headers"]
