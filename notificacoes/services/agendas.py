"""Calendar feeds: a secret address is made, used, and revoked. The secret itself is kept nowhere."""

import secrets
from datetime import datetime, timedelta

from notificacoes.models import Agenda
from notificacoes.selectors.agendas import digest
from portal import clock
from portal.agentes import acesso
from portal.agentes.acesso import Ator
from portal.agentes.models import Agente
from portal.auditoria.services import act, record
from portal.kernel.errors import Conflict, Forbidden, NotFound

LIMITE = 20
HORA = timedelta(hours=1)
TODAS = "todas as empresas"
SO_REPRESENTANTES = (
    "A agenda traz os vencimentos das empresas que você representa, e hoje você não representa nenhuma. "
    "Quem cadastra representantes é o atendimento."
)


@act()
def create_agenda(agente: Agente | None, *, ator: Ator, now: datetime) -> tuple[Agenda, str]:
    """A feed of that company, or of all that the person represents (None), and its secret, told only here."""
    own = acesso.represented(ator, on=clock.local_date(now))
    if ator.usuario is None or not own.exists():
        raise Forbidden(SO_REPRESENTANTES)
    if agente is not None and not own.filter(pk=agente.pk).exists():
        raise NotFound
    if Agenda.objects.filter(usuario=ator.usuario, revoked_at=None).count() >= LIMITE:
        raise Conflict(f"Você já tem {LIMITE} endereços de agenda. Revogue um que não usa mais e crie o novo.")
    segredo = secrets.token_urlsafe(32)
    agenda = Agenda.objects.create(usuario=ator.usuario, agente=agente, sha256=digest(segredo), created_at=now)
    _record("agenda.criada", agenda, ator=ator, now=now)
    return agenda, segredo


@act()
def revoke_agenda(pk: int, *, ator: Ator, now: datetime) -> None:
    """It answers no more, from now on. NotFound for another person's, and for one revoked before."""
    rows = Agenda.objects.select_for_update(of=("self",)).select_related("agente")
    agenda = rows.filter(pk=pk, usuario=ator.usuario, revoked_at=None).first()
    if agenda is None:
        raise NotFound("Este endereço de agenda não existe mais.")
    agenda.revoked_at = now
    agenda.save(update_fields=["revoked_at"])
    _record("agenda.revogada", agenda, ator=ator, now=now)


def _record(tipo: str, agenda: Agenda, *, ator: Ator, now: datetime) -> None:
    cnpj, objeto = (agenda.agente.cnpj, agenda.agente.sigla) if agenda.agente else ("", TODAS)
    record(tipo, at=now, ator=ator.nome, cnpj=cnpj, objeto=objeto, agenda=agenda.pk)


def touch_agenda(agenda: Agenda, *, now: datetime) -> None:
    """Last use, to the hour: a calendar that asks every minute does not write every minute."""
    if agenda.last_used_at is None or not timedelta() <= now - agenda.last_used_at < HORA:
        Agenda.objects.filter(pk=agenda.pk).update(last_used_at=now)
