"""Notices about activities of contracts: which are owed, and which no longer are. Set by set, never row by row."""

from datetime import date, datetime

from django.conf import settings
from django.db.models import Case, DateTimeField, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.lookups import Exact

from contratos.acesso import held_by_ccee
from contratos.domain.andamento import Situacao as Andamento
from contratos.domain.procedimentos import Responsavel
from contratos.models import Atividade
from notificacoes.domain import marcos, motivos
from notificacoes.domain.momentos import reach
from notificacoes.models import Envio, Estado, Lembrete, Momento, Situacao
from notificacoes.models.envio import ABERTOS
from notificacoes.services.em_massa import insert_from
from portal import clock
from portal.agentes.acesso import in_force
from portal.agentes.models import Papel, Representacao, Usuario
from portal.calendario.selectors import calendar
from portal.kernel.business_days import Calendario, ForaDoCalendario

ABERTA = Andamento.ABERTA.value
EM_VOO = Q(envio__in=Envio.objects.filter(estado=Estado.ARRENDADA).values("pk"))
REVERSIVEIS = (motivos.PESSOA_INATIVA, motivos.NAO_REPRESENTA)
LADOS = {
    "fluxo__contrato__vendedor": (Responsavel.VENDEDOR, Responsavel.AGENTES),
    "fluxo__contrato__comprador": (Responsavel.COMPRADOR, Responsavel.AGENTES),
    "fluxo__solicitante": (Responsavel.SOLICITANTE,),
    "fluxo__sucessora": (Responsavel.SUCESSORA,),
}
AS_PARTES = ("fluxo__contrato__vendedor", "fluxo__contrato__comprador")  # told of each other's delays (3.21)


def notice_day(now: datetime) -> date:
    """The day whose notices may go: before eight in the morning it is still yesterday."""
    return marcos.notice_day(clock.local(now))


def plan_activities(now: datetime) -> int:
    """The moment that each open activity has reached, for those who hold it; a delay for both sides."""
    if not Atividade.objects.filter(situacao=ABERTA).exists():
        return 0  # the three questions below cost more than all of the certificates'
    return sum(_plan_side(lado, now=now) for lado in LADOS)


def _plan_side(lado: str, *, now: datetime) -> int:
    role = f"{lado}__representacoes__"
    person = {f"{role}papel": Papel.REPRESENTANTE_CCEE, f"{role}usuario__is_active": True}
    rows = Atividade.objects.filter(situacao=ABERTA).annotate(momento=_moment(now)).filter(concerns(lado))
    rows = rows.filter(in_force(clock.local_date(now), role), **person).annotate(pessoa=F(f"{role}usuario"))
    told = Lembrete.objects.filter(atividade=OuterRef("pk"), destinatario=OuterRef("pessoa")).filter(
        Q(Exact(OuterRef("momento"), Value(Momento.ABERTURA.value)))
        | Q(momento__gte=OuterRef("momento"), vence_em=OuterRef("vence_em"))
    )
    return insert_from(
        Lembrete,
        rows.filter(~Exists(told)),
        atividade=F("pk"),
        momento=F("momento"),
        destinatario=F("pessoa"),
        vence_em=F("vence_em"),
        created_at=Value(now, DateTimeField()),
    )


def _moment(now: datetime, prefix: str = "") -> Case:
    """The latest that it has reached. `prefix`: the way to the activity."""
    alcance, hoje = reach(notice_day(now), settings.PRAZO_AVISO_DU, _calendar()), clock.local_date(now)
    vence = f"{prefix}vence_em"
    reached = [
        When(**{f"{vence}__lte": alcance.atraso_ate}, then=Value(Momento.ATRASO.value)),
        When(**{f"{vence}__gt": hoje, f"{vence}__lte": alcance.antes_ate}, then=Value(Momento.ANTES.value)),
    ]
    if alcance.dia == hoje:
        reached.append(When(**{vence: hoje}, then=Value(Momento.NO_DIA.value)))
    return Case(*reached, default=Value(Momento.ABERTURA.value), output_field=IntegerField())


def _calendar() -> Calendario | None:
    try:
        return calendar()
    except ForaDoCalendario:
        return None


def concerns(lado: str, prefix: str = "") -> Q:
    """Activities with a `momento` that this side is told of."""
    holds = Q(**{f"{prefix}responsavel__in": [each.value for each in LADOS[lado]]})
    if lado not in AS_PARTES:
        return holds
    return holds | (Q(momento=Momento.ATRASO.value) & ~held_by_ccee(prefix))


def settle(now: datetime) -> tuple[int, int]:
    """How many were overtaken and cancelled."""
    overtaken = cancelled = 0
    planned = _planned().exists()
    if planned:
        overtaken, cancelled = _overtake(now), _cancel(now)
    if _revive(now) or planned:
        _release()
    return overtaken, cancelled


def _planned() -> QuerySet[Lembrete]:
    return Lembrete.objects.filter(situacao=Situacao.PLANEJADA).order_by()


def _overtake(now: datetime) -> int:
    """By a later moment, planned right after this, or a new due date. What a worker has in hand is left to it."""
    rows, gone = _planned().filter(~EM_VOO), {"situacao": Situacao.SUPERADA, "settled_at": now}
    moved = rows.filter(~Q(atividade__vence_em=F("vence_em")), momento__gt=Momento.ABERTURA)
    later = rows.annotate(agora=_moment(now, "atividade__")).filter(agora__gt=F("momento"))
    count = moved.update(motivo=motivos.PRAZO_MUDOU, **gone)
    return count + later.update(motivo=motivos.MOMENTO_POSTERIOR, **gone)


def _cancel(now: datetime) -> int:
    """What is no longer due, with the first reason that holds."""
    reasons = (
        When(~Exists(_open_activity()), then=Value(motivos.ATIVIDADE_ENCERRADA)),
        When(~Exists(_active()), then=Value(motivos.PESSOA_INATIVA)),
    )
    motivo = Case(*reasons, default=Value(motivos.NAO_REPRESENTA))
    rows = _planned().filter(~EM_VOO).filter(~_due(now))
    return rows.update(motivo=motivo, situacao=Situacao.CANCELADA, settled_at=now)


def _revive(now: datetime) -> int:
    """Somebody who was disabled or whose representation ended came back while the activity is still open."""
    rows = Lembrete.objects.filter(situacao=Situacao.CANCELADA, motivo__in=REVERSIVEIS).order_by()
    if not rows.exists():
        return 0
    again = {"situacao": Situacao.PLANEJADA, "motivo": motivos.DE_NOVO, "settled_at": None, "envio": None}
    same_date = Q(atividade__vence_em=F("vence_em")) | Q(momento=Momento.ABERTURA)
    return rows.filter(same_date, _due(now)).update(**again)


def _release() -> None:
    """One that its message in the end did not tell waits for another."""
    still_open = Q(envio__in=Envio.objects.filter(estado__in=ABERTOS).values("pk"))
    _planned().filter(~still_open, envio__isnull=False).update(envio=None)


def _due(now: datetime) -> Q:
    """The activity is open, and the person still one of those to be told of it."""
    sides = Q()
    for lado in LADOS:
        people = Representacao.objects.filter(
            in_force(clock.local_date(now)),
            papel=Papel.REPRESENTANTE_CCEE,
            usuario=OuterRef("destinatario"),
            usuario__is_active=True,
            agente=OuterRef(f"atividade__{lado}"),
        )
        sides |= concerns(lado, "atividade__") & Q(Exists(people))
    return Q(atividade__situacao=ABERTA) & sides


def _open_activity() -> QuerySet[Atividade]:
    return Atividade.objects.filter(pk=OuterRef("atividade"), situacao=ABERTA)


def _active() -> QuerySet[Usuario]:
    return Usuario.objects.filter(pk=OuterRef("destinatario"), is_active=True)


def time_changed(since: datetime, now: datetime) -> bool:
    """Whether time alone may have brought an activity to another moment."""
    return (notice_day(since), clock.local_date(since)) != (notice_day(now), clock.local_date(now))
