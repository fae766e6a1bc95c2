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


def test_invited_person_chooses_a_password_and_signs_in(client: Client, eva: Usuario, now: datetime) -> None:
    assert services.deliver_invitations(now=now) == 1

    found = PATH.search(str(mail.outbox[0].body))
    assert found
    form = client.get(found[1], follow=True)
    client.post(form.request["PATH_INFO"], {"password1": "a senha que eva quis", "password2": "a senha que eva quis"})
    sign_in(client, "eva", "a senha que eva quis")

    assert signed_in_as(client) == str(eva.pk)
    assert mail.outbox[0].to == ["eva@exemplo.test"]


def test_mail_has_text_and_html_and_escapes_only_the_html(eva: Usuario, now: datetime) -> None:
    services.deliver_invitations(now=now)

    (message,) = mail.outbox
    assert isinstance(message, mail.EmailMultiAlternatives)
    ((html, _),) = message.alternatives
    assert "Olá, Eva & <b>Cia</b>." in message.body
    assert "Eva &amp; &lt;b&gt;Cia&lt;/b&gt;" in str(html)
    assert message.extra_headers["Message-ID"] == f"<convite-{Convite.objects.get().pk}@portal.invalid>"


def test_it_goes_once(eva: Usuario, now: datetime) -> None:
    services.deliver_invitations(now=now)
    services.deliver_invitations(now=now + timedelta(days=1))

    assert len(mail.outbox) == 1
    assert Convite.objects.get().sent_at == now
    assert Evento.objects.filter(tipo="pessoa.convite_enviado", objeto="eva").count() == 1


def test_failure_is_tried_again_later_and_later(eva: Usuario, now: datetime, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "tests.notificacoes.test_convites.Refusing"
    waits = []
    for _ in range(4):
        services.deliver_invitations(now=now)
        convite = Convite.objects.get()
        assert convite.lease_until
        waits.append(convite.lease_until - now)
        assert services.deliver_invitations(now=convite.lease_until - timedelta(seconds=1)) == 0
        now = convite.lease_until

    assert waits == [timedelta(minutes=minutes) for minutes in (5, 10, 20, 40)]
    assert Convite.objects.get().tentativas == 4
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert services.deliver_invitations(now=now) == 1


def test_waiting_never_exceeds_six_hours(eva: Usuario, now: datetime, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "tests.notificacoes.test_convites.Refusing"
    Convite.objects.update(tentativas=300)

    services.deliver_invitations(now=now)

    assert Convite.objects.get().lease_until == now + timedelta(hours=6)


def test_crash_after_the_claim_loses_nothing(eva: Usuario, now: datetime) -> None:
    agentes.claim_invitation(now=now)  # and the worker dies here

    assert services.deliver_invitations(now=now + timedelta(minutes=4)) == 0
    assert services.deliver_invitations(now=now + timedelta(minutes=5)) == 1


def test_a_slow_worker_does_not_close_what_another_took_over(eva: Usuario, now: datetime) -> None:
    slow = agentes.claim_invitation(now=now)
    assert slow
    agentes.claim_invitation(now=now + timedelta(minutes=6))

    assert agentes.close_invitation(slow, now=now + timedelta(minutes=7)) is False
    assert Convite.objects.get().sent_at is None


def test_disabled_person_gets_no_mail(eva: Usuario, now: datetime) -> None:
    Usuario.objects.filter(pk=eva.pk).update(is_active=False)

    assert services.deliver_invitations(now=now) == 0


@pytest.fixture
def many(transactional_db: None, now: datetime) -> int:
    for number in range(20):
        usuario = Usuario(username=f"p{number}", nome=f"Pessoa {number}", email=f"p{number}@exemplo.test")
        agentes.save_usuario(usuario, by="teste", now=now, invite=True)
    return 20


def test_eight_workers_send_each_once(many: int, now: datetime) -> None:
    def work(_: int) -> int:
        try:
            return services.deliver_invitations(now=now)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        sent = list(pool.map(work, range(8)))

    assert sum(sent) == many
    assert sorted(message.to[0] for message in mail.outbox) == sorted(f"p{n}@exemplo.test" for n in range(many))


def test_public_address_builds_the_link(eva: Usuario, now: datetime, settings: Settings) -> None:
    settings.ENDERECO_PUBLICO = "https://portal.exemplo.org.br"

    services.deliver_invitations(now=now)

    assert "https://portal.exemplo.org.br/conta/senha/nova/" in str(mail.outbox[0].body)


def test_address_cannot_add_headers(eva: Usuario, now: datetime) -> None:
    Usuario.objects.filter(pk=eva.pk).update(email="eva@exemplo.test\nBcc: mal@mal.test")

    services.deliver_invitations(now=now)

    assert mail.outbox == []
    assert Convite.objects.get().sent_at is None
