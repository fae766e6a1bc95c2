"""Which authorities are trusted now."""

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from django.conf import settings
from django.db.models import QuerySet

from portal.icp.domain.bundles import load_path
from portal.icp.domain.trust import PINNED_ROOTS, TrustStore
from portal.icp.models import AutoridadeCertificadora
from portal.kernel.text import searchable

MAX_DEPTH = 8  # ICP-Brasil has three levels; a circle of names must end


def aceitas() -> QuerySet[AutoridadeCertificadora]:
    return AutoridadeCertificadora.objects.filter(ativa=True)


def trust_store(raizes: tuple[str, ...]) -> TrustStore:
    """The store for a policy's roots (SHA-256, lower-case hex; none named: the pinned ones), built once per table.

    In production only those roots are anchors. Elsewhere every accepted root of the table is one too, so that a
    demonstration hierarchy works. RAIZES_ICP_BRASIL replaces the pinned anchors and adds its intermediates.
    """
    version = tuple(aceitas().order_by("pk").values_list("sha256", flat=True))
    pinned = frozenset(raizes or PINNED_ROOTS)
    return _build(pinned, version, settings.RAIZES_ICP_BRASIL, settings.EXPOSTO)


@lru_cache(maxsize=8)
def _build(pinned: frozenset[str], version: tuple[str, ...], path: str, only_pinned: bool) -> TrustStore:
    anchors, intermediates = [], []
    for row in AutoridadeCertificadora.objects.filter(sha256__in=version).iterator():
        certificate = x509.load_der_x509_certificate(bytes(row.der))
        if not row.raiz:
            intermediates.append(certificate)
        elif _is_anchor(row.sha256 in pinned, path, only_pinned):
            anchors.append(certificate)
    if path:
        extra = load_path(Path(path))
        anchors.extend(extra.anchors)
        intermediates.extend(extra.intermediates)
    return TrustStore.build(anchors=anchors, intermediates=intermediates)


def _is_anchor(pinned: bool, path: str, only_pinned: bool) -> bool:
    if only_pinned:
        return pinned and not path
    return not (pinned and path)


@dataclass(frozen=True, slots=True)
class Cadeia:
    """A root and the accepted authorities below it. `fixada`: one of the fingerprints this portal is built with."""

    raiz: AutoridadeCertificadora
    fixada: bool
    intermediarias: tuple[AutoridadeCertificadora, ...]


def by_root(busca: str = "") -> list[Cadeia]:
    """The accepted authorities whose name or fingerprint holds the text, each under the root its names lead to."""
    rows = list(aceitas().defer("der"))
    issuer_of = {row.nome: row.emissor for row in rows}
    wanted = searchable(busca)
    below: dict[str, list[AutoridadeCertificadora]] = defaultdict(list)
    for row in rows:
        if not row.raiz and _mentions(row, wanted):
            below[_root_name(row, issuer_of)].append(row)
    return [
        Cadeia(row, row.sha256 in PINNED_ROOTS, tuple(below[row.nome]))
        for row in rows
        if row.raiz and (below[row.nome] or _mentions(row, wanted))
    ]


def _mentions(row: AutoridadeCertificadora, wanted: str) -> bool:
    return wanted in searchable(row.nome) or wanted.replace(":", "") in row.sha256.upper()


def _root_name(row: AutoridadeCertificadora, issuer_of: dict[str, str]) -> str:
    name = row.nome
    for _ in range(MAX_DEPTH):
        name = issuer_of.get(name, name)
    return name
