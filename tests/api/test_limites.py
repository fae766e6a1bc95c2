"""How often one may call: counted by key, by person, and by address where nobody came in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings
from rest_framework.settings import api_settings
from rest_framework.throttling import UserRateThrottle

from portal.agentes.models import Agente, Usuario
from tests.api.conftest import API, assert_problem, issue_key, machine

LIST = f"{API}/agentes/"


@pytest.fixture(autouse=True)
def two_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(UserRateThrottle.THROTTLE_RATES, "user", "2/min")


def refused(client: Client, path: str = LIST, **kwargs: Any) -> bool:
    """At the third call."""
    for _ in range(2):
        assert client.get(path, **kwargs).status_code != 429
    response = client.get(path, **kwargs)
    if response.status_code != 429:
        return False
    assert_problem(response, 429)
    assert 0 < int(response.headers["Retry-After"]) <= 60
    return True


def test_one_caller_does_not_use_up_anothers(
    agente: Agente, ours: Client, theirs: Client, ana: Usuario, bruno: Usuario, client_of: Callable[[Usuario], Client]
) -> None:
    second_of_ours = machine(issue_key(agente))

    assert all(refused(one) for one in (ours, theirs, second_of_ours, client_of(ana), client_of(bruno)))


def test_all_of_ones_calls_count_together(ours: Client, agente: Agente) -> None:
    ours.get(LIST)
    ours.post(f"{API}/certificados/verificar/", {})

    assert_problem(ours.post(f"{API}/agentes/{agente.cnpj}/solicitacoes/", {}), 429)


@pytest.mark.parametrize("header", ["", "Chave ccee_inventada"])
def test_a_stranger_is_counted_by_address(header: str, ours: Client) -> None:
    def stranger(address: str) -> Client:
        return Client(headers={"Authorization": header} if header else {}, REMOTE_ADDR=address)

    assert_problem(stranger("192.0.2.1").get(LIST), 401)
    assert_problem(stranger("192.0.2.1").get(LIST), 401)
    assert_problem(stranger("192.0.2.1").get(LIST), 429)
    assert_problem(stranger("192.0.2.2").get(LIST), 401)
    assert ours.get(LIST).status_code == 200


def test_made_up_addresses_are_not_believed(db: None) -> None:
    answers = [Client().get(LIST, headers={"X-Forwarded-For": f"192.0.2.{n}"}).status_code for n in range(3)]

    assert answers == [401, 401, 429]


def test_behind_our_proxy_it_is_the_address_that_the_proxy_saw(
    db: None, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    monkeypatch.setattr(api_settings, "NUM_PROXIES", 1)

    def from_address(address: str, told: str) -> int:
        return Client().get(LIST, headers={"X-Forwarded-For": f"{told}, {address}"}).status_code

    assert [from_address("192.0.2.1", f"198.51.100.{n}") for n in range(3)] == [401, 401, 429]
    assert from_address("192.0.2.2", "198.51.100.0") == 401


def test_a_gateways_key_at_the_wrong_door_is_counted_too(gateway: Client) -> None:
    assert refused(gateway)


def test_a_repetition_counts(ours: Client, agente: Agente) -> None:
    url, same = f"{API}/agentes/{agente.cnpj}/solicitacoes/", {"Idempotency-Key": "um"}

    answers = [ours.post(url, {}, headers=same).status_code for _ in range(3)]

    assert answers == [422, 422, 429]
