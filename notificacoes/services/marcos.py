"""Notices owed: those of the leads reached, less those that stopped being due. Set by set, never row by row."""

from datetime import date, datetime, timedelta

from django.db.models import Case, CharField, DateTimeField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import TruncDate

from certificados import selectors as certificados
from certificados.models import Certificado
from notificacoes.domain import motivos
from notificacoes.domain.marcos import ANTECEDENCIAS, HORA_DO_AVISO, next_tighter
from notificacoes.models import Aviso, Dispensa, Envio, Estado, Situacao, Tipo
from notificacoes.models.envio import ABERTOS
from notificacoes.services.em_massa import insert_from
from portal import clock
from portal.agentes.acesso import in_force
from portal.agentes.models import Papel, Representacao, Usuario

PARA_TODOS = min(ANTECEDENCIAS)  # at this lead those who only look are told too
CCEE = Papel.REPRESENTANTE_CCEE
# Sets to be made once and looked up in. As EXISTS, PostgreSQL would walk a partial index once for every row where its
# statistics are older than the rows, as they always are for what was planned a moment ago.
EM_VOO = Q(envio__in=Envio.objects.filter(estado=Estado.ARRENDADA).values("pk"))
CARREGA = Q(pk__in=Aviso.objects.filter(situacao=Situacao.PLANEJADA, envio__isnull=False).values("envio"))


def notice_day(now: datetime) -> date:
    """The day whose notices may go: before eight in the morning it is still yesterday."""
    return clock.local_date(now - timedelta(hours=HORA_DO_AVISO))


def reach(now: datetime, *, since: datetime | None = None) -> int:
    """A row per certificate and person for the tightest lead reached, and one for each wider one, told in it.

    With `since`, only of the certificates that reached a lead after it.
    """
    written = sum(_reach(lead, now=now, since=since) for lead in ANTECEDENCIAS)
    return written + (sum(_missed(lead, now=now) for lead in ANTECEDENCIAS if lead != PARA_TODOS) if written else 0)


def _reach(lead: int, *, now: datetime, since: datetime | None) -> int:
    first = max(_bound(next_tighter(lead), now), _bound(lead, since) if since else now)
    if first >= _bound(lead, now):
        return 0
    owed = _recipients(lead, now=now).filter(valid_until__gte=first)
    return insert_from(
        Aviso,
        owed.filter(~_written(lead, OuterRef("pk"), OuterRef("pessoa"), OuterRef("valid_until"))),
        certificado=F("pk"),
        antecedencia=Value(lead),
        destinatario=F("pessoa"),
        vence_em=F("valid_until"),
        created_at=Value(now, DateTimeField()),
    )


def _written(lead: int, certificado: OuterRef, pessoa: OuterRef, vence_em: OuterRef) -> Exists:
    rows = Aviso.objects.filter(antecedencia=lead, certificado=certificado, destinatario=pessoa, vence_em=vence_em)
    return Exists(rows)


def _missed(lead: int, *, now: datetime) -> int:
    """Of the notices just written, those whose person should have had this wider one before."""
    role = "certificado__agente__representacoes"
    new = Aviso.objects.filter(situacao=Situacao.PLANEJADA, envio=None, antecedencia__lt=lead)
    late = new.filter(
        in_force(clock.local_date(now), f"{role}__"), **{f"{role}__usuario": F("destinatario"), f"{role}__papel": CCEE}
    ).filter(~_written(lead, OuterRef("certificado"), OuterRef("destinatario"), OuterRef("vence_em")))
    due = TruncDate(F("vence_em") - timedelta(days=lead))
    reasons = (
        When(Q(certificado__included_at__date__gt=due), then=Value(motivos.ANTES_DA_INCLUSAO)),
        When(Q(representa_desde__gt=due), then=Value(motivos.ANTES_DA_REPRESENTACAO)),
    )
    return insert_from(
        Aviso,
        late.annotate(representa_desde=F(f"{role}__desde")),
        certificado=F("certificado"),
        antecedencia=Value(lead),
        destinatario=F("destinatario"),
        vence_em=F("vence_em"),
        situacao=Value(Situacao.SUPERADA.value),
        motivo=Case(*reasons, default=Value(motivos.FORA_DO_DIA), output_field=CharField()),
        created_at=Value(now, DateTimeField()),
        settled_at=Value(now, DateTimeField()),
    )


def _recipients(lead: int, *, now: datetime) -> QuerySet[Certificado]:
    """Certificates that reached the lead, once per role of each person to be told (`pessoa`)."""
    role = "agente__representacoes"
    rows = certificados.in_service().filter(valid_until__gte=now, valid_until__lt=_bound(lead, now))
    rows = rows.filter(in_force(clock.local_date(now), f"{role}__"), **{f"{role}__usuario__is_active": True})
    rows = rows.annotate(pessoa=F(f"{role}__usuario"), papel=F(f"{role}__papel"))
    if lead != PARA_TODOS:
        return rows.filter(papel=CCEE)
    return rows.filter(Q(papel=CCEE) | ~Exists(Dispensa.objects.filter(usuario=OuterRef("pessoa"))))


def _bound(lead: int | None, now: datetime) -> datetime:
    """Certificates that end before it have reached the lead; with no lead, none have."""
    return now if lead is None else certificados.end_of_day(notice_day(now) + timedelta(days=lead))


def supersede(now: datetime) -> int:
    """What a tighter lead overtook before it was sent. A message in a worker's hand is left to the worker."""
    overtaken = Q()
    for lead in ANTECEDENCIAS:
        if tighter := next_tighter(lead):
            overtaken |= Q(antecedencia=lead, vence_em__lt=_bound(tighter, now))
    rows = Aviso.objects.filter(overtaken, ~EM_VOO, situacao=Situacao.PLANEJADA, vence_em__gte=now)
    return rows.update(situacao=Situacao.SUPERADA, motivo=motivos.SUPERADO, settled_at=now)


def cancel(now: datetime) -> int:
    """What is no longer due, with the first reason that holds."""
    planned = Aviso.objects.filter(~EM_VOO, situacao=Situacao.PLANEJADA)
    reasons = (
        (motivos.VENCEU, Q(vence_em__lt=now)),
        (motivos.FORA_DE_SERVICO, ~_in_service()),
        (motivos.PESSOA_INATIVA, ~_active()),
        (motivos.NAO_REPRESENTA, ~_represents(now, papel=CCEE) & ~(Q(antecedencia=PARA_TODOS) & _represents(now))),
        (motivos.DISPENSADA, ~_represents(now, papel=CCEE) & _excused()),
    )
    gone = {"situacao": Situacao.CANCELADA, "settled_at": now}
    return sum(planned.filter(condition).update(motivo=motivo, **gone) for motivo, condition in reasons)


def empty() -> int:
    """Messages left with nothing to say."""
    doubtful = When(estado=Estado.EM_DUVIDA, then=Value(motivos.SEM_AVISOS_EM_DUVIDA))
    motivo = Case(doubtful, default=Value(motivos.SEM_AVISOS))
    rows = Envio.objects.filter(~CARREGA, tipo=Tipo.VENCIMENTO, estado__in=(Estado.PENDENTE, Estado.EM_DUVIDA))
    return rows.update(estado=Estado.CANCELADA, motivo=motivo, proxima_at=None)


def release() -> int:
    """A notice that its message in the end did not tell, because for a moment it was not due, waits for another."""
    still_open = Q(envio__in=Envio.objects.filter(estado__in=ABERTOS).values("pk"))
    waiting = Aviso.objects.filter(situacao=Situacao.PLANEJADA, envio__isnull=False)
    return waiting.filter(~still_open).update(envio=None, motivo=motivos.DE_NOVO)


def revive(now: datetime) -> int:
    """Somebody who was disabled, ended or excused came back while the notice still holds: it is owed again."""
    current = Q()
    for lead in ANTECEDENCIAS:
        current |= Q(antecedencia=lead, vence_em__gte=_bound(next_tighter(lead), now))
    entitled = _represents(now, papel=CCEE) | (Q(antecedencia=PARA_TODOS) & _represents(now) & ~_excused())
    gone = Aviso.objects.filter(situacao=Situacao.CANCELADA, motivo__in=motivos.REVERSIVEIS, vence_em__gte=now)
    same = Exists(Envio.objects.filter(pk=OuterRef("envio"), estado=Estado.CANCELADA))
    revived = gone.filter(current, entitled, _active(), _in_service(), ~EM_VOO).update(
        situacao=Situacao.PLANEJADA,
        motivo=motivos.DE_NOVO,
        settled_at=None,
        envio=Case(When(same, then=F("envio")), default=None),
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


def _in_service() -> Exists:
    return Exists(certificados.in_service().filter(pk=OuterRef("certificado")))


def _active() -> Exists:
    return Exists(Usuario.objects.filter(pk=OuterRef("destinatario"), is_active=True))


def _represents(now: datetime, **papel: str) -> Exists:
    agente = Subquery(Certificado.objects.order_by().filter(pk=OuterRef(OuterRef("certificado"))).values("agente"))
    rows = Representacao.objects.filter(in_force(clock.local_date(now)), usuario=OuterRef("destinatario"), **papel)
    return Exists(rows.filter(agente=agente))


def _excused() -> Exists:
    return Exists(Dispensa.objects.filter(usuario=OuterRef("destinatario")))
