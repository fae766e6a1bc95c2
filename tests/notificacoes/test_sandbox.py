"""The sandbox holds real people's addresses: none of them may ever reach a mail server, but who is signed in there."""

import ast
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core.mail import EmailMessage, get_connection, send_mail
from django.test import Client
from pytest_django import Settings

from certificados import services as certificados
from certificados.models import Certificado
from notificacoes import mail
from notificacoes.mail import sandbox
from notificacoes.models import Envio, Estado, Mensagem
from notificacoes.services import deliver, plan
from portal import clock
from portal.agentes import services as agentes
from portal.agentes.models import Agente, Usuario
from portal.demo.hierarquia import Hierarquia
from tests import factories
from tests.correio import Servidor

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("portal", "adesao", "certificados", "contratos", "notificacoes")
# Whoever writes or hands on a message, and how it comes to the backend of the settings, which is the sandbox's there.
REMETENTES = {
    "portal/agentes/adapter.py": "allauth's own mails: message.send(), the settings' backend",
    "notificacoes/mensagens/mime.py": "what every Envio is written on; handed over by notificacoes.mail.connect()",
    "notificacoes/mensagens/carta.py": "names its type",
    "notificacoes/mensagens/papel.py": "writes an address as it goes on the wire",
    "notificacoes/mail/__init__.py": "connect(): SMTP of our own only where the settings' backend is Django's SMTP",
    "notificacoes/services/entrega.py": "hands to what connect() gave",
    "notificacoes/services/caixa.py": "keeps",
    "notificacoes/mail/caixa.py": "get_connection() without a name: the settings' backend",
    "notificacoes/mail/sandbox.py": "the one place that decides",
    "notificacoes/mail/smtp.py": "chosen by connect() only where the settings' backend is SMTP",
    "notificacoes/mail/conversa.py": "used by smtp.py alone",
}
CORREIO = ("django.core.mail", "smtplib", "notificacoes.mail.smtp", "notificacoes.mail.conversa")
Of = Callable[[Usuario], Client]


@pytest.fixture
def correio(servidor: Servidor, settings: Settings) -> Servidor:
    """What EMAIL_URL would name; the backend is the sandbox's all the same."""
    settings.AMBIENTE, settings.SANDBOX = "sandbox", True
    settings.EMAIL_BACKEND = "notificacoes.mail.SandboxBackend"
    return servidor


def send(*to: str, subject: str = "Aviso") -> None:
    EmailMessage(subject, "texto", to=list(to), bcc=[]).send()


def kept() -> list[tuple[str, str]]:
    return list(Mensagem.objects.order_by("pk").values_list("para", "assunto"))


def imports(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            yield node.module or ""
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def test_every_sender_is_known() -> None:
    """A new one must say how it comes to the settings' backend."""
    files = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py") if "migrations" not in path.parts]
    found = {
        path.relative_to(ROOT).as_posix()
        for path in files
        if any(name.startswith(CORREIO) for name in imports(path.read_text())) or "send_mail(" in path.read_text()
    }

    assert found == set(REMETENTES)


def test_nobody_names_a_backend_but_the_one_place() -> None:
    files = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    named = {path.relative_to(ROOT).as_posix() for path in files if "backends.smtp" in path.read_text()}

    assert named == {"notificacoes/mail/__init__.py", "notificacoes/mail/sandbox.py", "notificacoes/mail/smtp.py"}


def test_mail_of_any_kind_stays_here(correio: Servidor, db: None) -> None:
    send("ana@exemplo.test")
    send_mail("Direto", "texto", None, ["eva@exemplo.test"])
    get_connection().send_messages([EmailMessage("[SANDBOX] Já marcado", "texto", to=["x@exemplo.test"])])

    assert correio.recebidas == []
    assert kept() == [
        ("ana@exemplo.test", "[SANDBOX] Aviso"),
        ("eva@exemplo.test", "[SANDBOX] Direto"),
        ("x@exemplo.test", "[SANDBOX] Já marcado"),
    ]


def test_notices_count_as_sent_and_stay_here(
    correio: Servidor, agente: Agente, ana: Usuario, confianca: Hierarquia, now: datetime
) -> None:
    factories.adhere(agente, ana, confianca, now=now)
    certificados.remove(Certificado.objects.get(), by="operacao", now=now, motivo="teste")
    agentes.request_password_reset(ana, now=now)
    plan(now=now)

    with mail.connect() as handed:
        deliver(correio=handed, agora=clock.now, relogio=clock.instant, tudo=True)

    assert {envio.estado for envio in Envio.objects.all()} == {Estado.ENVIADA}
    assert len(kept()) == Envio.objects.count() >= 3
    assert all(subject.startswith("[SANDBOX] ") for _, subject in kept())
    assert correio.recebidas == []


def test_who_is_signed_in_gets_it_too_where_the_switch_says_so(
    correio: Servidor, settings: Settings, ana: Usuario, davi: Usuario, client_of: Of
) -> None:
    client = client_of(ana)
    settings.SANDBOX_ENVIA_A_QUEM_ENTROU = True

    send("ANA@exemplo.test", subject="Só ela")
    send("davi@exemplo.test")
    send("ana@exemplo.test", "davi@exemplo.test", subject="Os dois")
    send("ninguem@exemplo.test")
    client.logout()
    send("ana@exemplo.test", subject="Depois de sair")

    assert [(one.para, one.mensagem["Subject"]) for one in correio.recebidas] == [
        ("ANA@exemplo.test", "[SANDBOX] Só ela")
    ]
    assert len(kept()) == 5


def test_without_the_switch_nobody_does(correio: Servidor, ana: Usuario, client_of: Of) -> None:
    client_of(ana)

    send("ana@exemplo.test")

    assert correio.recebidas == []


def test_a_session_that_ended_or_a_person_switched_off_is_not_signed_in(
    correio: Servidor, ana: Usuario, client_of: Of
) -> None:
    client_of(ana)
    assert sandbox.is_signed_in("ana@exemplo.test")

    Usuario.objects.update(is_active=False)
    assert not sandbox.is_signed_in("ana@exemplo.test")
    Usuario.objects.update(is_active=True)
    Session.objects.update(expire_date=clock.instant() - timedelta(seconds=1))
    assert not sandbox.is_signed_in("ana@exemplo.test")


def test_a_blind_copy_is_a_recipient(correio: Servidor, settings: Settings, ana: Usuario, client_of: Of) -> None:
    client_of(ana)
    settings.SANDBOX_ENVIA_A_QUEM_ENTROU = True

    EmailMessage("x", "texto", to=["ana@exemplo.test"], bcc=["davi@exemplo.test"]).send()
    EmailMessage("x", "texto", to=["ana@exemplo.test"], cc=["davi@exemplo.test"]).send()

    assert correio.recebidas == []


@pytest.mark.parametrize(("who", "status"), [("operacao", 200), ("leitura", 404), ("ana", 404), ("", 404)])
def test_operations_read_the_outbox_and_nobody_else(
    correio: Servidor, db: None, client: Client, client_of: Of, request: pytest.FixtureRequest, who: str, status: int
) -> None:
    send("ana@exemplo.test")
    browser = client_of(request.getfixturevalue(who)) if who else client

    assert browser.get("/caixa-de-saida/").status_code == status
    assert browser.get(f"/caixa-de-saida/{Mensagem.objects.get().pk}/").status_code == status
