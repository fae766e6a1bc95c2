"""TLS and sign-in: what goes wrong there is the server's trouble, and never holds up a second message."""

import ssl
from collections.abc import Iterator, Mapping
from datetime import timedelta
from ipaddress import IPv4Address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pytest_django import Settings

from notificacoes.domain.resultado import Desfecho
from notificacoes.mail import smtp
from portal import clock
from tests.correio import Acao, Fim, Servidor, Sessao, cut, drip, flood, silence
from tests.notificacoes.linha import letter, line_to, sent

DAY = timedelta(days=1)
Roteiro = Mapping[str, Acao | Iterator[Acao]]


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


@pytest.mark.parametrize("step", ["STARTTLS", "AUTH"])
@pytest.mark.parametrize("trouble", [silence, cut, "454 agora não", "535 senha errada"])
def test_tls_and_sign_in_that_fail_condemn_no_message(step: str, trouble: Acao, settings: Settings) -> None:
    settings.EMAIL_USE_TLS = step == "STARTTLS"
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "portal", "segredo"
    resultado, servidor = sent({"EHLO": "250-x\r\n250-STARTTLS\r\n250 AUTH PLAIN", step: trouble}, settings)

    assert resultado.desfecho == Desfecho.ADIADA
    assert resultado.do_servidor
    assert servidor.recebidas == []


def no_handshake(then: Acao) -> Acao:
    """Says that TLS may begin, and does not begin."""

    def action(sessao: Sessao) -> None:
        sessao.act("220 pode começar")
        sessao.act(then)
        raise Fim

    return action


@pytest.mark.parametrize("trouble", [silence, cut, flood, drip("\x16\x03\x03" + "x" * 200), "não é TLS"])
def test_a_handshake_that_never_ends_holds_up_only_the_message_that_met_it(
    trouble: Acao, settings: Settings, tls: tuple[ssl.SSLContext, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", tls[1])
    settings.EMAIL_USE_TLS = True
    no_tls: Iterator[Acao] = iter([no_handshake(trouble)])
    script: Roteiro = {"EHLO": "250-x\r\n250 STARTTLS", "STARTTLS": no_tls}
    with Servidor(script, tls=tls[0]) as servidor, line_to(servidor, settings) as correio:
        fins = [correio.send(letter()) for _ in range(3)]

    assert [fim.desfecho for fim in fins] == [Desfecho.ADIADA, Desfecho.ENTREGUE, Desfecho.ENTREGUE]
    assert [fim.do_servidor for fim in fins] == [True, False, False]
    assert servidor.conexoes == 2


@pytest.mark.parametrize("trouble", [silence, drip("x" * 200), "220 aqui não há TLS"])
def test_a_port_for_tls_that_does_not_speak_it_ends_too(trouble: Acao, settings: Settings) -> None:
    settings.EMAIL_USE_SSL = True

    resultado, servidor = sent({"ABERTURA": trouble}, settings)

    assert (resultado.desfecho, resultado.do_servidor) == (Desfecho.ADIADA, True)
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
