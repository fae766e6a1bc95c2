"""/caixa-de-saida/: the demonstration reads its own mail there, and nobody else finds it."""

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import Settings

from notificacoes import services
from notificacoes.models import Mensagem
from notificacoes.views import own_links
from portal import clock


@pytest.fixture
def outbox(db: None, settings: Settings) -> Mensagem:
    settings.EMAIL_BACKEND = "notificacoes.mail.OutboxBackend"
    text = "Abra <b>\nhttp://127.0.0.1:8000/conta/senha/nova/1-abc/\nou https://mal.test/conta/"
    EmailMessage("Convite <script>", text, to=["eva@exemplo.test"]).send()
    return Mensagem.objects.get()


def test_messages_are_listed_and_read(client: Client, outbox: Mensagem) -> None:
    listed = client.get("/caixa-de-saida/").content.decode()
    page = client.get(f"/caixa-de-saida/{outbox.pk}/").content.decode()

    assert "Convite &lt;script&gt;" in listed
    assert "eva@exemplo.test" in listed
    assert "Abra &lt;b&gt;<br>" in page
    assert '<a href="/conta/senha/nova/1-abc/">http://127.0.0.1:8000/conta/senha/nova/1-abc/</a>' in page
    assert 'href="https://mal.test' not in page


def test_empty_outbox_says_so(client: Client, db: None, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "notificacoes.mail.OutboxBackend"

    assert "Nenhum e-mail ainda" in client.get("/caixa-de-saida/").content.decode()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AMBIENTE", "producao"),
        ("AMBIENTE", "sandbox"),
        ("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend"),
    ],
)
def test_it_exists_only_in_the_demonstration(
    client: Client, outbox: Mensagem, settings: Settings, name: str, value: str
) -> None:
    setattr(settings, name, value)

    assert client.get("/caixa-de-saida/").status_code == 404
    assert client.get(f"/caixa-de-saida/{outbox.pk}/").status_code == 404


def test_long_subjects_and_many_recipients_fit(db: None) -> None:
    message = EmailMessage("a" * 1000, "texto", to=[f"p{n}@exemplo.test" for n in range(100)])

    kept = services.keep(message, now=clock.now())

    assert (len(kept.assunto), len(kept.para)) == (400, 400)


def test_only_our_own_addresses_become_links() -> None:
    text = "a http://127.0.0.1:8000/x/ b http://127.0.0.1:80000/y c javascript:alert(1)"

    assert [path for _, path in own_links(text) if path] == ["/x/"]
    assert "".join(piece for piece, _ in own_links(text)) == text
