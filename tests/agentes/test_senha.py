"""The person's own password: chosen by a link, changed, lost."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django.test import Client
from pytest_django import Settings

from notificacoes.tasks import sweep
from portal import clock
from portal.agentes.models import Convite, Usuario
from portal.auditoria.models import Evento
from tests.agentes.entrada import last, sign_in, signed_in_as, without_tokens

NOVA = "quatro cavalos atravessam a ponte"


def ask(client: Client, email: str) -> bytes:
    response = client.post("/conta/senha/recuperar/", {"email": email}, follow=True)
    assert response.status_code == 200
    return without_tokens(response.content)


def link_of_mail() -> str:
    found = re.search(r"http://[^/]+(/conta/senha/nova/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def choose(client: Client, link: str, senha: str = NOVA) -> str:
    """The text of the page that answers."""
    form = client.get(link, follow=True)
    if "Este link não vale mais" in form.content.decode():
        return form.content.decode()
    path = form.request["PATH_INFO"]
    return client.post(path, {"password1": senha, "password2": senha}, follow=True).content.decode()


def test_lost_password_is_chosen_again_by_mail(client: Client, ana: Usuario) -> None:
    ask(client, "ana@exemplo.test")
    sweep()

    page = choose(client, link_of_mail())

    assert "Senha guardada" in page
    assert last("senha_pessoal.alterada").ator == "ana"
    assert "Redefina" in mail.outbox[0].subject
    sign_in(client, "ana", NOVA)
    assert signed_in_as(client) == str(ana.pk)


def test_known_and_unknown_addresses_are_answered_alike(client: Client, ana: Usuario) -> None:
    assert ask(client, "ana@exemplo.test") == ask(client, "ninguem@exemplo.test")
    assert Convite.objects.count() == 1
    assert mail.outbox == []


def test_link_serves_once(client: Client, ana: Usuario) -> None:
    ask(client, "ana@exemplo.test")
    sweep()
    link = link_of_mail()

    choose(client, link)

    assert "Este link não vale mais" in choose(Client(), link, "outra senha bem comprida")
    ana.refresh_from_db()
    assert ana.check_password(NOVA)


def test_link_expires(client: Client, ana: Usuario, settings: Settings) -> None:
    ask(client, "ana@exemplo.test")
    sweep()

    with time_machine.travel(clock.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT + 5)):
        assert "Este link não vale mais" in choose(Client(), link_of_mail())


def test_corrected_address_kills_the_link_and_the_old_address(client: Client, ana: Usuario) -> None:
    ask(client, "ana@exemplo.test")
    sweep()
    Usuario.objects.filter(pk=ana.pk).update(email="certa@exemplo.test")

    assert "Este link não vale mais" in choose(Client(), link_of_mail())
    sign_in(client, "ana@exemplo.test")
    assert signed_in_as(client) is None
    assert not EmailAddress.objects.exists()


def test_disabled_person_gets_no_link(client: Client, ana: Usuario) -> None:
    Usuario.objects.filter(pk=ana.pk).update(is_active=False)

    ask(client, "ana@exemplo.test")

    assert not Convite.objects.exists()


@pytest.mark.parametrize("senha", ["curta", "12345678901234567890", "ana@exemplo.test", "password1234"])
def test_weak_passwords_are_refused_in_portuguese(client: Client, ana: Usuario, senha: str) -> None:
    sign_in(client, "ana")

    response = client.post(
        "/conta/senha/", {"oldpassword": "uma senha longa de teste", "password1": senha, "password2": senha}
    )

    assert response.status_code == 200
    assert re.search("muito (curta|comum|parecida)|inteiramente numérica", response.content.decode())


def test_changing_it_ends_every_other_session(client: Client, ana: Usuario) -> None:
    elsewhere = Client()
    sign_in(elsewhere, "ana")
    sign_in(client, "ana")

    client.post("/conta/senha/", {"oldpassword": "uma senha longa de teste", "password1": NOVA, "password2": NOVA})

    assert signed_in_as(client) == str(ana.pk)
    assert elsewhere.get("/trilha/").status_code == 302
    assert last("senha_pessoal.alterada").ator == "ana"


def test_no_ledger_no_change(client: Client, ana: Usuario) -> None:
    sign_in(client, "ana")
    client.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE auditoria_evento ADD CONSTRAINT falha CHECK (tipo <> 'senha_pessoal.alterada') NOT VALID"
        )

    response = client.post(
        "/conta/senha/", {"oldpassword": "uma senha longa de teste", "password1": NOVA, "password2": NOVA}
    )

    ana.refresh_from_db()
    assert response.status_code == 500
    assert not ana.check_password(NOVA)
    assert not Evento.objects.filter(tipo="senha_pessoal.alterada").exists()
