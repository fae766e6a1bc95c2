"""The trust store: from a certificate up to a pinned root.

`cryptography` verifies every leaf, its signature included. The first leaf of an authority is verified whole;
what is remembered then is the authority's own line to the root, while all of it is valid, so that the next leaf
costs one signature. Nothing is remembered of a leaf: a changed one fails like any other.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import NamedTuple

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.x509.verification import ExtensionPolicy, PolicyBuilder, Store

from portal.icp.domain.names import parse_name, short_name
from portal.icp.domain.tbs import NAME_CONSTRAINTS, Tbs, authority_key_id, subject_key_id
from portal.kernel.guard import attempt

PINNED_ROOTS: Mapping[str, str] = {
    "caa53fc6091c6951887c976e378f6ef89aa6377c55d97b6475422b71ed7e9b17": "Raiz Brasileira v5",
    "6e0bff069a26994c15de2c4888cc54af84882e5495b7fbf66be9ccffec7489f6": "Raiz Brasileira v10",
    "d8478e37ce19c690cf657381e68fe600e4e1a042536830f06847e03e554c4b01": "Raiz Brasileira v12",
}

_MAX_DEPTH = 4


class NoPath(Exception):
    """No path to a root; `reason` is a Portuguese sentence for the person."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Authority(NamedTuple):
    """`above`: itself and every intermediate that may stand over it."""

    cert: x509.Certificate
    tbs: Tbs
    key_id: bytes | None
    name: str
    above: tuple[x509.Certificate, ...] = ()


class Line(NamedTuple):
    """An authority's path to the root, proved at every instant in between; `store` holds that authority alone."""

    path: tuple[x509.Certificate, ...]
    since: dt.datetime
    until: dt.datetime
    store: Store


@dataclass(frozen=True, slots=True, eq=False)
class TrustStore:
    """Build it once per version of the table and share it between threads; it never changes its answers."""

    anchors: tuple[x509.Certificate, ...]
    intermediates: tuple[x509.Certificate, ...]
    problems: tuple[str, ...]
    _store: Store | None
    _by_subject: Mapping[bytes, tuple[Authority, ...]]
    _names: Mapping[int, str]  # by identity: hashing a certificate encodes it anew
    _lines: dict[int, Line] = field(default_factory=dict)

    @classmethod
    def build(cls, anchors: Iterable[x509.Certificate], intermediates: Iterable[x509.Certificate] = ()) -> "TrustStore":
        """Index the authorities; those that cannot be read are left out and named in `problems`."""
        problems: list[str] = []
        roots = _readable(anchors, problems)
        others = _readable(intermediates, problems)
        named = _by_subject(roots + others)
        root_certs = tuple(a.cert for a in roots)
        linked = [a._replace(above=_climb(a, named, frozenset(root_certs))) for a in roots + others]
        return cls(
            root_certs,
            tuple(a.cert for a in others),
            tuple(problems),
            Store(list(root_certs)) if root_certs else None,
            _by_subject(linked),
            {id(a.cert): a.name for a in linked},
        )

    def name_of(self, authority: x509.Certificate) -> str:
        """The short name of an authority, at once for those that path() returned."""
        return self._names.get(id(authority)) or _name(Tbs.of(authority.tbs_certificate_bytes).subject)

    def path(self, leaf: x509.Certificate, *, at: dt.datetime, tbs: Tbs | None = None) -> tuple[x509.Certificate, ...]:
        """From the leaf's issuer to the root, as valid at that instant; raises NoPath.

        `tbs`, where the caller has read it already, only helps to choose authorities and words.
        """
        if self._store is None:
            raise NoPath("Nenhuma autoridade raiz está cadastrada.")
        tbs = tbs or attempt(lambda: Tbs.of(leaf.tbs_certificate_bytes), None)
        if tbs is None:
            raise NoPath("O certificado está malformado.")
        issuers = self._issuers(tbs)
        for line in (self._lines.get(id(authority.cert)) for authority in issuers):
            if line and line.since <= at <= line.until and attempt(partial(_verify, line.store, leaf, [], at), None):
                return line.path
        candidates = [cert for authority in issuers for cert in authority.above]
        chain = attempt(partial(_verify, self._store, leaf, candidates, at), None)
        if chain is None:
            raise NoPath(_why(leaf, tbs, issuers, at))
        return self._remember(tuple(chain[1:])) or tuple(chain)

    def _remember(self, path: tuple[x509.Certificate, ...]) -> tuple[x509.Certificate, ...]:
        # Name constraints of a higher authority bind the leaf: such a line must be verified whole each time.
        if path and not any(map(_constrains_names, path)):
            since = max(cert.not_valid_before_utc for cert in path)
            until = min(cert.not_valid_after_utc for cert in path)
            self._lines[id(path[0])] = Line(path, since, until, Store([path[0]]))
        return path

    def _issuers(self, tbs: Tbs) -> Sequence[Authority]:
        named = self._by_subject.get(tbs.issuer, ())
        if len(named) < 2:
            return named
        key_id = attempt(lambda: authority_key_id(tbs.extensions()), None)
        return [a for a in named if a.key_id == key_id] or named


def _constrains_names(cert: x509.Certificate) -> bool:
    return attempt(lambda: NAME_CONSTRAINTS in Tbs.of(cert.tbs_certificate_bytes).extensions(), True)


def fingerprint(cert: x509.Certificate) -> str:
    """SHA-256 of the DER, in hexadecimal."""
    return cert.fingerprint(hashes.SHA256()).hex()


def is_self_signed(cert: x509.Certificate) -> bool:
    return _signed_by(cert, cert) is True


def _by_subject(authorities: Iterable[Authority]) -> dict[bytes, tuple[Authority, ...]]:
    index: defaultdict[bytes, tuple[Authority, ...]] = defaultdict(tuple)
    for authority in authorities:
        index[authority.tbs.subject] += (authority,)
    return dict(index)


def _readable(certs: Iterable[x509.Certificate], problems: list[str]) -> list[Authority]:
    found: dict[x509.Certificate, Authority] = {}
    for cert in certs:
        authority = attempt(partial(_authority, cert), None)
        if authority is None:
            problems.append(f"Autoridade {fingerprint(cert)[:16]}… ignorada: sua chave não pode ser lida.")
        else:
            found[cert] = authority
    return list(found.values())


def _authority(cert: x509.Certificate) -> Authority:
    cert.public_key()  # root v7 has a private key algorithm: this raises
    return Authority(cert, *_read(cert.tbs_certificate_bytes))


@lru_cache(maxsize=1024)  # the same hundreds of authorities are indexed again whenever one is included
def _read(tbs_certificate: bytes) -> tuple[Tbs, bytes | None, str]:
    tbs = Tbs.of(tbs_certificate)
    return tbs, attempt(lambda: subject_key_id(tbs.extensions()), None), _name(tbs.subject)


def _climb(
    start: Authority, index: Mapping[bytes, tuple[Authority, ...]], anchors: frozenset[x509.Certificate]
) -> tuple[x509.Certificate, ...]:
    """The authority and all that may stand above it, anchors left out; loops of cross-certificates end."""
    found: dict[x509.Certificate, None] = {}
    pending = [start]
    while pending:
        authority = pending.pop()
        if authority.cert not in found and authority.cert not in anchors:
            found[authority.cert] = None
            pending.extend(index.get(authority.tbs.issuer, ()))
    return tuple(found)


def _verify(
    store: Store, leaf: x509.Certificate, intermediates: list[x509.Certificate], at: dt.datetime
) -> list[x509.Certificate]:
    # The rules judge the leaf's own profile; here its path alone counts, hence permit_all.
    builder = PolicyBuilder().store(store).time(at).max_chain_depth(_MAX_DEPTH)
    builder = builder.extension_policies(
        ca_policy=ExtensionPolicy.webpki_defaults_ca(), ee_policy=ExtensionPolicy.permit_all()
    )
    return builder.build_client_verifier().verify(leaf, intermediates).chain


def _why(leaf: x509.Certificate, tbs: Tbs, issuers: Sequence[Authority], at: dt.datetime) -> str:
    """What most likely went wrong, for the person; the verdict is already made."""
    issuer = _name(tbs.issuer)
    if not issuers:
        if tbs.issuer == tbs.subject:
            return "O certificado é autoassinado: nenhuma autoridade certificadora o emitiu."
        return f"O emissor “{issuer}” não pertence a esta hierarquia."
    signed = [a for a in issuers if _signed_by(leaf, a.cert) is not False]
    if not signed:
        return (
            f"O emissor tem o mesmo nome da autoridade “{issuer}”, mas a assinatura não é dela: "
            "o certificado foi alterado ou vem de outro ambiente (por exemplo, homologação)."
        )
    if not any(a.cert.not_valid_before_utc <= at <= a.cert.not_valid_after_utc for a in signed):
        return f"A autoridade “{issuer}” não estava válida no período do certificado."
    return f"O caminho de “{issuer}” até uma autoridade raiz não pôde ser validado."


def _name(raw: bytes) -> str:
    return attempt(lambda: short_name(parse_name(raw)), "") or "sem nome"


def _signed_by(leaf: x509.Certificate, issuer: x509.Certificate) -> bool | None:
    """None where the library cannot tell: other names, an algorithm it does not know."""

    def verify() -> bool:
        try:
            leaf.verify_directly_issued_by(issuer)
        except InvalidSignature:
            return False
        return True

    return attempt(verify, None)
