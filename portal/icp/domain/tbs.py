"""The parts of a certificate, as they stand in its bytes."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.icp.domain import der

# OIDs under 2.5.29 as their content bytes
SUBJECT_KEY_ID, KEY_USAGE, SUBJECT_ALT_NAME = b"\x55\x1d\x0e", b"\x55\x1d\x0f", b"\x55\x1d\x11"
BASIC_CONSTRAINTS, NAME_CONSTRAINTS, POLICIES = b"\x55\x1d\x13", b"\x55\x1d\x1e", b"\x55\x1d\x20"
AUTHORITY_KEY_ID, EXTENDED_KEY_USAGE = b"\x55\x1d\x23", b"\x55\x1d\x25"

Extensions = Mapping[bytes, bytes]  # OID content -> value

_EXPLICIT_VERSION, _EXPLICIT_EXTENSIONS = 0xA0, 0xA3
_KEY_IDENTIFIER = 0x80


@dataclass(frozen=True, slots=True)
class Tbs:
    """Content bytes of each part, without its header; `version` counts from 1."""

    version: int
    serial: int
    algorithm: bytes
    issuer: bytes
    subject: bytes
    spki: bytes
    raw_extensions: bytes

    @classmethod
    def of(cls, tbs_certificate: bytes) -> "Tbs":
        """Read a TBSCertificate; raises Malformed."""
        parts = der.elements(der.only(tbs_certificate, der.SEQUENCE))
        version = 1
        if parts and parts[0][0] == _EXPLICIT_VERSION:
            version = der.integer(der.elements(parts[0][1])[0]) + 1
            parts = parts[1:]
        if len(parts) < 6:
            raise der.Malformed("a part of the certificate is missing")
        serial, algorithm, issuer, _, subject, spki, *optional = parts
        extensions = next((content for tag, content in optional if tag == _EXPLICIT_EXTENSIONS), b"")
        return cls(version, der.integer(serial), algorithm[1], issuer[1], subject[1], spki[1], extensions)

    def extensions(self) -> Extensions:
        """Extension values by OID; raises Malformed, also when one stands twice (RFC 5280 §4.2)."""
        found: dict[bytes, bytes] = {}
        if not self.raw_extensions:
            return found
        for _, extension in der.elements(der.only(self.raw_extensions, der.SEQUENCE)):
            parts = der.elements(extension)
            (kind, name), (tag, value) = parts[0], parts[-1]
            if kind != der.OID or tag != der.OCTET_STRING or name in found:
                raise der.Malformed("extension broken or repeated")
            found[name] = value
        return found


def split(certificate: bytes) -> tuple[bytes, bytes]:
    """TBSCertificate and the content of the outer AlgorithmIdentifier of a DER certificate.

    Unused bits of the signature are refused. The library overlooks them, and nobody signs their number: with
    it changed, one certificate would have a second fingerprint.
    """
    parts = der.elements(der.only(certificate, der.SEQUENCE))
    if [tag for tag, _ in parts] != [der.SEQUENCE, der.SEQUENCE, der.BIT_STRING]:
        raise der.Malformed("not a certificate")
    if not parts[2][1].startswith(b"\0"):
        raise der.Malformed("signature with unused bits")
    return der.encode(*parts[0]), parts[1][1]


def algorithm_oid(algorithm: bytes) -> str:
    """OID of an AlgorithmIdentifier's content."""
    return der.oid(der.elements(algorithm)[0])


def is_ca(extensions: Extensions) -> bool:
    raw = extensions.get(BASIC_CONSTRAINTS)
    if raw is None:
        return False
    parts = der.elements(der.only(raw, der.SEQUENCE))
    return any(tag == der.BOOLEAN and any(content) for tag, content in parts)


def extended_key_usage(extensions: Extensions) -> tuple[str, ...] | None:
    """Purposes as OIDs, None when the extension is absent."""
    raw = extensions.get(EXTENDED_KEY_USAGE)
    return None if raw is None else tuple(map(der.oid, der.elements(der.only(raw, der.SEQUENCE))))


def policies(extensions: Extensions) -> tuple[str, ...]:
    raw = extensions.get(POLICIES)
    if raw is None:
        return ()
    return tuple(der.oid(der.elements(info)[0]) for _, info in der.elements(der.only(raw, der.SEQUENCE)))


def key_usage(extensions: Extensions) -> frozenset[int] | None:
    """Bit numbers of RFC 5280 §4.2.1.3 that are set, None when the extension is absent."""
    raw = extensions.get(KEY_USAGE)
    if raw is None:
        return None
    octets = der.only(raw, der.BIT_STRING)[1:3]
    return frozenset(8 * i + bit for i, octet in enumerate(octets) for bit in range(8) if octet & 0x80 >> bit)


def subject_key_id(extensions: Extensions) -> bytes | None:
    raw = extensions.get(SUBJECT_KEY_ID)
    return None if raw is None else der.only(raw, der.OCTET_STRING)


def authority_key_id(extensions: Extensions) -> bytes | None:
    raw = extensions.get(AUTHORITY_KEY_ID)
    if raw is None:
        return None
    parts = der.elements(der.only(raw, der.SEQUENCE))
    return next((content for tag, content in parts if tag == _KEY_IDENTIFIER), None)
