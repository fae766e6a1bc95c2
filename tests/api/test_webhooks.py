"""Destinations by machine: made once, read, tried, removed; the secret only while it is new."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from portal import clock
from portal.agentes.models import Agente, ChaveDeEnvio, Escopo, Usuario
from portal.agentes.services import issue_key
from portal.auditoria.models import Evento
from portal.webhooks.models import Destino, Entrega
from portal.webhooks.segredos import of_salt
from tests import factories

pytestmark = pytest.mark.django_db
NOVO = {"nome": "ERP", "url": "https://exemplo.com.br/portal?token=abc", "eventos": ["senha.definida"]}
JSON = "application/json"


@pytest.fixture
def machine(agente: Agente) -> Client:
    key = issue_key("erp", escopo=Escopo.AGENTE, agente=agente, by=factories.BY, now=clock.now())
    return Client(headers={"Authorization": f"Chave {key}"})


@pytest.fixture
def base(agente: Agente) -> str:
    return f"/api/v1/agentes/{agente.cnpj}/webhooks/"


def test_made_once_under_a_key_that_keeps_no_secret(machine: Client, base: str) -> None:
    headers = {"Idempotency-Key": "um"}

    first = machine.post(base, NOVO, content_type=JSON, headers=headers)
    again = machine.post(base, NOVO, content_type=JSON, headers=headers)

    destino = Destino.objects.get()
    segredo = of_salt(destino.sal)
    assert (first.status_code, first.content) == (201, again.content)
    assert machine.get(f"{base}{destino.pk}/segredo/").json() == {"segredo": segredo}
    assert segredo
    assert segredo not in str(list(ChaveDeEnvio.objects.values_list()))


def test_an_old_secret_is_not_told(machine: Client, base: str) -> None:
    machine.post(base, NOVO, content_type=JSON)
    Destino.objects.update(sal_at=clock.now() - timedelta(minutes=11))
    where = f"{base}{Destino.objects.get().pk}/segredo/"

    assert machine.get(where).status_code == 404
    assert machine.post(where).status_code == 200
    assert machine.get(where).status_code == 200


def test_whoever_only_looks_sees_no_path(
    machine: Client, base: str, bruno: Usuario, client_of: Callable[[Usuario], Client]
) -> None:
    machine.post(base, NOVO, content_type=JSON)

    (seen,) = client_of(bruno).get(base).json()["resultados"]

    assert seen["url"] == "https://exemplo.com.br"
    assert machine.get(base).json()["resultados"][0]["url"] == NOVO["url"]
    assert client_of(bruno).get(f"{base}{seen['id']}/segredo/").status_code == 403


def test_tried_listed_repeated_and_removed(machine: Client, base: str) -> None:
    made: Any = machine.post(base, NOVO, content_type=JSON).json()
    one = f"{base}{made['id']}/"
    tried = machine.post(f"{one}testar/").json()
    again = f"{one}entregas/{tried['id']}/reenviar/"

    assert machine.get(f"{one}entregas/").json()["resultados"] == [tried]
    assert machine.post(again).status_code == 409  # it waits already
    Entrega.objects.update(estado="morta")
    assert machine.post(again).json()["estado"] == "pendente"
    assert machine.delete(one).status_code == 204
    assert [machine.get(one).status_code, machine.delete(one).status_code] == [404, 404]


def test_switched_off_and_on(machine: Client, base: str) -> None:
    made: Any = machine.post(base, NOVO, content_type=JSON).json()
    one = f"{base}{made['id']}/"
    waiting = machine.post(f"{one}testar/").json()

    off, off_again = machine.post(f"{one}desligar/").json(), machine.post(f"{one}desligar/").json()

    assert (off["situacao"], off["motivo"]) == ("desligado", "Desligado por chave:erp.")
    assert off == off_again == machine.get(one).json()
    assert [waiting["estado"], Entrega.objects.get().estado] == ["pendente", "cancelada"]
    assert machine.post(f"{one}testar/").status_code == 409

    assert machine.post(f"{one}ligar/").json() == made
    entries = Evento.objects.filter(tipo__in=("webhook.desligado", "webhook.ligado")).order_by("numero")
    assert [entry.tipo for entry in entries] == ["webhook.desligado", "webhook.ligado"]
    assert {entry.ator for entry in entries} == {"chave:erp"}


def test_a_repeated_call_does_not_undo_what_came_after_it(machine: Client, base: str) -> None:
    made: Any = machine.post(base, NOVO, content_type=JSON).json()
    one, key = f"{base}{made['id']}/", {"Idempotency-Key": "um"}
    first = machine.post(f"{one}desligar/", headers=key)
    machine.post(f"{one}ligar/")

    again = machine.post(f"{one}desligar/", headers=key)

    assert (again.status_code, again.content) == (200, first.content)
    assert machine.get(one).json()["situacao"] == "ligado"


@pytest.mark.parametrize("act", ["ligar", "desligar"])
def test_whoever_only_looks_switches_nothing(
    act: str, machine: Client, base: str, bruno: Usuario, client_of: Callable[[Usuario], Client]
) -> None:
    machine.post(base, NOVO, content_type=JSON)
    Destino.objects.update(ativo=act == "desligar")
    one = f"{base}{Destino.objects.get().pk}/{act}/"

    assert client_of(bruno).post(one).status_code == 403
    assert Destino.objects.get().ativo == (act == "desligar")


def test_what_is_wrong_is_said_by_field(machine: Client, base: str) -> None:
    bad = NOVO | {"url": "https://10.1.2.3/"}

    answer = machine.post(base, bad, content_type=JSON)

    assert answer.status_code == 422
    assert "rede interna" in answer.json()["erros"]["url"][0]


@pytest.mark.parametrize("pk", [0, 10**30])
def test_numbers_that_are_nobodys(pk: int, machine: Client, base: str) -> None:
    assert machine.get(f"{base}{pk}/").status_code == 404
    assert [machine.post(f"{base}{pk}/{act}/").status_code for act in ("testar", "ligar", "desligar")] == [404] * 3
    machine.post(base, NOVO, content_type=JSON)
    assert machine.post(f"{base}{Destino.objects.get().pk}/entregas/{pk}/reenviar/").status_code == 409
