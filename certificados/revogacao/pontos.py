"""Which lists a certificate names, and the authority that must have signed them."""

from datetime import datetime
from typing import NamedTuple

from cryptography import x509

from certificados import selectors
from portal import clock
from portal.icp.domain.admission import display_names, nearest_instant
from portal.icp.domain.lcr import distribution_points
from portal.icp.domain.trust import NoPath, TrustStore, fingerprint
from portal.icp.selectors import trust_store
from portal.kernel.guard import attempt

LONGO = 500  # characters of an address that a row holds; a longer one is left out


class Nomeadas(NamedTuple):
    """The lists that a certificate names, if any, and who signs them."""

    urls: tuple[str, ...] = ()
    emissora: str = ""
    emissora_sha256: str = ""


def trusted(now: datetime) -> TrustStore:
    return trust_store(selectors.policy_at(clock.local_date(now)).raizes)


def read_points(der: bytes, *, trust: TrustStore, now: datetime) -> Nomeadas | None:
    """None where no accepted authority stands over it any more: another time, perhaps."""
    certificate = attempt(lambda: x509.load_der_x509_certificate(der), None)
    if certificate is None:
        return None
    urls = tuple(url for url in distribution_points(certificate) if len(url) <= LONGO)
    if not urls:
        return Nomeadas()
    try:
        issuer = trust.path(certificate, at=nearest_instant(certificate, now))[0]
    except NoPath:
        return None
    return Nomeadas(urls, display_names(issuer)[0], fingerprint(issuer))


def authority(sha256: str, *, trust: TrustStore) -> x509.Certificate | None:
    return next((one for one in (*trust.intermediates, *trust.anchors) if fingerprint(one) == sha256), None)
