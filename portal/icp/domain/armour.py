"""Text wrappings of certificates: PEM blocks, base64 alone, PKCS#7."""

import base64
import binascii
import re
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

_BEGIN = re.compile(rb"-----BEGIN ([A-Z0-9 #]{1,60})-----")
_BASE64 = re.compile(rb"[A-Za-z0-9+/]+={0,2}\Z")
_WHITESPACE = b" \t\r\n\f\v"


class Block(NamedTuple):
    """One PEM block; `der` is empty where its base64 is broken."""

    label: str
    der: bytes


def pem_blocks(data: bytes) -> list[Block]:
    """Every PEM block, each on its own: a broken one does not take the others with it."""
    begins = list(_BEGIN.finditer(data))
    ends = [m.start() for m in begins[1:]] + [len(data)] * bool(begins)
    return [
        Block(m[1].decode("ascii"), unwrap(data[m.end() : end].partition(b"-----END")[0]))
        for m, end in zip(begins, ends, strict=True)
    ]


def unwrap(text: bytes) -> bytes:
    """Decode base64 with any line breaks; empty where it is not base64."""
    compact = text.translate(None, _WHITESPACE)
    if not _BASE64.match(compact):
        return b""
    try:
        return base64.b64decode(compact, validate=True)
    except binascii.Error:
        return b""


def utf8(data: bytes) -> bytes:
    """Windows tools save text as UTF-16 or with a byte order mark: undo that."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace").encode("utf-8", errors="replace")
    return data.removeprefix(b"\xef\xbb\xbf")


def pkcs7_certificates(der: bytes) -> list[x509.Certificate]:
    """The certificates of a PKCS#7 bundle; raises ValueError and what else the library raises."""
    return pkcs7.load_der_pkcs7_certificates(der)


def der_of(cert: x509.Certificate) -> bytes:
    return cert.public_bytes(Encoding.DER)
