"""Invitations: none lost, none doubled, and each leads to a first password."""

import re
import smtplib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection
from django.test import Client
from pytest_django import Settings

from notificacoes import services
from notificacoes.mail import connect
from notificacoes.models import Envio, Estado
from notificacoes.tasks import sweep
from portal import clock
from portal.agentes import services as agentes
from portal.agentes.models import Convite, Usuario
from portal.auditoria.models import Evento
from tests.agentes.entrada import sign_in, signed_in_as

PATH = re.compile(r"http://[^/]+(/conta/senha/nova/\S+)")


class Refusing(BaseEmailBackend):
    """A mail server that is down."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        raise smtplib.SMTPServerDisconnected("fora do ar")


@pytest.fixture
def eva(db: None, now: datetime) -> Usuario:
    eva = Usuario(username="eva", nome="Eva & <b>Cia</b>", email="Eva@Exemplo.test")
    return agentes.save_usuario(eva, by="teste", now=now, invite=True)


def the_mail() -> EmailMessage:
    (message,) = mail.outbox
    return message


def test_invited_person_chooses_a_password_and_signs_in(client: Client, eva: Usuario) -> None:
    sweep()

    found = PATH.search(str(the_mail().body))
    assert found
    form = client.get(found[1], follow=True)
    client.post(form.request["PATH_INFO"], {"password1": "a senha que eva quis", "password2": "a senha que eva quis"})
    sign_in(client, "eva", "a senha que eva quis")

    assert signed_in_as(client) == str(eva.pk)
    assert the_mail().to == ["eva@exemplo.test"]


def test_mail_has_text_and_html_and_escapes_only_the_html(eva: Usuario) -> None:
    sweep()

    message = the_mail()
    assert isinstance(message, mail.EmailMultiAlternatives)
    ((html, _),) = message.alternatives
    assert "Olá, Eva & <b>Cia</b>." in message.body
    assert "Eva &amp; &lt;b&gt;Cia&lt;/b&gt;" in str(html)
    assert message.extra_headers["Message-ID"] == f"<convite-{Convite.objects.get().pk}@portal.invalid>"


def test_it_goes_once(eva: Usuario) -> None:
    sweep()
    sweep()

    assert the_mail().to == ["eva@exemplo.test"]
    assert Convite.objects.get().sent_at
    assert Evento.objects.filter(tipo="pessoa.convite_enviado", objeto="eva").count() == 1


def test_a_new_one_is_a_new_message(eva: Usuario, now: datetime) -> None:
    sweep()

    agentes.send_invitation(eva, by="teste", now=now)
    sweep()

    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 2


def test_a_server_that_is_down_costs_time_and_no_mail(eva: Usuario, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "tests.notificacoes.test_convites.Refusing"
    sweep()
    envio = Envio.objects.get()
    assert (envio.estado, Convite.objects.get().sent_at) == (Estado.PENDENTE, None)
    assert envio.proxima_at
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    sweep()
    assert mail.outbox == []  # not before its time
    _deliver(later=envio.proxima_at)

    assert the_mail().extra_headers["Message-ID"] == f"<{envio.message_id}>"
    assert Convite.objects.get().sent_at


def _deliver(*, later: datetime) -> None:
    with connect() as correio:
        services.deliver(correio=correio, agora=clock.now, relogio=lambda: later + timedelta(seconds=1))


def test_disabled_person_gets_no_mail(eva: Usuario) -> None:
    Usuario.objects.filter(pk=eva.pk).update(is_active=False)

    sweep()

    assert mail.outbox == []


def test_who_was_disabled_after_the_plan_may_be_invited_again(eva: Usuario, now: datetime) -> None:
    services.plan(now=now)
    Usuario.objects.filter(pk=eva.pk).update(is_active=False)
    sweep()
    sweep()
    assert (mail.outbox, Envio.objects.get().estado) == ([], Estado.CANCELADA)
    Usuario.objects.filter(pk=eva.pk).update(is_active=True)

    agentes.send_invitation(eva, by="teste", now=now)
    sweep()

    assert the_mail().to == ["eva@exemplo.test"]
    assert Evento.objects.filter(tipo="pessoa.convite_nao_entregue", objeto="eva").exists()


@pytest.fixture
def many(transactional_db: None, now: datetime) -> int:
    for number in range(20):
        usuario = Usuario(username=f"p{number}", nome=f"Pessoa {number}", email=f"p{number}@exemplo.test")
        agentes.save_usuario(usuario, by="teste", now=now, invite=True)
    return 20


def test_eight_workers_send_each_once(many: int) -> None:
    def work(_: int) -> None:
        try:
            sweep()
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))

    assert sorted(message.to[0] for message in mail.outbox) == sorted(f"p{n}@exemplo.test" for n in range(many))
    assert not Convite.objects.filter(sent_at=None).exists()


def test_public_address_builds_the_link(eva: Usuario, settings: Settings) -> None:
    settings.ENDERECO_PUBLICO = "https://portal.exemplo.org.br"

    sweep()

    assert "https://portal.exemplo.org.br/conta/senha/nova/" in str(the_mail().body)


def test_an_address_cannot_add_headers_and_a_good_one_may_be_asked_for(eva: Usuario, now: datetime) -> None:
    Usuario.objects.filter(pk=eva.pk).update(email="eva@exemplo.test\nBcc: mal@mal.test")
    sweep()
    sweep()
    assert (mail.outbox, Envio.objects.get().estado) == ([], Estado.MORTA)
    Usuario.objects.filter(pk=eva.pk).update(email="eva@exemplo.test")

    agentes.request_password_reset(eva, now=now)
    sweep()

    assert the_mail().to == ["eva@exemplo.test"]
