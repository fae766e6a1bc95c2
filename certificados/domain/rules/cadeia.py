"""The hierarchy: a path to a root, and the policy it was issued under."""

import datetime as dt
from collections.abc import Callable

from cryptography import x509

from certificados.domain.facts import Facts
from certificados.domain.rules.base import (
    MANUAL,
    RuleOfUpload,
    Upload,
    falha,
    nao_avaliada,
    of_certificate,
    ok,
)
from portal.icp.domain.trust import NoPath, fingerprint
from portal.kernel.rules import ILEGIVEL, Finding, Rule

_FOREIGN = (
    "O certificado precisa ser emitido na hierarquia da ICP-Brasil, por uma autoridade da lista de "
    "certificadoras aceitas. Um nome brasileiro não basta: “AC SERPRO AR46 OV” (GlobalSign) e “Valid "
    "Certificadora RSA OV” (Sectigo), por exemplo, são de outras hierarquias, e certificados de "
    "homologação não valem em produção."
)


def _cadeia(upload: Upload) -> Finding:
    facts = upload.facts
    if facts.version is not None and facts.version != 3:
        # The library verifies version 3 only; x509-v3 already refuses the file, so nothing slips through.
        return nao_avaliada("A cadeia só é verificada em certificados X.509 versão 3.")
    cert = facts.leitura.certificate
    if cert is None:
        return falha(ILEGIVEL)
    try:
        path = _path(upload, cert)
    except NoPath as error:
        return falha(error.reason)
    found = " › ".join(map(upload.trust.name_of, path))
    if upload.policy.raizes and fingerprint(path[-1]) not in upload.policy.raizes:
        return falha(f"{found}: esta raiz não é aceita pela política em vigor")
    if not any(map(_accepts(upload), facts.policies)):
        which = "com outra" if upload.policy.politicas and facts.policies else "sem"
        return falha(
            f"{found}, mas {which} política de certificado da ICP-Brasil ({_policies(facts)})",
            "Peça à sua autoridade certificadora um certificado de usuário final da ICP-Brasil, cuja política "
            f"(certificate policies) comece por {_arcs(upload)}.",
        )
    return ok(found)


def _path(upload: Upload, cert: x509.Certificate) -> tuple[x509.Certificate, ...]:
    """At a moment inside the certificate's own validity: "expired" and "foreign" stay two verdicts."""
    moments = _moments(upload)
    for instant in moments[:-1]:
        try:
            return upload.trust.path(cert, at=instant, tbs=upload.facts.tbs)
        except NoPath:
            continue
    return upload.trust.path(cert, at=moments[-1], tbs=upload.facts.tbs)


def _moments(upload: Upload) -> tuple[dt.datetime, ...]:
    start, end = upload.facts.valid_from, upload.facts.valid_until
    if start is None or end is None or start <= upload.at <= end:
        return (upload.at,)
    return start, end


def _accepts(upload: Upload) -> Callable[[str], bool]:
    """A policy that is named stands for itself and all below it; the arc of ICP-Brasil is nobody's policy."""
    named = upload.policy.politicas
    below = tuple(f"{arc}." for arc in named or (upload.policy.policy_arc,))
    return lambda oid: oid in named or oid.startswith(below)


def _arcs(upload: Upload) -> str:
    return " ou ".join(upload.policy.politicas or (upload.policy.policy_arc,))


def _policies(facts: Facts) -> str:
    return ", ".join(facts.policies[:4]) or "nenhuma política"


RULES: tuple[RuleOfUpload, ...] = (
    Rule(
        codigo="cadeia-icp-brasil",
        titulo="Hierarquia: ICP-Brasil",
        fonte=MANUAL,
        exigido=lambda upload: f"caminho até uma raiz aceita da ICP-Brasil e política sob {_arcs(upload)}",
        como_resolver=_FOREIGN,
        check=of_certificate(_cadeia),
    ),
)
