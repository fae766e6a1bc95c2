"""Notices that stopped being due, or are due again. Set by set, never row by row."""

from datetime import datetime

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.lookups import Exact

from certificados import selectors as certificados
from certificados.models import Certificado
from notificacoes.domain import motivos
from notificacoes.domain.marcos import ANTECEDENCIAS, next_tighter
from notificacoes.models import Aviso, Dispensa, Envio, Estado, Situacao, Tipo
from notificacoes.models.envio import Aberto
from notificacoes.services.devidos import CCEE, PARA_TODOS, bound
from portal import clock
from portal.agentes.acesso import in_force
from portal.agentes.models import Representacao, Usuario

ROLE = "agente__representacoes__"
# Sets to be made once and looked up in. As EXISTS, PostgreSQL would walk a partial index once for every row where its
# statistics are older than the rows, as they always are for what was planned a moment ago.
EM_VOO = Q(envio__in=Envio.objects.filter(Aberto("estado"), estado=Estado.ARRENDADA).values("pk"))
CARREGA = Q(pk__in=Aviso.objects.filter(situacao=Situacao.PLANEJADA, envio__isnull=False).values("envio"))


def settle(now: datetime) -> tuple[int, int]:
    """How many were superseded and cancelled. Where nothing is planned there is nothing to ask."""
    superados = cancelados = 0
    planned = _planned().exists()
    if planned:
        superados, cancelados = _supersede(now), _cancel(now)
    if _unsent().exists():
        _empty()
    revived = _given_up(now).exists() and _revive(now)
    if planned or revived:
        _release()
    return superados, cancelados


def _planned() -> QuerySet[Aviso]:
    return Aviso.objects.filter(situacao=Situacao.PLANEJADA).order_by()


def _unsent() -> QuerySet[Envio]:
    waiting = (Estado.PENDENTE, Estado.EM_DUVIDA)
    return Envio.objects.filter(Aberto("estado"), estado__in=waiting, tipo=Tipo.VENCIMENTO).order_by()


def _given_up(now: datetime) -> QuerySet[Aviso]:
    rows = Aviso.objects.filter(situacao=Situacao.CANCELADA, motivo__in=motivos.REVERSIVEIS, vence_em__gte=now)
    return rows.order_by()


def _supersede(now: datetime) -> int:
    """What a tighter lead overtook before it was sent. A message in a worker's hand is left to the worker."""
    overtaken = Q()
    for lead in ANTECEDENCIAS:
        if tighter := next_tighter(lead):
            overtaken |= Q(antecedencia=lead, vence_em__lt=bound(tighter, now))
    rows = _planned().filter(overtaken, ~EM_VOO, vence_em__gte=now)
    return rows.update(situacao=Situacao.SUPERADA, motivo=motivos.SUPERADO, settled_at=now)


def _cancel(now: datetime) -> int:
    """What is no longer due, with the first reason that holds."""
    gone = {"situacao": Situacao.CANCELADA, "settled_at": now}
    rows = _planned().filter(~EM_VOO)
    ended = rows.filter(vence_em__lt=now).update(motivo=motivos.VENCEU, **gone)
    reasons = (
        When(~_in_service(), then=Value(motivos.FORA_DE_SERVICO)),
        When(~_active(), then=Value(motivos.PESSOA_INATIVA)),
        When(~_represents(now), then=Value(motivos.NAO_REPRESENTA)),
    )
    motivo = Case(*reasons, default=Value(motivos.DISPENSADA))
    return ended + rows.filter(~_due(now)).update(motivo=motivo, **gone)


def _empty() -> None:
    """Messages left with nothing to say."""
    doubtful = When(estado=Estado.EM_DUVIDA, then=Value(motivos.SEM_AVISOS_EM_DUVIDA))
    motivo = Case(doubtful, default=Value(motivos.SEM_AVISOS))
    _unsent().filter(~CARREGA).update(estado=Estado.CANCELADA, motivo=motivo, proxima_at=None)


def _release() -> None:
    """A notice that its message in the end did not tell, because for a moment it was not due, waits for another."""
    still_open = Q(envio__in=Envio.objects.filter(Aberto("estado")).values("pk"))
    _planned().filter(~still_open, envio__isnull=False).update(envio=None, motivo=motivos.DE_NOVO)


def _revive(now: datetime) -> int:
    """Somebody who was disabled, ended or excused came back while the notice still holds: it is owed again."""
    current = Q()
    for lead in ANTECEDENCIAS:
        current |= Q(antecedencia=lead, vence_em__gte=bound(next_tighter(lead), now))
    same = Exists(Envio.objects.filter(pk=OuterRef("envio"), estado=Estado.CANCELADA))
    revived = (
        _given_up(now)
        .filter(current, _due(now), ~EM_VOO)
        .update(
            situacao=Situacao.PLANEJADA,
            motivo=motivos.DE_NOVO,
            settled_at=None,
            envio=Case(When(same, then=F("envio")), default=None),
        )
    )
    if revived:
        _reopen()
    return revived


def _reopen() -> None:
    """The same message with the same Message-ID: what may have got through before would show as a repeat."""
    unsettled = Q(motivo=motivos.SEM_AVISOS_EM_DUVIDA) | Q(motivo__endswith=motivos.TALVEZ)
    doubtful = When(unsettled, then=Value(Estado.EM_DUVIDA.value))
    Envio.objects.filter(CARREGA, tipo=Tipo.VENCIMENTO, estado=Estado.CANCELADA).update(
        estado=Case(doubtful, default=Value(Estado.PENDENTE.value)), motivo=""
    )


def _due(now: datetime) -> Exists:
    """The certificate is in service, and the person still one of those to be told of it. One look for all of it."""
    excused = Exists(Dispensa.objects.filter(usuario=OuterRef(OuterRef("destinatario"))))
    looks = Q(Exact(OuterRef("antecedencia"), Value(PARA_TODOS))) & ~excused
    person = {"usuario": OuterRef("destinatario"), "usuario__is_active": True}
    rows = (
        certificados.in_service()
        .order_by()
        .filter(
            in_force(clock.local_date(now), ROLE),
            Q(**{f"{ROLE}papel": CCEE}) | looks,
            pk=OuterRef("certificado"),
            **{f"{ROLE}{name}": value for name, value in person.items()},
        )
    )
    return Exists(rows)


def _in_service() -> Exists:
    return Exists(certificados.in_service().filter(pk=OuterRef("certificado")))


def _active() -> Exists:
    return Exists(Usuario.objects.filter(pk=OuterRef("destinatario"), is_active=True))


def _represents(now: datetime) -> Q:
    """In a role that is told at that lead."""
    agente = Subquery(Certificado.objects.order_by().filter(pk=OuterRef(OuterRef("certificado"))).values("agente"))
    rows = Representacao.objects.filter(in_force(clock.local_date(now)), usuario=OuterRef("destinatario"))
    rows = rows.filter(agente=agente)
    return Q(Exists(rows.filter(papel=CCEE))) | Q(Q(antecedencia=PARA_TODOS), Exists(rows))
