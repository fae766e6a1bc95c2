"""Calls made up from the OpenAPI document, real ones, per role: each answer is one that the document promises."""

import os
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
# The client that it calls with leaves the temporary file of a long body to the garbage collector.
pytestmark = pytest.mark.filterwarnings(
    "ignore:Exception ignored in. <_io.FileIO:pytest.PytestUnraisableExceptionWarning"
)
TOKEN = "t" * 32
# What the rules of the business refuse is well formed all the same.
ALWAYS_OFF: Any = CHECKS.get_by_names(["positive_data_acceptance"])
# It makes up an Authorization header and expects 401; a session beside it is a way in of its own.
OFF_IN_A_SESSION: Any = CHECKS.get_by_names(["positive_data_acceptance", "ignored_auth"])
# Where only a key will do, it leaves the header out and expects 401; a person who is signed in is told 403.
OFF_FOR_A_PERSON: Any = CHECKS.get_by_names(["missing_required_header"])
MADE_VALID: Any = CHECKS.get_by_names(["negative_data_rejection"])
# A few in the suite, the same at each run; `./dev bench esquema` asks for tens of thousands, of every role.
EXAMPLES = int(os.environ.get("ESQUEMA_EXEMPLOS", "0"))
MACHINES = ("chave", "gateway")
PEOPLE = {"representante": "ana", "legal": "bruno"} | (
    {"contabil": "carla", "de_outra_empresa": "davi", "operacao": "operacao"} if EXAMPLES else {}
)


@pytest.fixture
def one_transaction() -> Iterator[None]:
    """A server ends each request by closing connections; the test's has to stay, as in Django's own test client."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture(params=(*PEOPLE, *MACHINES, "anonimo"))
def identity(
    request: pytest.FixtureRequest,
    client_of: Callable[[Usuario], Client],
    ana: Usuario,
    agente: Agente,
    confianca: Hierarquia,
    one_transaction: None,
) -> dict[str, Any]:
    """What that role sends with every call."""
    factories.adhere(agente, ana, confianca)
    if request.param in MACHINES:
        return {"headers": {"Authorization": f"Chave {issue_key(agente if request.param == 'chave' else None)}"}}
    if request.param == "anonimo":
        return {}
    client = client_of(request.getfixturevalue(PEOPLE[request.param]))
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    return {"cookies": {**cookies, "csrf": TOKEN}, "headers": {"X-CSRFToken": TOKEN}}


@pytest.fixture
def calls(record_property: Callable[[str, object], None]) -> Iterator[list[int]]:
    """The answers that came, told to whoever reads the report."""
    found: list[int] = []
    yield found
    record_property("chamadas", len(found))


@schema.parametrize()
@settings(
    max_examples=EXAMPLES or 15,
    derandomize=not EXAMPLES,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_answers_are_as_documented(
    case: schemathesis.Case[Any], identity: dict[str, Any], agente: Agente, calls: list[int]
) -> None:
    off = OFF_IN_A_SESSION if "cookies" in identity else ALWAYS_OFF
    if case.operation.tags == ["gateway"] and "cookies" in identity:
        off = off + OFF_FOR_A_PERSON
    if "cnpj" in case.path_parameters and len(str(case.path_parameters["cnpj"])) % 2 == 0:
        case.path_parameters["cnpj"] = agente.cnpj
        off = off + MADE_VALID  # what was wrong with the case may have been just this
    if case.media_type == "multipart/form-data" and isinstance(case.body, dict) and [] in case.body.values():
        off = off + MADE_VALID  # a form has no way to send an empty list: it arrives without that field

    calls.append(case.call_and_validate(excluded_checks=off, **identity).status_code)
