"""Securities of a contract: presented by the seller, or said not to apply by CCEE (3.3)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError

from contratos import acesso
from contratos.models import Garantia
from contratos.services.trilha import note
from portal.agentes.acesso import Ator
from portal.auditoria.services import act
from portal.kernel.errors import DomainError

TERMOS = ("aplicavel", "motivo", "valor", "vale_de", "vale_ate", "instrumento")


@act()
def save_guarantee(garantia: Garantia, dados: Mapping[str, Any], *, ator: Ator, now: datetime) -> Garantia:
    """New, presented or renewed. Whether one applies is CCEE's to say: a seller must not open its own gate."""
    contrato = garantia.contrato
    acesso.require_party(ator, contrato, contrato.vendedor, now=now)
    before = Garantia.objects.filter(pk=garantia.pk).first()
    for nome, value in dados.items():
        setattr(garantia, nome, value)
    if (garantia.aplicavel, garantia.motivo) != _applies(before):
        acesso.require_ccee(ator, contrato, now=now)
    erros = _problems(garantia)
    if erros:
        raise DomainError("Confira a garantia.", erros=erros)
    _present(garantia, by=ator.nome, now=now)
    garantia.save()
    note(contrato, "garantia", by=ator.nome, now=now, garantia=garantia.nome, **_changes(before, garantia))
    return garantia


def _applies(before: Garantia | None) -> tuple[bool, str]:
    return (before.aplicavel, before.motivo) if before else (True, "")


def _problems(garantia: Garantia) -> dict[str, list[str]]:
    if garantia.aplicavel:
        missing = [nome for nome in ("instrumento", "vale_de", "vale_ate") if not getattr(garantia, nome)]
        problems = {nome: ["Informe este campo."] for nome in missing}
        if garantia.vale_de and garantia.vale_ate and garantia.vale_ate < garantia.vale_de:
            problems["vale_ate"] = ["A garantia terminaria antes de começar."]
    else:
        problems = {} if garantia.motivo.strip() else {"motivo": ["Diga por que não se aplica: fica na trilha."]}
    if Garantia.objects.filter(contrato=garantia.contrato, nome=garantia.nome).exclude(pk=garantia.pk).exists():
        problems["nome"] = ["O contrato já tem uma garantia com este nome: atualize-a."]
    try:
        garantia.full_clean(exclude=list(problems), validate_constraints=False)
    except ValidationError as error:
        problems |= error.message_dict
    return problems


def _present(garantia: Garantia, *, by: str, now: datetime) -> None:
    if garantia.aplicavel:
        garantia.presented_at, garantia.presented_by = now, by


def _changes(before: Garantia | None, after: Garantia) -> dict[str, Any]:
    kept = [nome for nome in TERMOS if getattr(before, nome, None) != getattr(after, nome)]
    return {nome: _plain(getattr(after, nome)) for nome in kept}


def _plain(value: Any) -> Any:
    return value if isinstance(value, bool) else str(value) if value is not None else None
