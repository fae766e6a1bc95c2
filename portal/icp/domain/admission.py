"""May a certificate become an authority of the trust store?"""

import datetime as dt
from collections.abc import Iterator
from functools import partial

from cryptography import x509

from portal.icp.domain.armour import pem_blocks
from portal.icp.domain.names import parse_name, short_name
from portal.icp.domain.tbs import Tbs, is_ca
from portal.icp.domain.trust import PINNED_ROOTS, NoPath, TrustStore, fingerprint, is_self_signed
from portal.kernel.guard import attempt

SEM_RAIZ = "é uma raiz (autoassinada). Confira o SHA-256 com quem a publica e inclua com a opção de raiz."
NAO_FIXADA = "é uma raiz que não está entre as fixadas da ICP-Brasil: em produção só elas são aceitas."
NAO_AC = "não é de uma autoridade certificadora (é um certificado final)."


def refusal(
    certificate: x509.Certificate, *, trust: TrustStore, raiz: bool, only_pinned: bool, now: dt.datetime
) -> str:
    """Why not, as the end of a Portuguese sentence; empty when it may.

    `trust` holds the authorities accepted already and those that come in the same file.
    """
    if is_self_signed(certificate):
        pinned = fingerprint(certificate) in PINNED_ROOTS
        return SEM_RAIZ if not raiz else NAO_FIXADA if only_pinned and not pinned else ""
    if not attempt(lambda: is_ca(Tbs.of(certificate.tbs_certificate_bytes).extensions()), False):
        return NAO_AC
    try:
        trust.path(certificate, at=nearest_instant(certificate, now))
    except NoPath as error:
        return f"não chega a nenhuma raiz aceita. {error.reason}"
    return ""


def nearest_instant(certificate: x509.Certificate, now: dt.datetime) -> dt.datetime:
    """The instant of its validity that is closest to now: an expired authority still explains old certificates."""
    return min(max(now, certificate.not_valid_before_utc), certificate.not_valid_after_utc)


def display_names(certificate: x509.Certificate) -> tuple[str, str]:
    """Of the authority and of its issuer; the fingerprint where there is no name."""
    subject, issuer = (attempt(partial(_short_name, certificate, part), "") for part in ("subject", "issuer"))
    return subject or fingerprint(certificate)[:16], issuer


def _short_name(certificate: x509.Certificate, part: str) -> str:
    return short_name(parse_name(getattr(Tbs.of(certificate.tbs_certificate_bytes), part)))


def pinned_hierarchy(pem: bytes, *, marker: bytes = b"ICP-Brasil") -> Iterator[x509.Certificate]:
    """Of a bundle mixed with foreign roots: the pinned roots and what chains to them.

    Only certificates with the marker are parsed: the others are two thirds, and some make the library complain.
    """
    candidates = [x509.load_der_x509_certificate(block.der) for block in pem_blocks(pem) if marker in block.der]
    roots = [certificate for certificate in candidates if fingerprint(certificate) in PINNED_ROOTS]
    trust = TrustStore.build(roots, candidates)
    yield from roots
    yield from (one for one in candidates if one not in roots and _chains(one, trust))


def _chains(certificate: x509.Certificate, trust: TrustStore) -> bool:
    at = certificate.not_valid_before_utc
    return not refusal(certificate, trust=trust, raiz=False, only_pinned=True, now=at)
