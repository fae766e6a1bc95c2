"""All that a rule, a row or a page may know of a certificate. Read once, each fact guarded on its own."""

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any

from cryptography import x509

from certificados.domain.reader import Leitura
from certificados.domain.subject import subject_hashes
from portal.icp.domain import der as asn1
from portal.icp.domain import tbs
from portal.icp.domain.identity import cnpj_in
from portal.icp.domain.names import parse_name, short_name, show_name
from portal.icp.domain.tbs import Extensions, Tbs
from portal.kernel.guard import attempt

RSA = "1.2.840.113549.1.1.1"
_KEYS = {
    RSA: "RSA",
    "1.2.840.113549.1.1.10": "RSASSA-PSS",
    "1.2.840.10045.2.1": "curva elíptica",
    "1.2.840.10040.4.1": "DSA",
    "1.3.101.112": "Ed25519",
    "1.3.101.113": "Ed448",
}
_SIGNATURES = {
    "1.2.840.113549.1.1.2": "MD2 com RSA",
    "1.2.840.113549.1.1.4": "MD5 com RSA",
    "1.2.840.113549.1.1.5": "SHA-1 com RSA",
    "1.2.840.113549.1.1.10": "RSASSA-PSS",
    "1.2.840.113549.1.1.11": "SHA-256 com RSA",
    "1.2.840.113549.1.1.12": "SHA-384 com RSA",
    "1.2.840.113549.1.1.13": "SHA-512 com RSA",
    "1.2.840.113549.1.1.14": "SHA-224 com RSA",
    "1.2.840.10045.4.1": "SHA-1 com ECDSA",
    "1.2.840.10045.4.3.2": "SHA-256 com ECDSA",
    "1.2.840.10045.4.3.3": "SHA-384 com ECDSA",
    "1.2.840.10045.4.3.4": "SHA-512 com ECDSA",
    "1.3.101.112": "Ed25519",
    "1.3.101.113": "Ed448",
}
_LONGEST_SERIAL = 80  # hex digits shown; RFC 5280 allows 40
_CACHEABLE_NAME = 2048  # bytes; a hostile one must not stay in memory


@dataclass(frozen=True, slots=True)
class Facts:
    """Text is safe to show; times are aware UTC; None is absent or, if named in `ilegiveis`, unreadable."""

    leitura: Leitura
    titular: str | None = None
    emissor: str | None = None
    certificadora: str | None = None
    numero_serie: str | None = None
    sha256: str | None = None
    valid_from: dt.datetime | None = None
    valid_until: dt.datetime | None = None
    version: int | None = None
    key_kind: str | None = None
    key_bits: int | None = None
    key_exponent: int | None = None
    signature_oid: str | None = None
    signature_name: str | None = None
    inner_signature_oid: str | None = None
    signatures_equal: bool | None = None
    eku: tuple[str, ...] | None = None
    is_ca: bool | None = None
    key_usage: frozenset[int] | None = None
    policies: tuple[str, ...] = ()
    cnpj: str | None = None
    cnpj_origem: str | None = None
    subject_hash: str | None = None
    subject_hash_unordered: str | None = None
    spki_sha256: str | None = None
    ilegiveis: frozenset[str] = frozenset()
    tbs: Tbs | None = field(default=None, repr=False)

    @classmethod
    def of(cls, leitura: Leitura) -> "Facts":
        """Never raises."""
        if leitura.der is None:
            return cls(leitura)
        found: dict[str, Any] = {}
        ilegiveis: set[str] = set()
        source = attempt(partial(_Source.of, leitura.der, leitura.certificate), None)
        for names, read in _READERS:
            values = attempt(partial(read, source), None) if source else None
            if values is None:
                ilegiveis.update(names)
            else:
                found.update(zip(names, values, strict=True))
        digest = hashlib.sha256(leitura.der).hexdigest()
        parts = source.tbs if source else None
        return cls(leitura, sha256=digest, ilegiveis=frozenset(ilegiveis), tbs=parts, **found)

    @property
    def legivel(self) -> bool:
        """There is a certificate to speak of."""
        return self.leitura.der is not None


@dataclass(frozen=True, slots=True)
class _Source:
    """What the readers below take their facts from; they may raise anything."""

    cert: x509.Certificate | None
    tbs: Tbs
    outer_algorithm: bytes
    extensions: Extensions | None

    @classmethod
    def of(cls, der: bytes, cert: x509.Certificate | None) -> "_Source":
        raw, outer_algorithm = tbs.split(der)
        parts = Tbs.of(raw)
        return cls(cert, parts, outer_algorithm, attempt(parts.extensions, None))

    def known(self) -> Extensions:
        if self.extensions is None:
            raise asn1.Malformed("extensions")
        return self.extensions


def _subject(source: _Source) -> tuple[Any, ...]:
    name = parse_name(source.tbs.subject)
    found = cnpj_in(name, source.extensions or {})
    return show_name(name), *subject_hashes(name), *found


def _issuer(source: _Source) -> tuple[Any, ...]:
    raw = source.tbs.issuer
    return _issuer_texts(raw) if len(raw) <= _CACHEABLE_NAME else _issuer_texts.__wrapped__(raw)


@lru_cache(maxsize=256)
def _issuer_texts(raw: bytes) -> tuple[str, str]:
    name = parse_name(raw)
    return show_name(name), short_name(name)


def _plain(source: _Source) -> tuple[Any, ...]:
    serial = f"{source.tbs.serial:x}"
    if len(serial) > _LONGEST_SERIAL:
        serial = serial[:_LONGEST_SERIAL] + "…"
    spki = asn1.encode(asn1.SEQUENCE, source.tbs.spki)
    return serial, source.tbs.version, hashlib.sha256(spki).hexdigest()


def _validity(source: _Source) -> tuple[Any, ...]:
    if source.cert is None:
        raise asn1.Malformed("the library refuses this version")
    return source.cert.not_valid_before_utc, source.cert.not_valid_after_utc


def _key(source: _Source) -> tuple[Any, ...]:
    """Kind, bits and exponent; read here because the library refuses to load some keys it should name."""
    (_, algorithm), (_, bits) = asn1.elements(source.tbs.spki)
    kind = tbs.algorithm_oid(algorithm)
    if kind != RSA:
        return _KEYS.get(kind, kind), None, None
    modulus, exponent = map(asn1.integer, asn1.elements(asn1.only(bits[1:], asn1.SEQUENCE)))
    if modulus <= 0:
        raise asn1.Malformed("negative modulus")
    return "RSA", modulus.bit_length(), exponent


def _signature(source: _Source) -> tuple[Any, ...]:
    outer = tbs.algorithm_oid(source.outer_algorithm)
    inner = tbs.algorithm_oid(source.tbs.algorithm)
    return outer, _SIGNATURES.get(outer, outer), inner, source.outer_algorithm == source.tbs.algorithm


_READERS: tuple[tuple[tuple[str, ...], Callable[[_Source], tuple[Any, ...]]], ...] = (
    (("titular", "subject_hash", "subject_hash_unordered", "cnpj", "cnpj_origem"), _subject),
    (("emissor", "certificadora"), _issuer),
    (("numero_serie", "version", "spki_sha256"), _plain),
    (("valid_from", "valid_until"), _validity),
    (("key_kind", "key_bits", "key_exponent"), _key),
    (("signature_oid", "signature_name", "inner_signature_oid", "signatures_equal"), _signature),
    (("eku",), lambda source: (tbs.extended_key_usage(source.known()),)),
    (("is_ca",), lambda source: (tbs.is_ca(source.known()),)),
    (("key_usage",), lambda source: (tbs.key_usage(source.known()),)),
    (("policies",), lambda source: (tbs.policies(source.known()),)),
)
