"""Idempotency-Key: what is sent again does nothing again, and gets the same answer."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from adesao.models import Credencial, Solicitacao
from contratos.models import Fluxo
from portal import clock
from portal.agentes import tasks
from portal.agentes.idempotencia import chave, services
from portal.agentes.models import Agente, ChaveDeEnvio, ChaveDeMaquina, Usuario
from portal.agentes.services import revoke_key
from portal.api import schema
from portal.auditoria.models import Evento
from portal.demo.hierarquia import Hierarquia
from tests import factories
from tests.ao_mesmo_tempo import at_once
from tests.api.conftest import API, assert_problem, issue_key, machine
from tests.api.test_corrida import everybody_waits
from tests.api.test_pedidos import PEDIR, RESCISAO, cena
from tests.api.test_solicitacoes import SENHA, cer
from tests.contratos.cena import Cena

__all__ = ["cena"]  # a fixture
# They change nothing: who sends them again is told the same without any key.
SIMULATIONS = {"verificar_certificado", "simular_montantes", "simular_modulacao", "autorizar"}
NOT_VISIBLE = ["", '""', " ", "com espaço", "a b", "ç", "a\x7f", "x" * 256]


def post(client: Client, body: Any = RESCISAO, key: str = "um", path: str = PEDIR) -> Any:
    return client.post(path, body, content_type="application/json", headers={"Idempotency-Key": key})


def first_adesao(client: Client, agente: Agente, data: bytes, *, senha: str = SENHA, nome: str = "api.cer") -> Any:
    fields = {"senha": senha, "certificados": [cer(data, nome)]}
    return client.post(f"{API}/agentes/{agente.cnpj}/solicitacoes/", fields, headers={"Idempotency-Key": "um"})


@pytest.fixture
def buyer(cena: Cena) -> Client:
    return machine(issue_key(cena.comprador))


@pytest.mark.django_db
def test_the_same_again_gets_the_same_answer_and_nothing_happens(buyer: Client) -> None:
    first, ledger = post(buyer), Evento.objects.count()

    again = post(buyer)

    assert (first.status_code, again.status_code) == (201, 201)
    assert (first.content, first.headers["Content-Type"]) == (again.content, again.headers["Content-Type"])
    assert (first.headers.get("Idempotency-Replayed"), again.headers["Idempotency-Replayed"]) == (None, "true")
    assert (Fluxo.objects.count(), Evento.objects.count()) == (1, ledger)


@pytest.mark.django_db
def test_spaces_order_and_quotes_do_not_make_it_another(buyer: Client) -> None:
    ordered = {"evidencia": dict(reversed(RESCISAO["evidencia"].items()))}

    first, again = post(buyer), post(buyer, json.dumps(ordered, indent=3), key='"um"')

    assert first.content == again.content
    assert Fluxo.objects.count() == 1


@pytest.mark.django_db
def test_another_body_under_the_key_is_refused(buyer: Client) -> None:
    first = post(buyer)

    body = assert_problem(post(buyer, {"evidencia": {"acordo_tipo": "reducao", "mes_inicio": "2030-01"}}), 422)

    assert "outro conteúdo" in body["detail"]
    assert post(buyer).content == first.content


@pytest.mark.django_db
def test_a_refusal_is_kept_too(buyer: Client) -> None:
    missing = {"evidencia": {"acordo_tipo": "rescisao"}}

    first, again = post(buyer, missing), post(buyer, missing)

    assert_problem(again, 422)
    assert first.content == again.content
    assert "Idempotency-Replayed" in again.headers


@pytest.mark.django_db
def test_a_lost_race_is_not_kept_for_trying_again_is_the_remedy(buyer: Client) -> None:
    post(buyer)

    refused, again = post(buyer, key="dois"), post(buyer, key="dois")

    assert_problem(refused, 409)
    assert_problem(again, 409)
    assert "Idempotency-Replayed" not in again.headers
    assert ChaveDeEnvio.objects.count() == 1


@pytest.mark.django_db
def test_what_services_wrote_of_a_refusal_stays(
    agente: Agente, bruno: Usuario, client_of: Callable[[Usuario], Client]
) -> None:
    response = first_adesao(client_of(bruno), agente, b"x")

    assert_problem(response, 403)
    assert Evento.objects.filter(tipo="acesso.recusado", ator="bruno").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("key", NOT_VISIBLE)
def test_a_key_that_cannot_be_one(key: str, buyer: Client) -> None:
    assert "1 a 255" in assert_problem(post(buyer, key=key), 400)["detail"]
    assert not Fluxo.objects.exists()


@pytest.mark.django_db
def test_the_longest_key(buyer: Client) -> None:
    assert post(buyer, key="~" * 255).status_code == post(buyer, key="~" * 255).status_code == 201


@pytest.mark.django_db
@pytest.mark.parametrize("body", ["{", "\xff", "[" * 900, "[" * 200_000])
def test_a_body_that_cannot_be_read_claims_nothing(body: str, buyer: Client) -> None:
    assert_problem(post(buyer, body.encode("latin-1")), 400)

    assert not ChaveDeEnvio.objects.exists()
    assert post(buyer).status_code == 201


@pytest.mark.django_db
def test_a_key_belongs_to_its_caller_and_address(buyer: Client, cena: Cena) -> None:
    post(buyer)

    assert_problem(post(machine(issue_key(cena.comprador))), 409)  # another machine: asked already
    assert_problem(post(machine(issue_key(cena.vendedor))), 403)
    assert_problem(post(buyer, path=PEDIR.replace("CCEAR-1", "NADA-1")), 404)


@pytest.mark.django_db
def test_who_no_longer_comes_in_is_told_nothing(buyer: Client) -> None:
    assert post(buyer).status_code == 201
    revoke_key(ChaveDeMaquina.objects.get(), by=factories.BY, now=clock.now())

    assert_problem(post(buyer), 401)


@pytest.mark.django_db
def test_an_upload_is_the_same_whatever_its_boundary(ours: Client, agente: Agente, confianca: Hierarquia) -> None:
    der = factories.issue(confianca, agente)

    def send(boundary: str, order: int = 1) -> Any:
        parts = [
            f'form-data; name="senha"\r\n\r\n{SENHA}'.encode(),
            b'form-data; name="certificados"; filename="a.cer"\r\n\r\n' + der,
        ][::order]
        mark = f"--{boundary}".encode()
        body = b"".join(mark + b"\r\nContent-Disposition: " + part + b"\r\n" for part in parts) + mark + b"--\r\n"
        return ours.post(
            f"{API}/agentes/{agente.cnpj}/solicitacoes/",
            body,
            content_type=f"multipart/form-data; boundary={boundary}",
            headers={"Idempotency-Key": "um"},
        )

    first, again = send("limite"), send("outro", -1)

    assert (first.status_code, first.content) == (201, again.content)
    assert Solicitacao.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("changes", [{"senha": "40718264"}, {"nome": "b.cer"}, {"data": b"x"}])
def test_another_field_or_file_is_another_body(
    changes: dict[str, Any], ours: Client, agente: Agente, confianca: Hierarquia
) -> None:
    der = factories.issue(confianca, agente)
    assert first_adesao(ours, agente, der).status_code == 201

    body = assert_problem(first_adesao(ours, agente, **{"data": der, **changes}), 422)

    assert "outro conteúdo" in body["detail"]


@pytest.mark.django_db
def test_no_password_is_kept_nor_what_it_could_be_guessed_from_without_the_secret_key(
    ours: Client, agente: Agente, confianca: Hierarquia, settings: Settings
) -> None:
    assert first_adesao(ours, agente, factories.issue(confianca, agente)).status_code == 201
    row = ChaveDeEnvio.objects.get()
    fields = {"senha": [SENHA]}

    guessed = chave.fingerprint(fields, of=row.sha256)
    settings.SECRET_KEY = "outra"

    assert SENHA not in repr([str(value) for value in row.__dict__.values()])
    assert Credencial.objects.get().senha_hash not in row.resposta
    assert chave.fingerprint(fields, of=row.sha256) != guessed


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


def test_every_post_that_changes_something_takes_a_key() -> None:
    posts = [operation["post"] for operation in schema()["paths"].values() if "post" in operation]
    taken = {
        operation["operationId"]
        for operation in posts
        if any(each["name"] == "Idempotency-Key" for each in operation.get("parameters", ()))
    }

    assert taken == {operation["operationId"] for operation in posts} - SIMULATIONS
    assert all({"400", "409", "422"} <= set(each["responses"]) for each in posts if each["operationId"] in taken)
