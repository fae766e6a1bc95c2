"""What operations must do by hand about certificates that end: the last business day before, the day itself."""

from datetime import date, datetime, timedelta

from django.db.models import Case, DateTimeField, Exists, F, OuterRef, Q, QuerySet, Value, When

from certificados import selectors as certificados
from certificados.models import Certificado
from notificacoes.domain.marcos import ANTECEDENCIAS
from notificacoes.models import Motivo, Tarefa
from notificacoes.services.em_massa import Epoch, Joined, insert_from, text
from portal import clock
from portal.agentes.acesso import in_force
from portal.agentes.models import Papel, Representacao
from portal.calendario.selectors import calendar
from portal.kernel.business_days import ForaDoCalendario

FRIDAY = 4
ALCANCE = timedelta(days=max(ANTECEDENCIAS))


def open_tasks(now: datetime, *, since: datetime | None = None) -> int:
    """With `since`, only of what a new day brought after it."""
    today = clock.local_date(now)
    seen = clock.local_date(since) if since else None
    if seen == today:
        return 0
    return (
        _open(Motivo.ULTIMO_DIA_UTIL, _ending(today + timedelta(days=1), _next_business_day(today), now=now), now=now)
        + _open(Motivo.VENCE_HOJE, _ending(today, today, now=now), now=now)
        + _open(Motivo.SEM_ENDERECO, _nobody_to_write_to(today, seen, now=now), now=now)
    )


def _next_business_day(today: date) -> date:
    """Certificates that end up to and on it have no business day left between.

    A calendar that operations let run out costs an early task near a holiday, never a notice.
    """
    try:
        return calendar().next_business_after(today)
    except ForaDoCalendario:
        return today + timedelta(days=max(1, 7 - today.weekday()) if today.weekday() >= FRIDAY else 1)


def _ending(first: date, last: date, *, now: datetime) -> QuerySet[Certificado]:
    """In service, ending on a São Paulo day from `first` to `last`."""
    start, end = certificados.end_of_day(first - timedelta(days=1)), certificados.end_of_day(last)
    return certificados.in_service().filter(valid_until__gte=max(start, now), valid_until__lt=end)


def _nobody_to_write_to(today: date, seen: date | None, *, now: datetime) -> QuerySet[Certificado]:
    people = Representacao.objects.filter(
        in_force(today), agente=OuterRef("agente"), papel=Papel.REPRESENTANTE_CCEE, usuario__is_active=True
    )
    first = seen + ALCANCE + timedelta(days=1) if seen else today
    window = _ending(first, today + ALCANCE, now=now)
    return window.filter(~Exists(people.exclude(usuario__email="")))


def _open(motivo: Motivo, rows: QuerySet[Certificado], *, now: datetime) -> int:
    chave = Joined(Value(f"{motivo}:"), text("pk"), Value(":"), text(Epoch("valid_until")))
    phone = Joined(Value("Telefone da empresa: "), F("agente__telefone"))
    missing = rows.annotate(chave=chave).filter(~Exists(Tarefa.objects.filter(chave=OuterRef("chave"))))
    return insert_from(
        Tarefa,
        missing,
        motivo=Value(motivo.value),
        chave=F("chave"),
        agente=F("agente"),
        certificado=F("pk"),
        detalhe=Case(When(Q(agente__telefone=""), then=Value("")), default=phone),
        created_at=Value(now, DateTimeField()),
    )
