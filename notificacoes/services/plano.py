"""The plan: whatever happened since the last look, the rows are brought to say what is owed now.

Nothing depends on running on the right day, or once: every step asks what is missing and adds that. Beat runs it
every half minute; run by hand, twice, or in two places at once it changes nothing more.

A complete look asks it of every certificate that ends within thirty days. A quick one, while the ledger says that
neither people nor certificates changed, only of those that time has brought to a lead since the look before.
"""

from dataclasses import astuple, dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from contratos.models import Contrato
from notificacoes.models import Varredura
from notificacoes.services import (
    agrupamento,
    avisos_de_pares,
    convites,
    fatos,
    lembretes,
    marcos,
    resumos,
    tarefas,
    tarefas_de_contratos,
    tarefas_de_listas,
    vencidos,
)
from portal.auditoria.services import act

COMPLETA = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Plano:
    """What one look changed."""

    excluidos: int = 0  # certificates that left service because they ended
    avisos: int = 0  # notices written, to be sent or told in a tighter one
    superados: int = 0
    cancelados: int = 0
    mensagens: int = 0
    tarefas: int = 0

    def __bool__(self) -> bool:
        return any(astuple(self))

    def __add__(self, other: "Plano") -> "Plano":
        return Plano(*(mine + theirs for mine, theirs in zip(astuple(self), astuple(other), strict=True)))


def plan(*, now: datetime, complete: bool = True) -> Plano:
    """Two at once take turns. Each step holds alone if the next one fails."""
    excluidos = vencidos.remove_expired(now)
    superados, cancelados = _settle(now)
    with transaction.atomic():
        varredura = _lock()
        leitura = fatos.read_ledger(after=varredura.evento, now=now)
        since = None if complete or leitura.mudou else _last_look(varredura, now)
        avisos, mensagens = agrupamento.gather(now, since=since)
        abertas = tarefas.open_tasks(now, since=since) + _tell_of_lists(varredura.evento, leitura, since=since, now=now)
        mensagens += leitura.criados + convites.plan_invitations(now)
        if settings.MERCADO.contas:  # where nobody has an account nothing is asked
            mensagens += avisos_de_pares.plan_pairs(now)
        plano = Plano(excluidos, avisos, superados, cancelados, mensagens, abertas)
        if Contrato.objects.exists():  # asked after the ledger: whatever is read there of contracts finds them here
            plano += _plan_contracts(leitura, since=since, now=now)
        varredura.at, varredura.evento = now, leitura.ate
        varredura.completa_at = varredura.completa_at if since else now
        varredura.save()
    return plano


def _tell_of_lists(after: int, leitura: fatos.Leitura, *, since: datetime | None, now: datetime) -> int:
    found = tarefas_de_listas.open_revoked(after=after, until=leitura.ate, now=now) if leitura.ate > after else 0
    return found + (tarefas_de_listas.open_stale(now) if since is None else 0)


def _plan_contracts(leitura: fatos.Leitura, *, since: datetime | None, now: datetime) -> Plano:
    avisos = abertas = 0
    if since is None or leitura.andou or lembretes.time_changed(since, now):
        avisos, abertas = lembretes.plan_activities(now), tarefas_de_contratos.open_tasks(now)
    return Plano(avisos=avisos, mensagens=resumos.gather(leitura.contratos, now=now), tarefas=abertas)


def _last_look(varredura: Varredura, now: datetime) -> datetime | None:
    """None where it is time for a complete one: for what changed behind the ledger's back."""
    if varredura.at is None or varredura.completa_at is None or not varredura.completa_at <= varredura.at <= now:
        return None
    return varredura.at if now - varredura.completa_at < COMPLETA else None


@act()
def _settle(now: datetime) -> tuple[int, int]:
    """Under the ledger's lock like whoever writes down a result: both touch the same rows, in whatever order."""
    superados, cancelados = marcos.settle(now)
    if Contrato.objects.exists():
        ultrapassados, encerrados = lembretes.settle(now)
        superados, cancelados = superados + ultrapassados, cancelados + encerrados
        tarefas_de_contratos.close_done(now)
    tarefas_de_listas.close_done(now)
    convites.drop_invitations(now)
    return superados, cancelados


def _lock() -> Varredura:
    """So that two at once take turns. Not for the rows' sake: those the database keeps unique by itself.

    Without it the second one would do all the work for nothing, might leave a message with nothing to tell for the
    next look to cancel, and could write down that it had read less of the ledger than the first.
    """
    rows = Varredura.objects.select_for_update().filter(id=1)
    varredura = rows.first()
    if varredura is None:
        Varredura.objects.get_or_create(id=1)
        varredura = rows.get()
    return varredura
