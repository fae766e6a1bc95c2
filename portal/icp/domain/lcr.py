"""A certificate revocation list (RFC 5280 §5): where it lies, whether it may be believed, and whom it names."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial

from cryptography import x509
from cryptography.hazmat.primitives import hashes

from portal.kernel.guard import attempt

MAIS_PONTOS = 6  # addresses of one certificate that are looked at; real ones have two
FOLGA = dt.timedelta(minutes=5)  # between the authority's clock and ours
FORTES = (hashes.SHA256, hashes.SHA384, hashes.SHA512)
SUSPENSO = x509.ReasonFlags.certificate_hold
MOTIVOS: Mapping[object, str] = {
    x509.ReasonFlags.key_compromise: "chave comprometida",
    x509.ReasonFlags.ca_compromise: "certificadora comprometida",
    x509.ReasonFlags.affiliation_changed: "mudança de vínculo do titular",
    x509.ReasonFlags.superseded: "substituído por outro",
    x509.ReasonFlags.cessation_of_operation: "fim do uso",
    x509.ReasonFlags.privilege_withdrawn: "privilégio retirado",
    x509.ReasonFlags.aa_compromise: "autoridade de atributos comprometida",
    SUSPENSO: "suspenso pela certificadora",
}
SEM_MOTIVO = "motivo não informado"


class NaoServe(Exception):
    """Nothing may be concluded from this file; `args[0]` says why, for operations."""


@dataclass(frozen=True, slots=True)
class Revogacao:
    desde: dt.datetime
    motivo: str
    suspenso: bool  # may come back into force: only a list that is current proves it


@dataclass(frozen=True, slots=True)
class Lista:
    """Its issuer signed it. Whether it is still current is for the caller to ask."""

    numero: int | None
    this_update: dt.datetime
    next_update: dt.datetime
    _crl: x509.CertificateRevocationList

    @property
    def quantas(self) -> int:
        return len(self._crl)

    def find(self, series: Collection[int]) -> dict[int, Revogacao]:
        """Of these serial numbers, those that it names. One walk, which keeps nothing of the other entries."""
        found: dict[int, Revogacao] = {}
        for entry in self._crl:
            if entry.serial_number in series and (revogacao := _revogacao(entry)):
                found[entry.serial_number] = revogacao
        return found


def distribution_points(certificate: x509.Certificate) -> tuple[str, ...]:
    """The addresses of whole lists of the certificate's own issuer, in its order; what else there is, is left out.

    Left out are LDAP and other schemes, names relative to the issuer, lists of some reasons only or of others' issue.
    """
    points = attempt(lambda: certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value, ())
    names = [name for point in points if not (point.reasons or point.crl_issuer) for name in point.full_name or ()]
    uris = [name.value for name in names if isinstance(name, x509.UniformResourceIdentifier)]
    return tuple(dict.fromkeys(uri for uri in uris if uri.lower().startswith(("http:", "https:"))))[:MAIS_PONTOS]


def read(data: bytes, *, issuer: x509.Certificate, urls: Collection[str], at: dt.datetime) -> Lista:
    """Raises NaoServe. `issuer` is the authority, trusted already; `urls`, where its certificates say the list is."""
    crl = _parse(data)
    extensions = attempt(lambda: crl.extensions, None)
    if extensions is None:
        raise NaoServe("a lista tem extensões ilegíveis ou repetidas")
    if crl.issuer != issuer.subject:
        raise NaoServe("a lista é de outra certificadora")
    _judge_scope(extensions, urls)
    _judge_signature(crl, extensions, issuer)
    this_update, next_update = crl.last_update_utc, crl.next_update_utc
    if next_update is None:
        raise NaoServe("a lista não diz até quando vale (nextUpdate)")
    if this_update > at + FOLGA:
        raise NaoServe(f"a lista só vale a partir de {this_update:%d/%m/%Y %H:%M} UTC; confira o relógio do servidor")
    numero = attempt(lambda: extensions.get_extension_for_class(x509.CRLNumber).value.crl_number, None)
    return Lista(numero, this_update, next_update, crl)


def _parse(data: bytes) -> x509.CertificateRevocationList:
    if not data:
        raise NaoServe("o arquivo veio vazio")
    load = x509.load_pem_x509_crl if data.lstrip().startswith(b"-----BEGIN") else x509.load_der_x509_crl
    crl = attempt(partial(load, data), None)
    if crl is None:
        page = data.lstrip()[:1] == b"<"
        raise NaoServe("veio uma página da Web no lugar da lista" if page else "o arquivo não é uma lista de revogação")
    return crl


def _judge_scope(extensions: x509.Extensions, urls: Collection[str]) -> None:
    """Whole, direct, and about certificates of servers; an extension that we do not know may say that it is not."""
    for extension in extensions:
        scope = extension.value
        if isinstance(scope, x509.DeltaCRLIndicator):
            raise NaoServe("a lista só tem mudanças (lista delta)")
        if isinstance(scope, x509.IssuingDistributionPoint):
            _judge_point(scope, urls)
        elif extension.critical:
            raise NaoServe(f"a lista tem uma extensão crítica desconhecida ({extension.oid.dotted_string})")


def _judge_point(scope: x509.IssuingDistributionPoint, urls: Collection[str]) -> None:
    if scope.indirect_crl:
        raise NaoServe("a lista é indireta: reúne revogações de várias certificadoras")
    if scope.only_contains_ca_certs or scope.only_contains_attribute_certs or scope.only_some_reasons:
        raise NaoServe("a lista é parcial: não trata de todos os certificados finais ou de todos os motivos")
    named = {name.value for name in scope.full_name or () if isinstance(name, x509.UniformResourceIdentifier)}
    if named and not named & set(urls):
        raise NaoServe("a lista diz que é de outro endereço: pode tratar de outros certificados")


def _judge_signature(
    crl: x509.CertificateRevocationList, extensions: x509.Extensions, issuer: x509.Certificate
) -> None:
    if not attempt(lambda: _may_sign_lists(issuer), False):
        raise NaoServe("o certificado da certificadora não permite assinar listas (cRLSign)")
    if not isinstance(attempt(lambda: crl.signature_hash_algorithm, None), FORTES):
        raise NaoServe("a lista não está assinada com SHA-256, SHA-384 ou SHA-512")
    if not attempt(lambda: crl.is_signature_valid(issuer.public_key()), False):  # type: ignore[arg-type]  # or it raises
        key = "" if _same_key(extensions, issuer) else ", que foi feita com outra chave"
        raise NaoServe(f"a assinatura da lista não é da certificadora{key}")


def _may_sign_lists(issuer: x509.Certificate) -> bool:
    try:
        return issuer.extensions.get_extension_for_class(x509.KeyUsage).value.crl_sign
    except x509.ExtensionNotFound:
        return True


def _same_key(extensions: x509.Extensions, issuer: x509.Certificate) -> bool:
    """As far as the list itself says it."""
    theirs = attempt(lambda: extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value.key_identifier, None)
    ours = attempt(lambda: issuer.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest, None)
    return theirs == ours


def _revogacao(entry: x509.RevokedCertificate) -> Revogacao | None:
    """None where the entry takes a suspension back."""
    reason = attempt(lambda: entry.extensions.get_extension_for_class(x509.CRLReason).value.reason, None)
    if reason is x509.ReasonFlags.remove_from_crl:
        return None
    motivo = MOTIVOS.get(reason, SEM_MOTIVO)
    return Revogacao(entry.revocation_date_utc, motivo, reason is SUSPENSO)
