"""TLS goes to an address and asks for a name: a certificate of another name is refused, and so is one of nobody's."""

import ssl
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from portal import clock
from portal.saida.pedido import Falhou, send
from tests.saida.servidor import serving

NOME = "sistema.exemplo.com.br"


@pytest.fixture
def certified(tmp_path: Path) -> Callable[[str], tuple[ssl.SSLContext, str]]:
    """A server's side, with a certificate of its own making for that name, and where that lies."""

    def make(nome: str) -> tuple[ssl.SSLContext, str]:
        key, subject = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
        now, names = clock.instant(), x509.SubjectAlternativeName([x509.DNSName(nome)])
        builder = x509.CertificateBuilder(subject, subject, key.public_key(), 1, now, now + timedelta(days=1))
        cert = builder.add_extension(names, critical=True).sign(key, hashes.SHA256())
        file = tmp_path / f"{nome}.pem"
        secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        file.write_bytes(cert.public_bytes(Encoding.PEM) + secret)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context, str(file)

    return make


def ask(port: int) -> int:
    def resolve(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    url = f"https://{NOME}:{port}/"
    return send("GET", url, seconds=10, limit=10, hosts_allowed=[NOME], resolve=resolve).status


def test_the_name_is_checked_though_the_connection_goes_to_an_address(
    certified: Callable[[str], tuple[ssl.SSLContext, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    context, file = certified(NOME)
    monkeypatch.setenv("SSL_CERT_FILE", file)

    with serving(tls=context) as servidor:
        assert ask(servidor.port) == 200

    assert f"Host: {NOME}:{servidor.port}".encode() in servidor.requests[0]


def test_a_certificate_of_another_name_is_refused(
    certified: Callable[[str], tuple[ssl.SSLContext, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    context, file = certified("outro.exemplo.com.br")
    monkeypatch.setenv("SSL_CERT_FILE", file)

    with serving(tls=context) as servidor, pytest.raises(Falhou, match="certificado do servidor não foi aceito"):
        ask(servidor.port)

    assert servidor.requests == []


def test_a_certificate_that_nobody_vouches_for_is_refused(
    certified: Callable[[str], tuple[ssl.SSLContext, str]],
) -> None:
    context, _ = certified(NOME)

    with serving(tls=context) as servidor, pytest.raises(Falhou, match="certificado do servidor não foi aceito"):
        ask(servidor.port)

    assert servidor.requests == []


def test_a_server_without_tls_is_no_https_server() -> None:
    with serving() as servidor, pytest.raises(Falhou):
        ask(servidor.port)
