"""Which authorities are trusted now."""

from functools import lru_cache
from pathlib import Path

from cryptography import x509
from django.conf import settings
from django.db.models import Count, QuerySet, Sum

from portal.icp.domain.bundles import load_path
from portal.icp.domain.trust import TrustStore
from portal.icp.models import AutoridadeCertificadora


def aceitas() -> QuerySet[AutoridadeCertificadora]:
    return AutoridadeCertificadora.objects.filter(ativa=True)


def trust_store(raizes: tuple[str, ...]) -> TrustStore:
    """The store for a policy's pinned roots (SHA-256, lower-case hex); built once per version of the table.

    In production only pinned roots are anchors. Elsewhere every accepted root of the table is one too, so that a
    demonstration hierarchy works. RAIZES_ICP_BRASIL replaces the pinned anchors and adds its intermediates.
    """
    version = aceitas().aggregate(n=Count("pk"), total=Sum("pk"))
    return _build(raizes, version["n"], version["total"], settings.RAIZES_ICP_BRASIL, settings.PRODUCAO)


@lru_cache(maxsize=8)
def _build(raizes: tuple[str, ...], count: int, total: int | None, path: str, only_pinned: bool) -> TrustStore:
    anchors, intermediates = [], []
    for row in aceitas().iterator():
        certificate = x509.load_der_x509_certificate(bytes(row.der))
        if not row.raiz:
            intermediates.append(certificate)
        elif _is_anchor(row, raizes, path, only_pinned):
            anchors.append(certificate)
    if path:
        extra = load_path(Path(path))
        anchors.extend(extra.anchors)
        intermediates.extend(extra.intermediates)
    return TrustStore.build(anchors=anchors, intermediates=intermediates)


def _is_anchor(row: AutoridadeCertificadora, raizes: tuple[str, ...], path: str, only_pinned: bool) -> bool:
    pinned = row.sha256 in raizes
    if only_pinned:
        return pinned and not path
    return not (pinned and path)
