"""What a file is, by its content. The extension is never looked at."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from cryptography import x509

from certificados.domain import formats
from certificados.domain.formats import Formato
from portal.icp.domain import der as asn1
from portal.icp.domain import tbs
from portal.icp.domain.armour import Block, der_of, pem_blocks, pkcs7_certificates, unwrap, utf8
from portal.kernel.guard import attempt

MAX_BYTES = 64 * 1024  # a certificate has 1 to 3 KiB


@dataclass(frozen=True, slots=True)
class Leitura:
    """What was recognised, and the one certificate in it, where there is one.

    `der` and `certificate` come from PEM, base64 and PKCS#7 as well: `der` is then the converted .cer.
    `certificate` alone is None for a version the library refuses. `count`: certificates in the file.
    `trailing`: bytes after the certificate. `storable` False: secret material, never to be stored or logged.
    """

    formato: Formato
    size: int
    der: bytes | None = None
    certificate: x509.Certificate | None = None
    count: int = 0
    trailing: int = 0
    storable: bool = True
    detalhe: str = ""


def read(data: bytes) -> Leitura:
    """Recognise the file; never raises."""
    if len(data) > MAX_BYTES:
        limit = MAX_BYTES // 1024
        detalhe = f"arquivo de {len(data) / 1024:.0f} KiB, maior do que um certificado pode ser ({limit} KiB)"
        return Leitura(Formato.DESCONHECIDO, len(data), detalhe=detalhe, storable=False)
    text = utf8(data)
    secret = formats.secret_in_text(text) or formats.secret_in_der(data)
    if secret:
        return _secret(secret, len(data))
    if not text.strip(b" \t\r\n\f\v\0"):
        return Leitura(Formato.VAZIO, len(data))
    return _from_der(data) or _from_text(text, len(data))


def _secret(formato: Formato, size: int) -> Leitura:
    return Leitura(formato, size, storable=False)


def _from_der(data: bytes) -> Leitura | None:
    ends = _ends(data)
    if ends:
        return _certificate(data, ends)
    formato = formats.of_der(data)
    if formato == Formato.PKCS7:
        return _from_certificates(Formato.PKCS7, _bundle(data), len(data))
    return formato and Leitura(formato, len(data), detalhe=formats.detail_of_der(data))


def _certificate(data: bytes, ends: Sequence[int]) -> Leitura:
    secret = formats.secret_in_der(data[ends[-1] :])
    if secret:
        return _secret(secret, len(data))
    found = _from_certificates(Formato.DER, [data[: ends[0]]], len(data))
    return replace(found, count=len(ends), trailing=len(data) - ends[0])


def _ends(data: bytes) -> list[int]:
    """Where each of the certificates that stand one after the other ends."""
    ends: list[int] = []
    start = 0
    while start < len(data):
        bounds = attempt(partial(asn1.bounds, data, start), None)
        if bounds is None or not formats.is_certificate(data[start : bounds[1]]):
            break
        start = bounds[1]
        ends.append(start)
    return ends


def _from_text(text: bytes, size: int) -> Leitura:
    blocks = pem_blocks(text)
    if blocks:
        return _from_pem(blocks, size)
    if formats.is_html(text):
        return Leitura(Formato.HTML, size)
    inner = unwrap(text)
    if inner:
        secret = formats.secret_in_der(inner)
        return _secret(secret, size) if secret else _from_pem([Block("", inner)], size)
    return Leitura(Formato.DESCONHECIDO, size, detalhe=formats.detail_of_text(text))


def _from_pem(blocks: Sequence[Block], size: int) -> Leitura:
    for secret in (formats.secret_in_der(block.der) for block in blocks):
        if secret:
            return _secret(secret, size)
    kinds = [formats.of_block(block) for block in blocks]
    for formato in (Formato.PEM, Formato.PKCS7):
        ders = [block.der for block, kind in zip(blocks, kinds, strict=True) if kind == formato]
        if ders:
            bundled = ders if formato == Formato.PEM else [der for each in ders for der in _bundle(each)]
            return _from_certificates(formato, bundled, size)
    formato = kinds[0]
    return Leitura(formato, size, detalhe=formats.detail_of_der(blocks[0].der) or blocks[0].label)


def _bundle(data: bytes) -> list[bytes]:
    return [der_of(cert) for cert in attempt(lambda: pkcs7_certificates(data), [])]


def _from_certificates(formato: Formato, ders: Sequence[bytes], size: int) -> Leitura:
    """Choose the one the person means: of a bundle with its chain, the first that is no authority."""
    readable = [der for der in map(_first_element, ders) if formats.is_certificate(der)]
    if not readable:
        return Leitura(formato, size, detalhe="certificado corrompido ou malformado")
    der = next((each for each in readable if not _is_authority(each)), readable[0])
    cert = attempt(lambda: x509.load_der_x509_certificate(der), None)
    return Leitura(formato, size, der, cert, count=len(ders))


def _first_element(data: bytes) -> bytes:
    # OpenSSL's TRUSTED CERTIFICATE carries more after the certificate.
    bounds = attempt(lambda: asn1.bounds(data), None)
    return data[: bounds[1]] if bounds else data


def _is_authority(der: bytes) -> bool:
    return bool(attempt(lambda: tbs.is_ca(tbs.Tbs.of(tbs.split(der)[0]).extensions()), False))
