"""What the operator publishes: the authorities it allows, and its own certificates for automatic communication."""

from datetime import datetime
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from certificados import services as certificados
from portal.auditoria.services import act, record
from portal.contas.models import AutoridadePermitida, CertificadoDoOperador, Publicado
from portal.icp.domain.names import parse_name, short_name
from portal.kernel.errors import refusal
from portal.kernel.guard import attempt
from portal.kernel.text import visible

P = TypeVar("P", bound=Publicado)


@act()
def include_authority(data: bytes, *, site: str, by: str, now: datetime) -> AutoridadePermitida:
    row = AutoridadePermitida(site=site, **_facts(data, AutoridadePermitida, authority=True))
    return _include(row, "conta.autoridade_incluida", by=by, now=now)


@act()
def include_own(data: bytes, *, uso: str, by: str, now: datetime) -> CertificadoDoOperador:
    row = CertificadoDoOperador(uso=visible(uso, 199), **_facts(data, CertificadoDoOperador))
    return _include(row, "conta.certificado_publicado", by=by, now=now)


def _include(row: P, tipo: str, *, by: str, now: datetime) -> P:
    row.included_at, row.included_by = now, by
    row.save()
    record(tipo, at=now, ator=by, objeto=row.nome, sha256=row.sha256)
    return row


def _facts(data: bytes, model: type[Publicado], *, authority: bool = False) -> dict[str, Any]:
    facts = certificados.open_file(data)
    leitura = facts.leitura
    if leitura.der is None or leitura.count != 1 or facts.tbs is None or not (facts.valid_from and facts.valid_until):
        raise refusal(
            "arquivo", _("O arquivo precisa ser um único certificado (.cer, .crt ou .pem), sem chave privada.")
        )
    if authority and not facts.is_ca:
        raise refusal("arquivo", _("O certificado não é de uma autoridade: a lista é de quem emite certificados."))
    if model._default_manager.filter(sha256=facts.sha256).exists():
        raise refusal("arquivo", _("Este certificado já está na lista."))
    subject = facts.tbs.subject
    nome = attempt(lambda: short_name(parse_name(subject)), "") or str(facts.sha256)[:16]
    dates = {"valid_from": facts.valid_from, "valid_until": facts.valid_until}
    return {"nome": visible(nome, 199), "sha256": facts.sha256, "der": leitura.der, **dates}


@act()
def set_in_force(row: Publicado, *, ativo: bool, by: str, now: datetime) -> None:
    """Show it and count on it, or no longer; the row stays."""
    if row.ativo != ativo:
        row.ativo = ativo
        row.save(update_fields=["ativo"])
        record("conta.publicado_em_vigor", at=now, ator=by, objeto=row.nome, sha256=row.sha256, ativo=ativo)
