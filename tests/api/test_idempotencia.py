"""Idempotency-Key: what is sent again does nothing again, and gets the same answer."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from adesao.models import Credencial, Solicitacao
from contratos.models import Fluxo
from portal import clock
from portal.agentes.idempotencia import chave
from portal.agentes.models import Agente, ChaveDeEnvio, ChaveDeMaquina, Usuario
from portal.agentes.services import revoke_key
from portal.api import schema
from portal.auditoria.models import Evento
from portal.demo.hierarquia import Hierarquia
from tests import factories
from tests.api.conftest import API, assert_problem, issue_key, machine
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


def test_every_post_that_changes_something_takes_a_key() -> None:
    posts = [operation["post"] for operation in schema()["paths"].values() if "post" in operation]
    taken = {
        operation["operationId"]
        for operation in posts
        if any(each["name"] == "Idempotency-Key" for each in operation.get("parameters", ()))
    }

    assert taken == {operation["operationId"] for operation in posts} - SIMULATIONS
    assert all({"400", "409", "422"} <= set(each["responses"]) for each in posts if each["operationId"] in taken)
