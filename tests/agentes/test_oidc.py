"""Sign-in by OpenID Connect against a real issuer on loopback."""

import http.client
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from pytest_django import Settings

from portal.agentes.models import Usuario
from portal.auditoria.models import Evento
from tests.agentes import emissor
from tests.agentes.emissor import Emissor
from tests.agentes.entrada import last, signed_in_as
from tests.factories import SENHA


@pytest.fixture
def issuer(settings: Settings) -> Iterator[Emissor]:
    with emissor.running() as server:
        app = {
            "provider_id": "govbr",
            "name": "gov.br",
            "client_id": emissor.CLIENTE,
            "secret": emissor.SEGREDO,
            "settings": {"server_url": server.url, "oauth_pkce_enabled": True},
        }
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
        yield server


def follow(client: Client, issuer: Emissor, process: str = "login") -> Any:
    """The button, the issuer's page, and back: each step over HTTP as the browser does it."""
    start = client.post(f"/conta/externo/govbr/?process={process}")
    there = urlsplit(start.headers["Location"])
    connection = http.client.HTTPConnection(there.netloc, timeout=5)
    connection.request("GET", f"{there.path}?{there.query}")
    back = urlsplit(connection.getresponse().headers["Location"])
    connection.close()
    return client.get(f"{back.path}?{back.query}")


def claim(issuer: Emissor, email: str, *, verified: object = True, sub: str = "12345678909") -> None:
    issuer.claims = {"sub": sub, "email": email, "email_verified": verified, "name": "Ana de Souza"}


@pytest.mark.parametrize("verified", [True, "true"])
def test_verified_email_of_a_known_person_opens_their_session(
    client: Client, ana: Usuario, issuer: Emissor, verified: object
) -> None:
    claim(issuer, "Ana@exemplo.test", verified=verified)

    response = follow(client, issuer)

    assert (response.status_code, response.headers["Location"]) == (302, "/")
    assert signed_in_as(client) == str(ana.pk)
    assert last("pessoa.identidade_vinculada").ator == "ana"
    assert last("sessao.entrada").dados["meios"] == ["socialaccount"]


def test_linked_identity_keeps_working_after_the_address_changes(client: Client, ana: Usuario, issuer: Emissor) -> None:
    claim(issuer, "ana@exemplo.test")
    follow(client, issuer)
    Client().post("/sair/")
    Usuario.objects.filter(pk=ana.pk).update(email="ana.nova@exemplo.test")
    claim(issuer, "ana@exemplo.test", verified=False)

    other = Client()
    follow(other, issuer)

    assert signed_in_as(other) == str(ana.pk)
    assert SocialAccount.objects.count() == 1


def test_password_survives_and_no_claim_is_kept(client: Client, ana: Usuario, issuer: Emissor) -> None:
    claim(issuer, "ana@exemplo.test")

    follow(client, issuer)

    ana.refresh_from_db()
    assert ana.check_password(SENHA)
    assert SocialAccount.objects.get().extra_data == {}
    assert not EmailAddress.objects.exists()


@pytest.mark.parametrize(
    ("email", "verified"),
    [("ana@exemplo.test", False), ("ana@exemplo.test", "false"), ("ninguem@exemplo.test", True), ("", True)],
)
def test_nobody_is_created_and_nothing_unverified_is_believed(
    client: Client, ana: Usuario, issuer: Emissor, email: str, verified: object
) -> None:
    people = Usuario.objects.count()
    claim(issuer, email, verified=verified)

    response = follow(client, issuer)

    assert response.status_code == 403
    assert "não corresponde a uma pessoa ativa" in response.content.decode()
    assert (signed_in_as(client), Usuario.objects.count(), SocialAccount.objects.count()) == (None, people, 0)
    assert last("sessao.recusada").dados["motivo"] == "identidade externa"


def test_disabled_person_is_refused_even_when_linked(client: Client, ana: Usuario, issuer: Emissor) -> None:
    claim(issuer, "ana@exemplo.test")
    follow(client, issuer)
    Usuario.objects.filter(pk=ana.pk).update(is_active=False)

    other = Client()
    response = follow(other, issuer)

    assert (response.status_code, signed_in_as(other)) == (403, None)


def test_signed_in_person_cannot_attach_a_strange_identity(
    client: Client, ana: Usuario, bruno: Usuario, issuer: Emissor
) -> None:
    client.force_login(bruno, backend="allauth.account.auth_backends.AuthenticationBackend")
    claim(issuer, "ana@exemplo.test")

    response = follow(client, issuer, process="connect")

    assert (response.status_code, SocialAccount.objects.count()) == (403, 0)


def test_forged_state_opens_nothing(client: Client, ana: Usuario, issuer: Emissor) -> None:
    response = client.get("/conta/externo/govbr/retorno/?code=x&state=inventado")

    assert signed_in_as(client) is None
    assert "não foi concluída" in response.content.decode()
    assert not Evento.objects.filter(tipo="sessao.entrada").exists()


def test_sign_in_page_offers_the_issuer_and_may_post_to_it(client: Client, db: None, issuer: Emissor) -> None:
    page = client.get("/entrar/")

    assert "Entrar com gov.br" in page.content.decode()
    assert page.headers["Content-Security-Policy"].endswith(f"form-action 'self' {issuer.url}")
    assert issuer.url not in client.get("/manual/").headers["Content-Security-Policy"]
