"""TOTP as a person uses it, and what staff may not do without it in production."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.webauthn import views as webauthn
from django.db import IntegrityError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve
from pytest_django import Settings

from portal import clock
from portal.agentes.http import whole_act
from portal.agentes.models import Usuario
from tests.agentes.entrada import last, sign_in, signed_in_as
from tests.factories import SENHA


def code_of(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time()))))


def offered_secret(client: Client) -> str:
    assert client.get("/conta/seguranca/aplicativo/").headers["Location"].startswith("/conta/confirmar/")
    client.post("/conta/confirmar/", {"password": SENHA})
    page = client.get("/conta/seguranca/aplicativo/").content.decode()
    found = re.search(r'id="authenticator_secret"[^>]* value="([A-Z2-7]+)"', page)
    assert found
    return found[1]


def activate(client: Client) -> str:
    """The secret of the person's new authenticator app."""
    secret = offered_secret(client)
    assert client.post("/conta/seguranca/aplicativo/", {"code": code_of(secret)}).status_code == 302
    return secret


def test_sign_in_asks_for_the_code(client: Client, ana: Usuario) -> None:
    sign_in(client, "ana")
    secret = activate(client)
    other = Client()

    first = sign_in(other, "ana")
    assert (first.headers["Location"], signed_in_as(other)) == ("/conta/seguranca/codigo/", None)
    wrong = other.post("/conta/seguranca/codigo/", {"code": "000000"})
    assert (wrong.status_code, signed_in_as(other)) == (200, None)
    with time_machine.travel(clock.now() + timedelta(seconds=60)):
        other.post("/conta/seguranca/codigo/", {"code": code_of(secret)})
        assert signed_in_as(other) == str(ana.pk)

    assert last("segundo_fator.incluido").ator == "ana"
    assert (last("sessao.recusada").ator, last("sessao.recusada").dados["motivo"]) == ("ana", "segundo fator")
    assert last("sessao.entrada").dados["meios"] == ["password", "mfa"]


def test_code_serves_once(client: Client, ana: Usuario) -> None:
    sign_in(client, "ana")
    secret = activate(client)
    with time_machine.travel(clock.now() + timedelta(seconds=90), tick=False):
        answers = []
        for browser in (Client(), Client()):
            sign_in(browser, "ana")
            browser.post("/conta/seguranca/codigo/", {"code": code_of(secret)})
            answers.append(signed_in_as(browser))

    assert answers == [str(ana.pk), None]


def test_seed_and_reserve_codes_are_not_readable_in_the_database(client: Client, ana: Usuario) -> None:
    sign_in(client, "ana")
    secret = activate(client)

    stored = str(list(Authenticator.objects.values_list("data", flat=True)))

    codes = RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).generate_codes()
    assert secret not in stored
    assert len(codes) == 10
    assert not any(code in stored for code in codes)


def test_removing_it_is_recorded_too(client: Client, ana: Usuario) -> None:
    sign_in(client, "ana")
    activate(client)

    client.post("/conta/seguranca/aplicativo/desativar/")

    assert not Authenticator.objects.exists()
    assert last("segundo_fator.removido").ator == "ana"


def test_no_ledger_no_second_factor(client: Client, ana: Usuario) -> None:
    sign_in(client, "ana")
    secret = offered_secret(client)
    client.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE auditoria_evento ADD CONSTRAINT falha CHECK (tipo <> 'segundo_fator.incluido') NOT VALID"
        )

    response = client.post("/conta/seguranca/aplicativo/", {"code": code_of(secret)})

    assert response.status_code == 500
    assert not Authenticator.objects.exists()


def test_a_view_that_writes_by_itself_is_undone_with_its_entry(
    transactional_db: None, ana: Usuario, rf: RequestFactory
) -> None:
    """As allauth's page that adds a key does: a plain create, no transaction of its own."""

    def add_key(request: HttpRequest) -> HttpResponse:
        Authenticator.objects.create(user=ana, type="webauthn", data={})
        return HttpResponse()

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE auditoria_evento ADD CONSTRAINT falha CHECK (tipo NOT LIKE 'seg%') NOT VALID")
        try:
            with pytest.raises(IntegrityError):
                whole_act(add_key)(rf.post("/"))
        finally:
            cursor.execute("ALTER TABLE auditoria_evento DROP CONSTRAINT falha")

    assert not Authenticator.objects.exists()
    assert getattr(resolve("/conta/seguranca/chaves/incluir/").func, "__wrapped__", None) is webauthn.add_webauthn


CLOSED = ["/", "/admin/", "/admin/agentes/agente/", "/trilha/", "/adesao/", "/empresas/"]


@pytest.mark.parametrize("path", CLOSED)
def test_staff_in_production_first_set_up_a_second_factor(
    client: Client, operacao: Usuario, settings: Settings, path: str
) -> None:
    settings.EXPOSTO = True
    sign_in(client, "operacao")

    response = client.get(path)

    assert (response.status_code, response.headers["Location"]) == (302, "/conta/seguranca/")
    assert "só trabalham em produção com um segundo fator" in client.get("/conta/seguranca/").content.decode()


def test_staff_api_session_is_closed_until_then(client: Client, operacao: Usuario, settings: Settings) -> None:
    settings.EXPOSTO = True
    sign_in(client, "operacao")

    response = client.get("/api/v1/agentes/")

    assert (response.status_code, response.headers["Content-Type"]) == (403, "application/problem+json")
    assert "segundo fator" in response.json()["detail"]


def test_staff_with_it_work(client: Client, operacao: Usuario, settings: Settings) -> None:
    settings.EXPOSTO = True
    sign_in(client, "operacao")
    activate(client)

    assert client.get("/admin/").status_code == 200
    assert client.get("/api/v1/agentes/").status_code == 200


def test_representatives_are_not_held_up(client: Client, ana: Usuario, settings: Settings) -> None:
    settings.EXPOSTO = True
    sign_in(client, "ana")

    assert client.get("/trilha/").status_code == 200
