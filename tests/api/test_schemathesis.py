"""Calls made up from the OpenAPI document, real ones, per role: each answer is one that the document promises."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import CHECKS

from portal.agentes.models import Agente, Usuario
from portal.demo.hierarquia import Hierarquia
from tests import factories
from tests.api.conftest import API, issue_key

schema = schemathesis.openapi.from_wsgi(f"{API}/schema/", WSGIHandler())
# A parameter that nobody documented is ignored, as everywhere on the web: no breach that an answer would have to name.
schema.config.generation.update(allow_extra_parameters=False)
TOKEN = "t" * 32
# What the rules of the business refuse is well formed all the same.
ALWAYS_OFF: Any = CHECKS.get_by_names(["positive_data_acceptance"])
# It makes up an Authorization header and expects 401; a session beside it is a way in of its own.
OFF_IN_A_SESSION: Any = CHECKS.get_by_names(["positive_data_acceptance", "ignored_auth"])
# Where only a key will do, it leaves the header out and expects 401; a person who is signed in is told 403.
OFF_FOR_A_PERSON: Any = CHECKS.get_by_names(["missing_required_header"])
MADE_VALID: Any = CHECKS.get_by_names(["negative_data_rejection"])
ROLES = ("representante", "legal", "chave", "anonimo")


@pytest.fixture
def one_transaction() -> Iterator[None]:
    """A server ends each request by closing connections; the test's has to stay, as in Django's own test client."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture(params=ROLES)
def identity(
    request: pytest.FixtureRequest,
    client_of: Callable[[Usuario], Client],
    ana: Usuario,
    bruno: Usuario,
    agente: Agente,
    confianca: Hierarquia,
    one_transaction: None,
) -> dict[str, Any]:
    """What that role sends with every call."""
    factories.adhere(agente, ana, confianca)
    if request.param == "chave":
        return {"headers": {"Authorization": f"Chave {issue_key(agente)}"}}
    if request.param == "anonimo":
        return {}
    client = client_of(ana if request.param == "representante" else bruno)
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    return {"cookies": {**cookies, "csrf": TOKEN}, "headers": {"X-CSRFToken": TOKEN}}


@schema.parametrize()
@settings(
    max_examples=15,
    derandomize=True,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_answers_are_as_documented(case: schemathesis.Case[Any], identity: dict[str, Any], agente: Agente) -> None:
    off = OFF_IN_A_SESSION if "cookies" in identity else ALWAYS_OFF
    if case.operation.tags == ["gateway"] and "cookies" in identity:
        off = off + OFF_FOR_A_PERSON
    elif case.operation.tags == ["gateway"] and identity:  # a machine: the key that opens this address
        identity = {"headers": {"Authorization": f"Chave {issue_key(None)}"}}
    if "cnpj" in case.path_parameters and len(str(case.path_parameters["cnpj"])) % 2 == 0:
        case.path_parameters["cnpj"] = agente.cnpj
        off = off + MADE_VALID  # what was wrong with the case may have been just this

    case.call_and_validate(excluded_checks=off, **identity)
