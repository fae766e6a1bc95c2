"""Handing one message to a server, step by step: what each answer, and each silence, means."""

import hashlib
import ssl
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from ipaddress import IPv4Address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.core import mail as django_mail
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from pytest_django import Settings

from notificacoes import mail
from notificacoes.domain.resultado import Desfecho, Resultado
from notificacoes.mail import smtp
from portal import clock
from tests.correio import Acao, Servidor, accept_then, cut, drip, flood, later, point_to, reset, silence

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _short_waits(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.EMAIL_TIMEOUT = 0.4
    monkeypatch.setattr(smtp, "ORCAMENTO", 1.0)
    monkeypatch.setattr(smtp, "DESPEDIDA", 0.2)


@pytest.fixture(scope="session")
def tls(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, str]:
    """The server's side with a certificate of its own making, and where that lies."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now, ip = clock.now(), x509.IPAddress(IPv4Address("127.0.0.1"))
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + DAY)
    builder = builder.add_extension(x509.SubjectAlternativeName([ip]), critical=False)
    cert = builder.sign(key, hashes.SHA256())
    file = tmp_path_factory.mktemp("tls") / "servidor.pem"
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(cert.public_bytes(Encoding.PEM) + secret)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context, str(file)


def letter(para: str = "ana@exemplo.test", **more: str) -> EmailMessage:
    message = EmailMultiAlternatives(
        "Vence em 7 dias", "Olá.\n.\n..dois pontos", "devolucoes+1.x@portal.invalid", [para]
    )
    message.extra_headers = {"Message-ID": "<aviso-1@portal.invalid>", "From": "Portal <nao@portal.invalid>", **more}
    message.attach_alternative("<p>Olá.</p>", "text/html")
    return message


@contextmanager
def line_to(servidor: Servidor, settings: Settings) -> Iterator[smtp.CorreioSmtp]:
    point_to(settings, servidor)
    correio = smtp.CorreioSmtp(orcamento=smtp.ORCAMENTO)
    try:
        yield correio
    finally:
        correio.close()


def sent(script: Mapping[str, Acao | Iterator[Acao]], settings: Settings) -> tuple[Resultado, Servidor]:
    with Servidor(script) as servidor, line_to(servidor, settings) as correio:
        return correio.send(letter()), servidor


def test_a_message_arrives_as_it_was_written(settings: Settings) -> None:
    resultado, servidor = sent({}, settings)

    (recebida,) = servidor.recebidas
    assert resultado.desfecho == Desfecho.ENTREGUE
    assert resultado.resposta == "250 2.0.0 ok: na fila como 1"
    assert (recebida.de, recebida.para) == ("devolucoes+1.x@portal.invalid", "ana@exemplo.test")
    assert recebida.mensagem["Message-ID"] == "<aviso-1@portal.invalid>"
    assert recebida.mensagem["From"] == "Portal <nao@portal.invalid>"
    assert recebida.mensagem.get_body(("plain",)).get_content().split() == ["Olá.", ".", "..dois", "pontos"]  # type: ignore[union-attr]  # it is there, or the test fails
    assert resultado.sha256 == hashlib.sha256(recebida.dados).hexdigest()


@pytest.mark.parametrize("reply", ["421 volto logo", "450 ocupada", "451 erro local", "452 sem espaço"])
@pytest.mark.parametrize("step", ["RCPT", "DATA", "PONTO"])
def test_a_4xx_is_put_off(step: str, reply: str, settings: Settings) -> None:
    resultado, servidor = sent({step: reply}, settings)

    assert (resultado.desfecho, resultado.resposta) == (Desfecho.ADIADA, reply)
    assert resultado.do_servidor == reply.startswith("421")
    assert servidor.recebidas == []


@pytest.mark.parametrize("reply", ["550 5.1.1 não existe", "553 nome inválido", "554 recusada"])
@pytest.mark.parametrize("step", ["RCPT", "DATA", "PONTO"])
def test_a_5xx_about_the_message_is_final(step: str, reply: str, settings: Settings) -> None:
    resultado, servidor = sent({step: reply}, settings)

    assert (resultado.desfecho, resultado.resposta) == (Desfecho.RECUSADA, reply)
    assert not resultado.do_servidor
    assert servidor.recebidas == []


@pytest.mark.parametrize("reply", ["421 fechado", "530 identifique-se", "554 não falo com você"])
@pytest.mark.parametrize("step", ["ABERTURA", "EHLO", "MAIL"])
def test_trouble_between_us_and_the_server_condemns_no_message(step: str, reply: str, settings: Settings) -> None:
    resultado, _ = sent({step: reply, "HELO": reply}, settings)

    assert resultado.desfecho == Desfecho.ADIADA
    assert resultado.do_servidor


@pytest.mark.parametrize("step", ["ABERTURA", "EHLO", "MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("trouble", [silence, cut, reset, flood, drip("2" * 200)])
def test_silence_before_the_content_leaves_no_doubt(step: str, trouble: Acao, settings: Settings) -> None:
    resultado, servidor = sent({step: trouble}, settings)

    assert resultado.desfecho == Desfecho.ADIADA
    assert resultado.do_servidor
    assert servidor.recebidas == []


@pytest.mark.parametrize("trouble", [silence, cut, reset, flood, drip("2" * 200), "banana", "250" + "x" * 9000])
def test_silence_after_the_content_is_a_doubt(trouble: Acao, settings: Settings) -> None:
    resultado, servidor = sent({"PONTO": accept_then(trouble)}, settings)

    assert resultado.desfecho == Desfecho.EM_DUVIDA
    assert resultado.sha256
    assert len(servidor.recebidas) == 1


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
def test_an_answer_that_is_no_smtp_is_not_believed(step: str, settings: Settings) -> None:
    resultado, servidor = sent({step: "banana"}, settings)

    assert resultado.desfecho == Desfecho.ADIADA
    assert servidor.recebidas == []


def test_nobody_there(settings: Settings) -> None:
    with Servidor() as servidor:
        point_to(settings, servidor)

    assert smtp.CorreioSmtp().send(letter()).desfecho == Desfecho.ADIADA


def test_the_final_answer_may_take_longer_than_the_others(settings: Settings) -> None:
    resultado, _ = sent({"PONTO": accept_then(later("250 aceita, mas devagar", seconds=0.6))}, settings)

    assert resultado.desfecho == Desfecho.ENTREGUE


def test_one_connection_serves_many_and_a_refusal_in_between(settings: Settings) -> None:
    with (
        Servidor({"RCPT nao@exemplo.test": "550 5.1.1 não existe"}) as servidor,
        line_to(servidor, settings) as correio,
    ):
        fins = [correio.send(letter(f"{nome}@exemplo.test")).desfecho for nome in ("ana", "nao", "bia")]

    assert fins == [Desfecho.ENTREGUE, Desfecho.RECUSADA, Desfecho.ENTREGUE]
    assert servidor.conexoes == 1


def test_a_server_that_wants_the_text_of_a_refused_message_gets_none(settings: Settings) -> None:
    script = {"RCPT nao@exemplo.test": "550 5.1.1 não existe", "DATA SEM RCPT": "354 mande assim mesmo"}
    with Servidor(script) as servidor, line_to(servidor, settings) as correio:
        fins = [correio.send(letter(f"{nome}@exemplo.test")).desfecho for nome in ("nao", "ana")]

    assert fins == [Desfecho.RECUSADA, Desfecho.ENTREGUE]
    assert [recebida.para for recebida in servidor.recebidas] == ["ana@exemplo.test"]


def test_a_server_without_pipelining_is_asked_step_by_step(settings: Settings) -> None:
    script = {"EHLO": "250 simples", "RCPT nao@exemplo.test": "550 5.1.1 não existe"}
    with Servidor(script) as servidor, line_to(servidor, settings) as correio:
        fins = [correio.send(letter(f"{nome}@exemplo.test")).desfecho for nome in ("ana", "nao", "bia")]

    assert fins == [Desfecho.ENTREGUE, Desfecho.RECUSADA, Desfecho.ENTREGUE]
    assert (servidor.conexoes, servidor.comandos.count("DATA")) == (1, 2)


@pytest.mark.parametrize("end", [cut, reset, "421 4.4.2 tempo esgotado"])
def test_a_line_gone_dead_between_two_messages_is_opened_again(end: Acao, settings: Settings) -> None:
    script = {"MAIL": iter(["250 ok", end])}
    with Servidor(script) as servidor, line_to(servidor, settings) as correio:
        fins = [correio.send(letter()).desfecho for _ in range(3)]

    assert fins == [Desfecho.ENTREGUE] * 3
    assert servidor.conexoes == 2


def test_an_answer_too_many_is_not_taken_for_the_next(settings: Settings) -> None:
    script = {"PONTO": iter([accept_then("250 aceita\r\n250 esta ninguém pediu")]), "RCPT": iter(["250 ok", "550 não"])}
    with Servidor(script) as servidor, line_to(servidor, settings) as correio:
        fins = [correio.send(letter()).desfecho for _ in range(2)]

    assert fins == [Desfecho.ENTREGUE, Desfecho.RECUSADA]
    assert servidor.conexoes == 2


@pytest.mark.parametrize(
    "message",
    [
        letter("ana@exemplo.test\nBcc: mal@mal.test"),
        letter("não é endereço"),
        letter("joão@exemplo.test"),
        letter(**{"X-Nome": "Ana\r\nBcc: mal@mal.test"}),
        EmailMessage("duas", "x", "a@portal.invalid", ["ana@exemplo.test", "bia@exemplo.test"]),
        EmailMessage("nenhuma", "x", "a@portal.invalid", []),
    ],
)
def test_a_message_that_cannot_be_written_is_lost_alone(message: EmailMessage, settings: Settings) -> None:
    with Servidor() as servidor, line_to(servidor, settings) as correio:
        fins = [correio.send(message).desfecho, correio.send(letter()).desfecho]

    assert fins == [Desfecho.RECUSADA, Desfecho.ENTREGUE]
    assert len(servidor.recebidas) == 1


@pytest.mark.parametrize("step", ["STARTTLS", "AUTH"])
@pytest.mark.parametrize("trouble", [silence, cut, "454 agora não", "535 senha errada"])
def test_tls_and_sign_in_that_fail_condemn_no_message(step: str, trouble: Acao, settings: Settings) -> None:
    settings.EMAIL_USE_TLS = step == "STARTTLS"
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "portal", "segredo"
    resultado, servidor = sent({"EHLO": "250-x\r\n250-STARTTLS\r\n250 AUTH PLAIN", step: trouble}, settings)

    assert resultado.desfecho == Desfecho.ADIADA
    assert resultado.do_servidor
    assert servidor.recebidas == []


def test_a_certificate_nobody_vouches_for_ends_it(settings: Settings, tls: tuple[ssl.SSLContext, str]) -> None:
    settings.EMAIL_USE_TLS = True
    with Servidor({"EHLO": "250-x\r\n250 STARTTLS"}, tls=tls[0]) as servidor, line_to(servidor, settings) as correio:
        resultado = correio.send(letter())

    assert resultado.desfecho == Desfecho.ADIADA
    assert "CERTIFICATE_VERIFY_FAILED" in resultado.resposta
    assert servidor.recebidas == []


def test_tls_and_sign_in(settings: Settings, tls: tuple[ssl.SSLContext, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", tls[1])
    settings.EMAIL_USE_TLS, settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = True, "portal", "segredo"
    script = {"EHLO": "250-x\r\n250-STARTTLS\r\n250 AUTH PLAIN", "AUTH": "235 entrou"}
    with Servidor(script, tls=tls[0]) as servidor, line_to(servidor, settings) as correio:
        fins = [correio.send(letter()).desfecho for _ in range(2)]

    assert fins == [Desfecho.ENTREGUE] * 2
    assert servidor.conexoes == 1


def test_other_backends_count_what_they_take_as_delivered(settings: Settings) -> None:
    with mail.connect() as correio:
        fins = [correio.send(letter()).desfecho, correio.send(letter("x\ny@exemplo.test")).desfecho]

    assert fins == [Desfecho.ENTREGUE, Desfecho.RECUSADA]
    assert len(django_mail.outbox) == 1


def test_a_backend_that_is_down_is_the_servers_trouble(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "tests.notificacoes.test_correio.Down"

    with mail.connect() as correio:
        resultado = correio.send(letter())

    assert (resultado.desfecho, resultado.do_servidor) == (Desfecho.ADIADA, True)


class Down(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        raise ConnectionRefusedError("fora do ar")
