"""How kinds of file begin. Prefixes, because also a truncated or BER-encoded secret must be recognised."""

import re
from enum import StrEnum
from functools import partial

from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_der_public_key

from portal.icp.domain import der as asn1
from portal.icp.domain.armour import Block
from portal.kernel.guard import attempt

Parsed = tuple[bytes, x509.Certificate | None]  # DER of one certificate, and the library's object


class Formato(StrEnum):
    """The values of interfaces.md §3."""

    DER = "der"
    PEM = "pem"
    PKCS7 = "pkcs7"
    PKCS12 = "pkcs12"
    CSR = "csr"
    CHAVE_PRIVADA = "chave-privada"
    HTML = "html"
    VAZIO = "vazio"
    DESCONHECIDO = "desconhecido"


_PEM_KEY = re.compile(rb"BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY")
_JAVA_KEY_STORES = (b"\xfe\xed\xfe\xed", b"\xce\xce\xce\xce")

_PKCS5, _PKCS7, _PKCS12_PBE = (bytes.fromhex(h) for h in ("2a864886f70d0105", "2a864886f70d0107", "2a864886f70d010c01"))
_VERSION_3 = b"\x02\x01\x03\x30"  # PKCS#12
_KEY_STARTS = (
    b"\x02\x01\x00\x02",  # PKCS#1 RSA, DSA
    b"\x02\x01\x01\x02",  # PKCS#1 RSA with more than two primes
    b"\x02\x01\x01\x04",  # EC (RFC 5915)
)
_PKCS8_STARTS = (b"\x02\x01\x00\x30", b"\x02\x01\x01\x30")  # an algorithm follows
_LABELS = {
    "CERTIFICATE": Formato.PEM,
    "X509 CERTIFICATE": Formato.PEM,
    "TRUSTED CERTIFICATE": Formato.PEM,
    "PKCS7": Formato.PKCS7,
    "CMS": Formato.PKCS7,
    "CERTIFICATE REQUEST": Formato.CSR,
    "NEW CERTIFICATE REQUEST": Formato.CSR,
}
_DETAILS = (
    (b"PK\x03\x04", "arquivo compactado (ZIP)"),
    (b"Rar!", "arquivo compactado (RAR)"),
    (b"7z\xbc\xaf", "arquivo compactado (7-Zip)"),
    (b"\x1f\x8b", "arquivo compactado (gzip)"),
    (b"%PDF", "documento PDF"),
    (b"\xd0\xcf\x11\xe0", "documento do Microsoft Office"),
    (b"\x89PNG", "imagem"),
    (b"\xff\xd8\xff", "imagem"),
    (b"GIF8", "imagem"),
    (b"ssh-", "chave pública SSH"),
    (b"<?xml", "documento XML"),
)


def secret_in_text(text: bytes) -> Formato | None:
    """A private key as text; plain searches first, which is all that a real certificate goes through."""
    pem = b"PRIVATE KEY" in text and _PEM_KEY.search(text)
    xml = b"<RSAKeyValue>" in text and b"<D>" in text
    return Formato.CHAVE_PRIVADA if pem or xml or b"PuTTY-User-Key-File-" in text else None


def secret_in_der(data: bytes) -> Formato | None:
    """A private key or a PKCS#12, also truncated."""
    if data.startswith(_JAVA_KEY_STORES):
        return Formato.CHAVE_PRIVADA
    body = _body(data)
    if body.startswith(_VERSION_3):
        return Formato.PKCS12
    pkcs8 = body.startswith(_PKCS8_STARTS) and _oid(_body(body[3:]))
    encrypted = _oid(_body(body)).startswith((_PKCS5, _PKCS12_PBE))
    return Formato.CHAVE_PRIVADA if pkcs8 or encrypted or body.startswith(_KEY_STARTS) else None


def of_der(data: bytes) -> Formato | None:
    """What DER (or BER) bytes are; None where nothing is recognised."""
    if first_certificate(data):
        return Formato.DER
    if _oid(_body(data)).startswith(_PKCS7):
        return Formato.PKCS7
    if attempt(lambda: x509.load_der_x509_csr(data), None):
        return Formato.CSR
    return Formato.DESCONHECIDO if detail_of_der(data) else None


def first_certificate(data: bytes) -> Parsed | None:
    """The certificate that `data` starts with; None where it is none.

    The library's object is missing for a version (2, 4…) that it recognises and refuses.
    """
    bounds = attempt(partial(asn1.bounds, data), None)
    if bounds is None:
        return None
    return attempt(partial(_load, data[: bounds[1]]), None)


def _load(der: bytes) -> Parsed:
    try:
        return der, x509.load_der_x509_certificate(der)
    except x509.InvalidVersion:
        return der, None


def of_block(block: Block) -> Formato:
    """A PEM block: content decides here too, the label only where the content is broken."""
    found = of_der(block.der)
    if found:
        return Formato.PEM if found == Formato.DER else found
    return _LABELS.get(block.label, Formato.DESCONHECIDO)


def detail_of_der(data: bytes) -> str:
    """What DER that holds no readable certificate is, in words; empty where unknown."""
    if attempt(lambda: x509.load_der_x509_crl(data), None) is not None:  # an empty list is false
        return "lista de certificados revogados (CRL)"
    if attempt(lambda: load_der_public_key(data), None):
        return "chave pública sem certificado"
    if _body(data)[:1] == b"\x30" and not _oid(_body(_body(data))):
        return "certificado incompleto, corrompido ou malformado"
    return ""


def detail_of_text(text: bytes) -> str:
    return next((words for start, words in _DETAILS if text.startswith(start)), "")


def is_html(text: bytes) -> bool:
    start = text[:1024].lstrip().lower()
    return start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) or b"<html" in start


def _body(data: bytes) -> bytes:
    """The first bytes inside a SEQUENCE, whatever its declared length; empty where it is none."""
    if len(data) < 2 or data[0] != 0x30:
        return b""
    octets = data[1] & 0x7F if data[1] > 0x80 else 0
    return data[2 + octets : 2 + octets + 64] if octets <= 4 else b""


def _oid(body: bytes) -> bytes:
    return body[2:] if body.startswith(b"\x06") else b""
