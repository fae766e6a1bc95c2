"""Content decides what a file is; secrets are recognised however they are wrapped."""

import base64
from collections.abc import Callable
from itertools import count

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    pkcs7,
)
from hypothesis import example, given
from hypothesis import strategies as st

from certificados.domain.formats import Formato
from certificados.domain.reader import MAX_BYTES, read
from portal.demo.arquivos_ruins import bad_files
from portal.icp.domain import der as asn1
from tests.certificados_domain.casos import AT, CNPJ, KEY, Caso, codes, found, good, hierarquia

CERT = x509.load_der_x509_certificate(good())
PEM = CERT.public_bytes(Encoding.PEM)
CHAIN = [hierarquia().ac.cert, CERT, hierarquia().raiz.cert]
BAD = bad_files(hierarquia(), CNPJ, AT)
PASSWORD = BestAvailableEncryption(b"x")
PKCS8 = KEY.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
PKCS12 = BAD["formato-der__com-chave-privada.pfx"]
CRL = (
    x509.CertificateRevocationListBuilder()
    .issuer_name(hierarquia().ac.cert.subject)
    .last_update(AT)
    .next_update(AT)
    .sign(hierarquia().ac.key, hashes.SHA256())
)


@pytest.mark.parametrize(
    "data",
    [
        PEM,
        b"\xef\xbb\xbf" + PEM,
        PEM.decode().encode("utf-16"),
        b"Bag Attributes\n  friendlyName: x\n" + PEM,
        PEM.replace(b"\n", b"\r\n"),
        PEM.replace(b"\n", b" "),
        PEM.replace(b"CERTIFICATE", b"X509 CERTIFICATE"),
        PEM.replace(b"CERTIFICATE", b"TRUSTED CERTIFICATE"),
        PEM.partition(b"-----END")[0],
        base64.b64encode(good()),
        base64.encodebytes(good()),
    ],
    ids=map(str, count()),
)
def test_text_is_recognised_and_converted(data: bytes) -> None:
    leitura = read(data)

    assert (leitura.formato, leitura.der, leitura.count) == (Formato.PEM, good(), 1)
    assert codes(Caso(data).judge()) == {"formato-der"}


def test_a_trusted_certificate_is_cut_where_the_certificate_ends() -> None:
    wrapped = b"-----BEGIN TRUSTED CERTIFICATE-----\n" + base64.b64encode(good() + b"\x30\x00") + b"\n"

    assert read(wrapped).der == good()


@pytest.mark.parametrize("wrap", [bytes, base64.b64encode])
def test_of_a_bundle_the_end_certificate_is_taken(wrap: Callable[[bytes], bytes]) -> None:
    data = wrap(pkcs7.serialize_certificates(CHAIN, Encoding.DER))

    leitura = read(data)

    assert (leitura.formato, leitura.der, leitura.count) == (Formato.PKCS7, good(), 3)
    assert codes(Caso(data).judge()) == {"formato-der", "certificado-unico"}


def test_a_pem_bundle_and_a_chain_of_der_are_not_one_certificate() -> None:
    pem = b"".join(cert.public_bytes(Encoding.PEM) for cert in CHAIN)

    assert (read(pem).der, read(pem).count) == (good(), 3)
    assert codes(Caso(good() + hierarquia().ac.der).judge()) == {"certificado-unico"}
    assert read(good() + good()).trailing == len(good())


def test_a_bundle_of_authorities_alone_gives_its_first() -> None:
    assert read(pkcs7.serialize_certificates(CHAIN[::2], Encoding.PEM)).der == hierarquia().ac.der


SECRETS = {
    "pkcs8-der": PKCS8,
    "pkcs8-cut": PKCS8[:40],
    "pkcs1-der": KEY.private_bytes(Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption()),
    "ec-der": ec.generate_private_key(ec.SECP256R1()).private_bytes(
        Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption()
    ),
    "encrypted-der": KEY.private_bytes(Encoding.DER, PrivateFormat.PKCS8, PASSWORD),
    "base64": base64.encodebytes(PKCS8),
    "mislabelled": b"-----BEGIN CERTIFICATE-----\n" + base64.b64encode(PKCS8) + b"\n-----END CERTIFICATE-----",
    "pem": KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
    "pem-encrypted": KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, PASSWORD),
    "openssh": KEY.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption()),
    "pem-utf-16": KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode().encode("utf-16"),
    "pem-after-certificate": PEM + KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
    "pem-after-der": good() + KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
    "der-after-der": good() + PKCS8,
    "putty": b"PuTTY-User-Key-File-3: ssh-rsa\n",
    "xml": b"<RSAKeyValue><Modulus>x</Modulus><D>y</D></RSAKeyValue>",
    "java": b"\xfe\xed\xfe\xed\0\0\0\2",
}


@pytest.mark.parametrize("name", SECRETS)
def test_a_private_key_is_never_kept_and_must_be_considered_exposed(name: str) -> None:
    leitura, relatorio = read(SECRETS[name]), Caso(SECRETS[name]).judge()

    assert (leitura.formato, leitura.storable, leitura.der) == (Formato.CHAVE_PRIVADA, False, None)
    assert "exposta" in relatorio.verdict.resultados[0].como_resolver


@pytest.mark.parametrize(
    "data",
    [PKCS12, PKCS12[:64], base64.b64encode(PKCS12), b"\x30\x80\x02\x01\x03\x30\x80\x06\x09", good() + PKCS12],
    ids=map(str, count()),
)
def test_a_pkcs12_is_never_kept_either(data: bytes) -> None:
    assert (read(data).formato, read(data).storable) == (Formato.PKCS12, False)
    assert "exposta" in Caso(data).judge().verdict.resultados[0].como_resolver


@pytest.mark.parametrize(
    ("data", "formato", "words"),
    [
        (b"", Formato.VAZIO, "vazio"),
        (b"\xef\xbb\xbf \r\n\0", Formato.VAZIO, "vazio"),
        (b"\n<!DOCTYPE html><p>x", Formato.HTML, "página"),
        (b"<?xml version='1.0'?>\n<html xmlns='x'>", Formato.HTML, "página"),
        (BAD["formato-der__pedido.csr"], Formato.CSR, "pedido"),
        (base64.b64encode(BAD["formato-der__pedido.csr"]), Formato.CSR, "pedido"),
        (b"-----BEGIN CERTIFICATE REQUEST-----\nquebrado\n", Formato.CSR, "pedido"),
        (b"-----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----", Formato.PEM, "corrompido"),
        (b"-----BEGIN CERTIFICATE-----\nQUJD=\n-----END CERTIFICATE-----", Formato.PEM, "corrompido"),
        (b"-----BEGIN PKCS7-----\nMAA=\n-----END PKCS7-----", Formato.PKCS7, "corrompido"),
        (b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x80", Formato.PKCS7, "corrompido"),
        (CRL.public_bytes(Encoding.DER), Formato.DESCONHECIDO, "revogados"),
        (CRL.public_bytes(Encoding.PEM), Formato.DESCONHECIDO, "revogados"),
        (
            CERT.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
            Formato.DESCONHECIDO,
            "chave pública sem certificado",
        ),
        (good()[:-1], Formato.DESCONHECIDO, "incompleto"),
        (b"PK\x03\x04....", Formato.DESCONHECIDO, "ZIP"),
        (b"%PDF-1.7", Formato.DESCONHECIDO, "PDF"),
        (b"\x30\x03\x01\x01\xff", Formato.DESCONHECIDO, "não reconhecido"),
        (b"\x30", Formato.DESCONHECIDO, "não reconhecido"),
        (b"\x30\x85\1\1\1\1\1\1", Formato.DESCONHECIDO, "não reconhecido"),
        (b"bom dia", Formato.DESCONHECIDO, "não reconhecido"),
        (b"QUJDRA==", Formato.DESCONHECIDO, "não reconhecido"),
        (b"\0" * (MAX_BYTES + 1), Formato.DESCONHECIDO, "KiB"),
    ],
    ids=map(str, count()),
)
def test_what_holds_no_certificate_is_named_and_leaves_the_rest_unexamined(
    data: bytes, formato: Formato, words: str
) -> None:
    relatorio = Caso(data).judge()

    assert relatorio.formato == formato
    assert words in found(relatorio, "formato-der")
    assert codes(relatorio) == {"formato-der"}
    assert len(codes(relatorio, "nao-avaliada")) == 12
    assert relatorio.to_dict()["certificado"] is None


def test_the_limit_is_64_kib_and_nothing_above_is_parsed() -> None:
    assert read(good() + b"\0" * (MAX_BYTES - len(good()))).der == good()
    assert read(good() + b"\0" * (MAX_BYTES - len(good()) + 1)).der is None


@pytest.mark.parametrize("version", [1, 3])
def test_a_version_that_the_library_refuses_is_still_a_certificate(version: int) -> None:
    changed = good().replace(b"\xa0\x03\x02\x01\x02", b"\xa0\x03\x02\x01" + bytes([version]), 1)

    relatorio = Caso(changed).judge()

    assert relatorio.formato == Formato.DER
    assert found(relatorio, "x509-v3") == f"versão {version + 1}"
    assert not relatorio.aceito


@pytest.mark.parametrize("name", BAD)
def test_the_demonstration_files_break_the_rule_they_are_named_after(name: str) -> None:
    codigo = name.partition("__")[0]

    relatorio = Caso(BAD[name]).judge()

    if codigo in ("subject-unico", "limite-por-cnpj", "chave-reutilizada"):  # the platform knows, not the file
        assert relatorio.aceito
    else:
        assert codigo in codes(relatorio) | codes(relatorio, "aviso")


@given(st.one_of(st.binary(max_size=300), st.binary(max_size=60).map(lambda tail: b"\x30\x30" + tail)))
@example(b"-----BEGIN CERTIFICATE-----")
@example(b"\xff\xfe\x00")
def test_reading_never_raises(data: bytes) -> None:
    assert not Caso(data).judge().aceito


@given(st.binary(min_size=1, max_size=40), st.booleans())
def test_nothing_may_stand_before_or_after_the_certificate(extra: bytes, before: bool) -> None:
    assert not Caso(extra + good() if before else good() + extra).judge().aceito


def test_encode_is_the_inverse_of_elements() -> None:
    assert asn1.encode(*asn1.elements(good())[0]) == good()
