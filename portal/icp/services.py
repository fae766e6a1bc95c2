"""The only writer of the trust store: an authority goes in when it chains to a root, and stops being accepted."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import certifi_icpbr
from cryptography import x509
from django.conf import settings

from portal.auditoria.services import act, record
from portal.icp.domain.admission import display_names, pinned_hierarchy, refusal
from portal.icp.domain.armour import der_of
from portal.icp.domain.bundles import read_authorities
from portal.icp.domain.trust import TrustStore, fingerprint, is_self_signed
from portal.icp.models import AutoridadeCertificadora
from portal.icp.selectors import trust_store
from portal.kernel.errors import Conflict, DomainError
from portal.kernel.text import visible

SEED = "certifi-icpbr 2023.7.3"
SISTEMA = "sistema"


class MotivoObrigatorio(DomainError):
    code, title = "motivo-obrigatorio", "Falta o motivo"


@dataclass(slots=True)
class Importacao:
    """What became of each certificate of a file; the last two are Portuguese sentences."""

    incluidas: list[AutoridadeCertificadora] = field(default_factory=list)
    repetidas: list[AutoridadeCertificadora] = field(default_factory=list)
    recusadas: list[str] = field(default_factory=list)
    problemas: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.recusadas and bool(self.incluidas or self.repetidas)


def import_file(data: bytes, nome: str, *, raiz: bool, by: str, now: datetime) -> Importacao:
    """The authorities of a PEM, DER, P7B or ZIP. Those that chain go in even where others are refused."""
    bundle = read_authorities(data, nome)
    certificates = [certificate for _, certificate in bundle.certificates]
    result = include(certificates, raiz=raiz, by=by, origem=nome, now=now)
    result.problemas.extend(bundle.problems)
    return result


@act()
def include(certificates: Sequence[x509.Certificate], *, raiz: bool, by: str, origem: str, now: datetime) -> Importacao:
    """Each may chain through the others. `raiz` lets self-signed ones in, in production only the pinned."""
    result = Importacao()
    roots = [certificate for certificate in certificates if is_self_signed(certificate)]
    others = [certificate for certificate in certificates if certificate not in roots]
    for group in (roots, others):
        accepted = trust_store(())
        trust = TrustStore.build(accepted.anchors, [*accepted.intermediates, *others])
        for certificate in group:
            _include(certificate, result, trust=trust, raiz=raiz, by=by, origem=origem, now=now)
    return result


def _include(
    certificate: x509.Certificate,
    result: Importacao,
    *,
    trust: TrustStore,
    raiz: bool,
    by: str,
    origem: str,
    now: datetime,
) -> None:
    known = AutoridadeCertificadora.objects.filter(sha256=fingerprint(certificate)).first()
    if known:
        result.repetidas.append(known)
        return
    reason = refusal(certificate, trust=trust, raiz=raiz, only_pinned=settings.EXPOSTO, now=now)
    if reason:
        result.recusadas.append(f"“{display_names(certificate)[0]}” {reason}")
        return
    row = _row(certificate, by=by, origem=origem, now=now)
    row.save()
    record("certificadora.incluida", at=now, ator=by, objeto=row.nome, sha256=row.sha256, raiz=row.raiz)
    result.incluidas.append(row)


@act()
def set_accepted(row: AutoridadeCertificadora, *, ativa: bool, motivo: str, by: str, now: datetime) -> None:
    """Stop or resume accepting; the row stays, because it explains what was accepted before."""
    if not motivo.strip():
        raise MotivoObrigatorio(
            "Escreva o motivo: ele fica na trilha de auditoria.", erros={"motivo": ["Obrigatório."]}
        )
    if not AutoridadeCertificadora.objects.filter(pk=row.pk, ativa=not ativa).update(ativa=ativa):
        raise Conflict("Outra pessoa já tinha feito esta mudança. Recarregue a página.")
    tipo = "certificadora.aceita_de_novo" if ativa else "certificadora.suspensa"
    record(tipo, at=now, ator=by, objeto=row.nome, sha256=row.sha256, motivo=motivo)


@act()
def seed(*, now: datetime) -> None:
    """What the pip package brings of ICP-Brasil; what an operator stopped accepting stays so."""
    known = set(AutoridadeCertificadora.objects.values_list("sha256", flat=True))
    missing = [one for one in _packaged() if fingerprint(one) not in known]
    rows = [_row(certificate, by=SISTEMA, origem=SEED, now=now) for certificate in missing]
    AutoridadeCertificadora.objects.bulk_create(rows)
    if rows:
        record("certificadoras.semeadas", at=now, ator=SISTEMA, objeto=SEED, quantidade=len(rows))


@lru_cache(maxsize=1)
def _packaged() -> tuple[x509.Certificate, ...]:
    return tuple(pinned_hierarchy(Path(certifi_icpbr.where()).read_bytes()))


def _row(certificate: x509.Certificate, *, by: str, origem: str, now: datetime) -> AutoridadeCertificadora:
    nome, emissor = display_names(certificate)
    return AutoridadeCertificadora(
        der=der_of(certificate),
        sha256=fingerprint(certificate),
        nome=nome,
        emissor=emissor,
        raiz=is_self_signed(certificate),
        valid_from=certificate.not_valid_before_utc,
        valid_until=certificate.not_valid_after_utc,
        origem=visible(origem, 199),
        included_at=now,
        included_by=visible(by, 199),
    )
