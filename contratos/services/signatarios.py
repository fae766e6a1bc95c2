"""Who signs for a party. The party answers for what it states (3.13.2); who stated it, and when, is kept."""

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from stdnum.br import cpf as cpfs
from stdnum.exceptions import ValidationError as NotACpf

from contratos import acesso
from contratos.assinatura.pessoas import hide
from contratos.domain.contrato import CCEE_ACER
from contratos.models import Contrato, Signatario
from contratos.services.trilha import note
from portal import clock
from portal.agentes.acesso import Ator
from portal.agentes.models import Agente
from portal.auditoria.services import act
from portal.kernel.errors import Conflict, DomainError, NotFound


@act()
def designate(
    contrato: Contrato,
    agente: Agente | None,
    *,
    nome: str,
    cpf: str,
    email: str,
    desde: date,
    ator: Ator,
    now: datetime,
) -> Signatario:
    """For that party in all its contracts; `agente` None: for CCEE, the other side of a contract of reserve energy."""
    _require(contrato, agente, ator=ator, now=now)
    number = _cpf(cpf)
    if _in_office(agente, number, on=clock.local_date(now)):
        raise Conflict(f"{nome} já é signatário de {_name(agente)}.")
    signatario = Signatario(
        agente=agente, nome=nome.strip(), cpf=number, email=email, desde=desde, stated_at=now, stated_by=ator.nome
    )
    try:
        signatario.full_clean()
    except ValidationError as error:
        raise DomainError("Confira o signatário.", erros=error.message_dict) from error
    signatario.save()
    note(contrato, "signatario_indicado", by=ator.nome, now=now, **_said(signatario), desde=desde.isoformat())
    return signatario


@act()
def dismiss(contrato: Contrato, pk: int, *, ator: Ator, now: datetime) -> Signatario:
    """From today on; signatures made before stay as they are."""
    today = clock.local_date(now)
    signatario = Signatario.objects.select_for_update(of=("self",)).filter(pk=pk).select_related("agente").first()
    if signatario is None or signatario.agente not in _sides(contrato):
        acesso.find(ator, contrato.numero, now=now)
        raise NotFound("Este signatário não é de uma parte do contrato.")
    _require(contrato, signatario.agente, ator=ator, now=now)
    if signatario.ate is not None:
        raise Conflict(f"{signatario.nome} já deixou de ser signatário em {signatario.ate:%d/%m/%Y}.")
    signatario.ate = max(signatario.desde, today - timedelta(days=1))
    signatario.save(update_fields=["ate"])
    note(contrato, "signatario_encerrado", by=ator.nome, now=now, **_said(signatario), ate=signatario.ate.isoformat())
    return signatario


def _require(contrato: Contrato, agente: Agente | None, *, ator: Ator, now: datetime) -> None:
    if agente is None:
        acesso.require_ccee(ator, contrato, now=now)
    else:
        acesso.require_party(ator, contrato, agente, now=now)
    if agente not in _sides(contrato):
        raise NotFound("Esta empresa não é parte do contrato.")


def _sides(contrato: Contrato) -> list[Agente | None]:
    return [contrato.vendedor, contrato.comprador, *acesso.coming(contrato)]


def _cpf(text: str) -> str:
    try:
        return str(cpfs.validate(text))
    except NotACpf as error:
        message = "Este CPF não existe: confira os 11 algarismos, os dois últimos são de conferência."
        raise DomainError("Confira o CPF.", erros={"cpf": [message]}) from error


def _in_office(agente: Agente | None, cpf: str, *, on: date) -> bool:
    rows = Signatario.objects.filter(agente=agente, cpf=cpf)
    return rows.filter(ate=None).exists() or rows.filter(ate__gte=on).exists()


def _said(signatario: Signatario) -> dict[str, str]:
    """The CPF is masked: the trail is read by both sides."""
    return {"parte": _name(signatario.agente), "nome": signatario.nome, "cpf": hide(signatario.cpf)}


def _name(agente: Agente | None) -> str:
    return agente.sigla if agente else CCEE_ACER
