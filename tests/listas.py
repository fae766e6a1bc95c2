"""Revocation lists as an authority issues them, and as it should not."""

import datetime as dt
from collections.abc import Mapping, Sequence

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.serialization import Encoding

from portal.demo.hierarquia import Emitido, Extension, Hash
from portal.icp.domain import der

HORA = dt.timedelta(hours=1)
NEXT_UPDATE = 4  # its place among the fields: version, algorithm, issuer, thisUpdate, nextUpdate
Revogados = Mapping[int, x509.ReasonFlags | None]  # by serial number


def points(*urls: str) -> Extension:
    """The extension of a certificate whose list lies at each of these addresses."""
    return x509.CRLDistributionPoints([point(url) for url in urls]), False


def point(
    url: str, *, reasons: frozenset[x509.ReasonFlags] | None = None, issuer: Sequence[x509.GeneralName] | None = None
) -> x509.DistributionPoint:
    return x509.DistributionPoint([x509.UniformResourceIdentifier(url)], None, reasons, issuer)


def issuing_point(url: str = "", **scope: object) -> Extension:
    """What a list says of itself: which address is its own, and what it leaves out."""
    values: dict[str, object] = {
        "full_name": [x509.UniformResourceIdentifier(url)] if url else None,
        "relative_name": None,
        "only_contains_user_certs": False,
        "only_contains_ca_certs": False,
        "only_some_reasons": None,
        "indirect_crl": False,
        "only_contains_attribute_certs": False,
    }
    return x509.IssuingDistributionPoint(**values | scope), True  # type: ignore[arg-type]  # as the caller says


def issue(
    ac: Emitido,
    revogados: Revogados | None = None,
    *,
    at: dt.datetime,
    until: dt.datetime | None = None,
    numero: int | None = 1,
    signer: Emitido | None = None,
    algorithm: Hash | None = None,
    pem: bool = False,
    extensions: Sequence[Extension] = (),
) -> bytes:
    """Of the authority `ac`, signed with its own key unless told otherwise; current for six hours."""
    signer = signer or ac
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(ac.cert.subject)
        .last_update(at)
        .next_update(until or at + 6 * HORA)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.key.public_key()), critical=False)
    )
    if numero is not None:
        builder = builder.add_extension(x509.CRLNumber(numero), critical=False)
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical)
    for serial, reason in (revogados or {}).items():
        builder = builder.add_revoked_certificate(_entry(serial, reason, at))
    crl = builder.sign(signer.key, algorithm or hashes.SHA256())
    return crl.public_bytes(Encoding.PEM if pem else Encoding.DER)


def _entry(serial: int, reason: x509.ReasonFlags | None, at: dt.datetime) -> x509.RevokedCertificate:
    entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(at - HORA)
    return (entry.add_extension(x509.CRLReason(reason), critical=False) if reason else entry).build()


def without_next_update(ac: Emitido, *, at: dt.datetime) -> bytes:
    """The library writes no such list: the field is cut out of one, which is then signed again."""
    outer = der.elements(der.only(issue(ac, at=at), der.SEQUENCE))
    fields = der.elements(outer[0][1])
    fields = [field for number, field in enumerate(fields) if number != NEXT_UPDATE]
    tbs = der.encode(der.SEQUENCE, b"".join(der.encode(*field) for field in fields))
    signature = ac.key.sign(tbs, padding.PKCS1v15(), hashes.SHA256())
    return der.encode(der.SEQUENCE, tbs + der.encode(*outer[1]) + der.encode(der.BIT_STRING, b"\0" + signature))
