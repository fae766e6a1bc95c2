"""Runs pyHanko over one signature with a closed set of authorities, nothing fetched, at a given instant."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256

from asn1crypto import cms
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.sign.general import extract_certificate_info
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
from pyhanko.sign.validation.status import StandardCMSSignatureStatus
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import CertificateRegistry

from contratos.assinatura.modelos import Codigo, Designado, Formato
from portal.icp.domain.trust import NoPath, TrustStore
from portal.kernel.guard import attempt
from portal.kernel.threads import apart

for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)  # they log subjects, and with them CPFs

MAX_CERTIFICATES = 30  # in one signature, its time stamps included; real ones have about 8


@dataclass(frozen=True, slots=True)
class Criterio:
    """`recebidas`: when the portal first accepted each signature that it knows already, by `impressao`."""

    confianca: TrustStore
    designados: Sequence[Designado]
    at: datetime
    recebidas: Mapping[str, datetime] = field(default_factory=dict)
    listas: Sequence[x509.CertificateRevocationList] = ()


@dataclass(frozen=True, slots=True)
class Lida:
    """A signature as its file gave it; `alheio` is what it means that the content is not what was signed."""

    signed_data: cms.SignedData
    verify: Callable[[ValidationContext], StandardCMSSignatureStatus]
    formato: Formato
    politica: str
    alheio: Codigo
    rotulo: str


@dataclass(frozen=True, slots=True)
class Exame:
    """`moment`: the instant at which the certificate had to be good; `stamped`: what a trusted time stamp says."""

    cert: x509.Certificate
    status: StandardCMSSignatureStatus
    moment: datetime
    stamped: datetime | None
    impressao: str


class _Closed(CertificateRegistry):
    """Lets in no authority that a file brings along: a mesh of them would keep the search busy for ever."""

    def register_multiple(self, certs: object) -> None:
        del certs


def examine(lida: Lida, cert: x509.Certificate, criterio: Criterio) -> Exame | None:
    """None where the structure of the signature makes no sense."""
    impressao = sha256(lida.signed_data["signer_infos"][0]["signature"].native).hexdigest()
    moment = criterio.recebidas.get(impressao, criterio.at)
    status = _run(lida, criterio, moment)
    if status is None:
        return None
    stamped = _stamped(status, criterio.at)
    if stamped and not in_force(cert, moment):  # somebody trusted saw the signature while its certificate was good
        moment = stamped
        status = _run(lida, criterio, moment) or status
    return Exame(cert, status, moment, stamped, impressao)


def signer(lida: Lida) -> x509.Certificate | None:
    """The certificate of who signed, None where it is not there or there are too many to look at."""

    def read() -> x509.Certificate | None:
        if len(list(_certificates(lida.signed_data))) > MAX_CERTIFICATES:
            return None
        return x509.load_der_x509_certificate(extract_certificate_info(lida.signed_data).signer_cert.dump())

    return attempt(read, None)


def in_force(cert: x509.Certificate, at: datetime) -> bool:
    return cert.not_valid_before_utc <= at <= cert.not_valid_after_utc


def nearest(cert: x509.Certificate, at: datetime) -> datetime:
    """The instant nearest to `at` at which the certificate was in force: is its chain, at least, a good one?"""
    return min(max(at, cert.not_valid_before_utc), cert.not_valid_after_utc)


def aware(instante: datetime | None) -> datetime | None:
    """A date in a PDF may come without its offset."""
    return instante if instante is None or instante.tzinfo else instante.replace(tzinfo=UTC)


def _run(lida: Lida, criterio: Criterio, moment: datetime) -> StandardCMSSignatureStatus | None:
    context = ValidationContext(
        trust_roots=[_asn1(root) for root in criterio.confianca.anchors],
        certificate_registry=_Closed.build(_asn1(one) for one in _authorities(lida.signed_data, criterio, moment)),
        crls=[crl.public_bytes(Encoding.DER) for crl in criterio.listas],
        moment=moment,
        allow_fetching=False,
        revocation_mode="soft-fail",
    )
    return attempt(lambda: apart(lambda: lida.verify(context)), None)


def _stamped(status: StandardCMSSignatureStatus, at: datetime) -> datetime | None:
    stamp = status.timestamp_validity
    return stamp.timestamp if stamp and stamp.trusted and stamp.timestamp <= at else None


def _authorities(signed_data: cms.SignedData, criterio: Criterio, moment: datetime) -> dict[x509.Certificate, None]:
    """Of the portal's own authorities, those above a certificate of this signature."""
    found: dict[x509.Certificate, None] = {}
    for one in _certificates(signed_data):
        cert = attempt(lambda one=one: x509.load_der_x509_certificate(one.dump()), None)  # type: ignore[misc]  # the default binds the loop
        if cert is not None:
            try:
                found.update(dict.fromkeys(criterio.confianca.path(cert, at=nearest(cert, moment))))
            except NoPath:
                continue
    return found


def _certificates(signed_data: cms.SignedData) -> Iterator[asn1_x509.Certificate]:
    """Its own and those of its time stamps."""
    signer_info = signed_data["signer_infos"][0]
    tokens = [token for signed in (True, False) for token in extract_tst_data_iter(signer_info, signed=signed)]
    for holder in (signed_data, *tokens):
        for choice in holder["certificates"]:
            if choice.name == "certificate":
                yield choice.chosen


def _asn1(cert: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(cert.public_bytes(Encoding.DER))
