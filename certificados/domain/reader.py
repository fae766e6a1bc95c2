"""What a file is, by its content. The extension is never looked at."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

from cryptography import x509

from certificados.domain import formats
from certificados.domain.formats import Formato, Parsed
from portal.icp.domain import tbs
from portal.icp.domain.armour import Block, der_of, pem_blocks, pkcs7_certificates, unwrap, utf8
from portal.kernel.guard import attempt

MAX_BYTES = 64 * 1024  # a certificate has 1 to 3 KiB

_MOST_BLOCKS = 100  # of a PEM file; more than 64 KiB of real certificates


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
        detalhe = f"arquivo com mais de {MAX_BYTES // 1024} KiB, maior do que um certificado pode ser"
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
    found = _one_after_the_other(data)
    if found:
        rest = data[sum(len(der) for der, _ in found) :]
        secret = formats.secret_in_der(rest)
        leitura = _from_certificates(Formato.DER, found[:1], len(data))
        trailing = len(data) - len(found[0][0])
        return _secret(secret, len(data)) if secret else replace(leitura, count=len(found), trailing=trailing)
    formato = formats.of_der(data)
    if formato == Formato.PKCS7:
        return _from_certificates(Formato.PKCS7, _bundle(data), len(data))
    return Leitura(formato, len(data), detalhe=_detail(formato, data)) if formato else None


def _one_after_the_other(data: bytes) -> list[Parsed]:
    found: list[Parsed] = []
    while data and (parsed := formats.first_certificate(data)):
        found.append(parsed)
        data = data[len(parsed[0]) :]
    return found


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
    blocks = blocks[:_MOST_BLOCKS]
    kinds = [formats.of_block(block) for block in blocks]
    for formato in (Formato.PEM, Formato.PKCS7):
        ders = [block.der for block, kind in zip(blocks, kinds, strict=True) if kind == formato]
        if ders:
            unwrapped = map(formats.first_certificate, ders) if formato == Formato.PEM else chain(*map(_bundle, ders))
            return _from_certificates(formato, list(unwrapped), size)
    formato = kinds[0]
    return Leitura(formato, size, detalhe=_detail(formato, blocks[0].der))


def _detail(formato: Formato, der: bytes) -> str:
    return formats.detail_of_der(der) if formato == Formato.DESCONHECIDO else ""


def _bundle(data: bytes) -> list[Parsed]:
    return [(der_of(cert), cert) for cert in attempt(lambda: pkcs7_certificates(data), [])]


def _from_certificates(formato: Formato, found: Sequence[Parsed | None], size: int) -> Leitura:
    """Choose the one the person means: of a bundle with its chain, the first that is no authority."""
    readable = [each for each in found if each]
    if not readable:
        return Leitura(formato, size, detalhe="certificado corrompido ou malformado")
    chosen = readable[0]
    if len(readable) > 1:
        chosen = next((each for each in readable if not _is_authority(each[0])), chosen)
    return Leitura(formato, size, *chosen, count=len(found))


def _is_authority(der: bytes) -> bool:
    return bool(attempt(lambda: tbs.is_ca(tbs.Tbs.of(tbs.split(der)[0]).extensions()), False))
