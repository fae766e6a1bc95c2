"""Sign-in and sign-out through the page."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, reverse
from pytest_django import Settings

from portal.agentes.models import Usuario
from portal.auditoria.models import Evento
from tests.agentes.entrada import CountingHasher, last, sign_in, signed_in_as, without_tokens


@pytest.mark.parametrize("login", ["ana", "ANA", " ana ", "ana@exemplo.test", "Ana@Exemplo.Test"])
def test_user_name_or_email_opens_the_session(client: Client, ana: Usuario, login: str) -> None:
    response = sign_in(client, login)

    assert (response.status_code, response.headers["Location"]) == (302, "/")
    assert signed_in_as(client) == str(ana.pk)


def test_wrong_unknown_and_disabled_are_told_the_same(client: Client, ana: Usuario, bruno: Usuario) -> None:
    Usuario.objects.filter(pk=bruno.pk).update(is_active=False)

    wrong = sign_in(client, "ana", "outra senha qualquer")
    unknown = sign_in(client, "ninguem", "outra senha qualquer")
    disabled = sign_in(client, "bruno")

    bodies = {
        without_tokens(r.content).replace(name, b"NOME")
        for r, name in [(wrong, b'"ana"'), (unknown, b'"ninguem"'), (disabled, b'"bruno"')]
    }
    assert len(bodies) == 1
    assert {r.status_code for r in (wrong, unknown, disabled)} == {200}
    assert signed_in_as(client) is None


@pytest.mark.parametrize("login", ["ana", "ana@exemplo.test", "ninguem", "ninguem@exemplo.test", "bruno"])
def test_every_refusal_costs_one_password_hash(
    client: Client, ana: Usuario, bruno: Usuario, settings: Settings, login: str
) -> None:
    Usuario.objects.filter(pk=bruno.pk).update(is_active=False)
    settings.PASSWORD_HASHERS = ["tests.agentes.entrada.CountingHasher"]
    before = CountingHasher.uses

    sign_in(client, login, "outra senha qualquer")

    assert CountingHasher.uses - before == 1


def test_session_id_changes_at_sign_in(client: Client, ana: Usuario) -> None:
    client.get("/entrar/")
    session = client.session
    session["antes"] = 1
    session.save()
    before = str(session.session_key)

    sign_in(client, "ana")

    assert client.session.session_key != before
    assert not type(session)(before).exists(before)


@pytest.mark.parametrize(
    "target",
    ["//mal.test/", "https://mal.test/", "http:mal.test", "javascript:alert(1)", "\\\\mal.test", "http://127.0.0.1/x"],
)
def test_next_leads_only_to_this_host(client: Client, ana: Usuario, target: str) -> None:
    response = client.post("/entrar/", {"login": "ana", "password": "uma senha longa de teste", "next": target})

    assert response.headers["Location"] == "/"


def test_next_leads_where_the_person_was_going(client: Client, ana: Usuario) -> None:
    response = client.get("/trilha/")
    assert response.headers["Location"] == "/entrar/?next=/trilha/"

    response = client.post("/entrar/?next=/trilha/", {"login": "ana", "password": "uma senha longa de teste"})

    assert response.headers["Location"] == "/trilha/"


def test_guessing_is_stopped_in_portuguese(client: Client, ana: Usuario) -> None:
    answers = [sign_in(client, "ana", f"chute número {n}") for n in range(9)]

    assert [r.status_code for r in answers] == [200] * 8 + [429]
    assert "Muitas tentativas" in answers[-1].content.decode()
    assert answers[-1].headers["Retry-After"]
    assert sign_in(client, "ana").status_code == 429  # the right password does not tell either


def test_flood_from_one_address_is_stopped(client: Client, db: None) -> None:
    answers = [client.post("/entrar/", {}) for _ in range(61)]

    assert [r.status_code for r in answers] == [200] * 60 + [429]
    assert "Muitas tentativas" in answers[-1].content.decode()


def test_ledger_knows_entry_refusal_and_exit(client: Client, ana: Usuario) -> None:
    sign_in(client, "ana", "senha-errada-digitada", REMOTE_ADDR="192.0.2.7")
    sign_in(client, "minha-senha-no-campo-errado", "x", REMOTE_ADDR="192.0.2.7")
    sign_in(client, "ana@exemplo.test", REMOTE_ADDR="192.0.2.7", headers={"x-forwarded-for": "203.0.113.9"})
    client.post("/sair/", REMOTE_ADDR="192.0.2.8")

    rows = Evento.objects.filter(tipo__startswith="sessao.").order_by("numero")
    assert [(e.tipo, e.ator, e.dados["ip"]) for e in rows] == [
        ("sessao.recusada", "ana", "192.0.2.7"),
        ("sessao.recusada", "desconhecido", "192.0.2.7"),
        ("sessao.entrada", "ana", "192.0.2.7"),
        ("sessao.saida", "ana", "192.0.2.8"),
    ]
    assert "errad" not in str([(e.ator, e.objeto, e.dados) for e in Evento.objects.all()])


def test_behind_the_proxy_the_last_forwarded_address_counts(client: Client, ana: Usuario, settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    sign_in(client, "ana", headers={"x-forwarded-for": "10.9.8.7, 203.0.113.9"})

    assert last("sessao.entrada").dados["ip"] == "203.0.113.9"


def test_no_ledger_no_session(client: Client, ana: Usuario) -> None:
    client.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE auditoria_evento ADD CONSTRAINT falha CHECK (tipo <> 'sessao.entrada') NOT VALID")

    response = sign_in(client, "ana")

    assert response.status_code == 500
    assert "sessao" not in response.cookies
    assert signed_in_as(client) is None


def test_sign_out_needs_a_post_and_leaves_nothing(client: Client, ana: Usuario) -> None:
    sign_in(client, "ana")
    key = client.session.session_key

    page = client.get("/sair/")
    assert (page.status_code, signed_in_as(client)) == (200, str(ana.pk))
    response = client.post("/sair/")

    assert response.headers["Location"] == "/entrar/"
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    client.cookies["sessao"] = str(key)
    assert client.get("/trilha/").status_code == 302


def test_disabling_a_person_ends_their_session_at_once(client: Client, ana: Usuario) -> None:
    sign_in(client, "ana")
    Usuario.objects.filter(pk=ana.pk).update(is_active=False)

    assert client.get("/trilha/").headers["Location"].startswith("/entrar/")


@pytest.mark.parametrize("name", ["account_signup", "account_email", "socialaccount_signup", "mfa_signup_webauthn"])
def test_nobody_signs_up_or_changes_address_alone(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)
