"""The OpenAPI document and its page."""

import re
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # it ships none

from portal.api import schema
from tests.api.conftest import API

OPERATIONS = {
    (path, method): operation for path, methods in schema()["paths"].items() for method, operation in methods.items()
}


NOT_FOR_MACHINES = ("schema/", "docs/", "autorizacao/nginx/")  # the last one speaks to nginx alone, in headers


def test_the_schema_is_valid_and_complete(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("spectacular", "--validate", "--fail-on-warn")

    assert "openapi: 3" in capsys.readouterr().out


def test_every_endpoint_is_in_the_schema() -> None:
    described = {path.removeprefix("/api/v1/") for path in schema()["paths"]}

    assert described == {_as_openapi(route) for route in _routes() if route not in NOT_FOR_MACHINES}


def _routes() -> list[str]:
    (api,) = (p for p in get_resolver("portal.urls").url_patterns if str(p.pattern) == "api/v1/")
    assert isinstance(api, URLResolver)
    return [str(leaf.pattern) for leaf in _leaves(api)]


def _leaves(resolver: URLResolver) -> list[URLPattern]:
    found: list[URLPattern] = []
    for pattern in resolver.url_patterns:
        found += _leaves(pattern) if isinstance(pattern, URLResolver) else [pattern]
    return found


def _as_openapi(route: str) -> str:
    """`<int:pk>` is `{pk}` there."""
    return re.sub(r"<\w+:(\w+)>", r"{\1}", route)


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=lambda operation: operation["operationId"])
def test_every_operation_says_who_may_and_what_can_go_wrong(operation: dict[str, Any]) -> None:
    assert operation["summary"]
    of_gateways, autorizar = operation["tags"] == ["gateway"], operation["operationId"] == "autorizar"
    assert operation["security"] == [{"chave": []}, *([] if of_gateways else [{"cookieAuth": []}])]
    refusals = {status: answer for status, answer in operation["responses"].items() if status >= "400"}
    assert {"401", "403"} | ({"503"} if autorizar else {"406", "429"}) <= set(refusals)
    for answer in refusals.values():
        assert list(answer["content"]) == ["application/problem+json"]
        assert answer["description"]


BY_NAME = {operation["operationId"]: operation for operation in OPERATIONS.values()}
# What their bodies look like no schema tells: fields that depend on what is asked for, files, protocols.
SHOWN = {
    "concluir_solicitacao",
    "pedir",
    "registrar_contrato",
    "concluir_atividade",
    "declarar_historico",
    "responder_historico",
}


@pytest.mark.parametrize("operation", BY_NAME.values(), ids=BY_NAME.keys())
def test_every_refusal_has_an_example_of_its_own(operation: dict[str, Any]) -> None:
    for status, answer in operation["responses"].items():
        if status >= "400":
            (content,) = answer["content"].values()
            values = [example["value"] for example in content["examples"].values()]
            assert {str(value["status"]) for value in values} == {status}
            assert all(value["detail"] and value["type"].startswith("urn:portal:problema:") for value in values)


@pytest.mark.parametrize("name", sorted(SHOWN))
def test_a_body_that_a_schema_does_not_tell_is_shown(name: str) -> None:
    operation = BY_NAME[name]

    sent = [content.get("examples") for content in operation["requestBody"]["content"].values()]
    done = [answer["content"] for status, answer in operation["responses"].items() if status in ("200", "201")]
    assert any(sent)
    assert all(content["examples"] for (content,) in (one.values() for one in done))


@pytest.mark.parametrize("operation", BY_NAME.values(), ids=BY_NAME.keys())
def test_every_example_is_what_it_is_an_example_of(operation: dict[str, Any]) -> None:
    for answer in (operation.get("requestBody", {}), *operation["responses"].values()):
        for content in answer.get("content", {}).values():
            for example in content.get("examples", {}).values():
                valid(content["schema"], example["value"])


def valid(part: dict[str, Any], value: Any) -> None:
    whole = _nullable({**part, "components": schema()["components"]})
    Draft202012Validator(whole).validate(value)


def _nullable(part: Any) -> Any:
    """OpenAPI 3.0's own word for it, as JSON Schema has it."""
    if isinstance(part, list):
        return [_nullable(each) for each in part]
    if not isinstance(part, dict):
        return part
    plain = {name: _nullable(each) for name, each in part.items() if name != "nullable"}
    return {"anyOf": [plain, {"type": "null"}]} if part.get("nullable") is True else plain


def test_the_schema_is_public_and_the_same_for_everybody(ours: Client) -> None:
    assert Client().get(f"{API}/schema/").json() == ours.get(f"{API}/schema/").json() == schema()


@pytest.mark.parametrize(
    "accept", ["application/json", "application/vnd.oai.openapi+json", "application/vnd.oai.openapi"]
)
def test_the_schema_comes_as_json_or_yaml(accept: str, db: None) -> None:
    response = Client().get(f"{API}/schema/", headers={"Accept": accept})

    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith(accept)


@pytest.mark.parametrize("lang", ["en", "../../x", "\x00", "xx" * 1000])
def test_nothing_in_the_address_changes_it(lang: str, db: None) -> None:
    assert Client().get(f"{API}/schema/", {"lang": lang, "version": lang}).json() == schema()
    assert Client().get(f"{API}/docs/", {"lang": lang}).status_code == 200


def test_the_page_loads_nothing_from_elsewhere(db: None) -> None:
    page = Client().get(f"{API}/docs/")
    script = Client().get(f"{API}/docs/?script")

    assert page.status_code == script.status_code == 200
    assert b"://" not in page.content.replace(b"http://testserver", b"")
    assert b"<style" not in page.content
    assert script.headers["Content-Type"] == "application/javascript"
    assert b'"/api/v1/schema/"' in script.content.replace(b"\\u002D", b"-")
