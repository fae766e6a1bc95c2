from typing import Any

import pytest
from django.test import Client

from portal import clock
from portal.agentes import services
from portal.agentes.models import Agente, Escopo
from tests import factories

API = "/api/v1"


def issue_key(agente: Agente | None) -> str:
    """An agent's key, or a gateway's where no agent is named."""
    escopo = Escopo.AGENTE if agente else Escopo.GATEWAY
    return services.issue_key("erp", escopo=escopo, agente=agente, by=factories.BY, now=clock.now())


def machine(key: str) -> Client:
    return Client(headers={"Authorization": f"Chave {key}"})


def assert_problem(response: Any, status: int) -> dict[str, Any]:
    """RFC 9457 in words; gives the body."""
    assert response.status_code == status, response.content
    assert response.headers["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert body["status"] == status
    assert str(body["type"]).startswith("urn:portal:problema:")
    assert str(body["type"]).isascii()
    assert body["title"]
    assert body["detail"]
    return body


@pytest.fixture
def ours(agente: Agente) -> Client:
    """A machine with the key of our agente."""
    return machine(issue_key(agente))


@pytest.fixture
def theirs(outro_agente: Agente) -> Client:
    return machine(issue_key(outro_agente))


@pytest.fixture
def gateway(db: None) -> Client:
    return machine(issue_key(None))
