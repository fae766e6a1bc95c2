"""Whose turn it is under a key: in flight, dead, forgotten, two at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from contratos.models import Fluxo
from portal import clock
from portal.agentes import tasks
from portal.agentes.idempotencia import services
from portal.agentes.models import ChaveDeEnvio
from tests.ao_mesmo_tempo import at_once
from tests.api.conftest import assert_problem, issue_key, machine
from tests.api.test_corrida import everybody_waits
from tests.api.test_idempotencia import buyer, post
from tests.api.test_pedidos import cena
from tests.contratos.cena import Cena

__all__ = ["buyer", "cena"]  # fixtures


def alone(call: Callable[[], Any]) -> Any:
    try:
        return call()
    finally:
        connection.close()


def _claim(at: datetime) -> Any:
    return services.claim("a" * 64, "b" * 64, at=at)


@pytest.mark.django_db
def test_while_the_first_is_in_flight_the_second_waits() -> None:
    now = clock.instant()
    first = _claim(now)

    with pytest.raises(services.EmAndamento):
        _claim(now + timedelta(seconds=59))

    assert isinstance(first, services.Turno)


@pytest.mark.django_db
def test_who_died_leaves_the_turn_to_the_next_and_cannot_conclude_any_more() -> None:
    now = clock.instant()
    died = _claim(now)

    follower = _claim(now + timedelta(seconds=60))

    with pytest.raises(services.EmAndamento):
        services.keep(died, services.Resposta(201, "application/json", "{}"))
    services.release(died)
    services.keep(follower, services.Resposta(200, "application/json", "[]"))
    assert _claim(now + timedelta(seconds=61)) == services.Resposta(200, "application/json", "[]")


@pytest.mark.django_db
def test_after_a_day_the_key_is_new_also_where_no_sweep_came_by() -> None:
    now = clock.instant()
    services.keep(_claim(now - timedelta(hours=24)), services.Resposta(201, "application/json", "{}"))

    assert isinstance(services.claim("a" * 64, "c" * 64, at=now), services.Turno)


@pytest.mark.django_db
def test_the_sweep_forgets_what_is_a_day_old() -> None:
    now = clock.instant()
    services.claim("a" * 64, "b" * 64, at=now - timedelta(hours=24))
    services.claim("c" * 64, "b" * 64, at=now - timedelta(hours=23))

    tasks.forget_keys()

    assert ChaveDeEnvio.objects.get().sha256 == "c" * 64


@pytest.mark.django_db
def test_a_failure_of_ours_is_not_kept_and_takes_everything_back(
    buyer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The act is done, and its answer cannot be kept: neither stands."""
    buyer.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr(ChaveDeEnvio._meta.get_field("resposta"), "get_db_prep_save", _fails)
        failed = post(buyer)

    assert_problem(failed, 500)
    assert not Fluxo.objects.exists()
    assert post(buyer).status_code == 201


def _fails(value: str, connection: Any) -> str:
    if value:  # not the claim's
        raise RuntimeError("the disk is full")
    return value


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_acts_and_the_other_hears_of_it(cena: Cena) -> None:
    key = issue_key(cena.comprador)

    with ThreadPoolExecutor(2) as pool:
        with everybody_waits() as line_of:
            first = pool.submit(alone, lambda: post(machine(key)))
            line_of(1)
            lost = pool.submit(alone, lambda: post(machine(key))).result()
        won = first.result()

    assert won.status_code == 201, won.content
    assert "em andamento" in assert_problem(lost, 409)["detail"]
    assert lost.headers["Retry-After"] == "1"
    assert post(machine(key)).content == won.content
    assert Fluxo.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_at_the_same_moment_one_acts(cena: Cena) -> None:
    clients = [machine(issue_key(cena.comprador))] * 6

    outcomes: list[Any] = at_once([lambda client=client: post(client) for client in clients])  # type: ignore[misc]  # the default binds it

    answered = [response.content for response in outcomes if response.status_code == 201]
    assert answered
    assert len(set(answered)) == 1
    assert {response.status_code for response in outcomes} <= {201, 409}
    assert Fluxo.objects.count() == 1
