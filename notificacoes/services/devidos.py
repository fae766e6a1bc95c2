"""Notices owed and not yet written, of every lead reached, found set by set and never row by row."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import (
    Case,
    CharField,
    DateField,
    DateTimeField,
    Exists,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import TruncDate

from certificados import selectors as certificados
from certificados.models import Certificado
from notificacoes.domain import motivos
from notificacoes.domain.marcos import ANTECEDENCIAS, next_tighter, notice_day
from notificacoes.models import Aviso, Dispensa, Situacao
from notificacoes.models.devido import Devido
from notificacoes.services.em_massa import Joined, insert_from, text
from portal import clock
from portal.agentes.acesso import in_force
from portal.agentes.models import Papel

PARA_TODOS = min(ANTECEDENCIAS)  # at this lead those who only look are told too
CCEE = Papel.REPRESENTANTE_CCEE
ESPERA = Q(situacao=Situacao.PLANEJADA, envio=None)  # owed again, or left without a message


class Janela(NamedTuple):
    """Certificates that end in [first, last) are owed the notice of this lead, and of no tighter one."""

    lead: int
    first: datetime
    last: datetime


def windows(now: datetime, *, since: datetime | None) -> Iterator[Janela]:
    """With `since`, only of the certificates that reached a lead after it."""
    for lead in ANTECEDENCIAS:
        first = max(bound(next_tighter(lead), now), bound(lead, since) if since else now, now)
        if first < bound(lead, now):
            yield Janela(lead, first, bound(lead, now))


def bound(lead: int | None, now: datetime) -> datetime:
    """Certificates that end before it have reached the lead; with no lead, none have."""
    return now if lead is None else certificados.end_of_day(notice_day(clock.local(now)) + timedelta(days=lead))


def find_new(janela: Janela, *, prefix: str, now: datetime) -> int:
    """Once for each certificate and person, in however many roles."""
    owed = _recipients(janela, now=now).filter(
        ~_written(janela.lead, OuterRef("pk"), OuterRef("pessoa"), OuterRef("valid_until"))
    )
    return insert_from(
        Devido,
        owed.values("pk", "pessoa", "valid_until").annotate(como_ccee=Min("desde", filter=Q(papel=CCEE))),
        certificado=F("pk"),
        antecedencia=Value(janela.lead),
        destinatario=F("pessoa"),
        vence_em=F("valid_until"),
        desde=F("como_ccee"),
        mensagem=_message(prefix, "pessoa"),
    )


def find_again(*, prefix: str, now: datetime) -> int:
    """Those that are written already and wait for another message."""
    return insert_from(
        Devido,
        Aviso.objects.filter(ESPERA),
        certificado=F("certificado"),
        antecedencia=F("antecedencia"),
        destinatario=F("destinatario"),
        vence_em=F("vence_em"),
        desde=Value(None, DateField()),
        mensagem=_message(prefix, "destinatario"),
        vez=Value(f"-{now:%Y%m%d%H%M%S}"),
    )


def _message(prefix: str, person: str) -> Joined:
    return Joined(Value(prefix), text(person))


def _recipients(janela: Janela, *, now: datetime) -> QuerySet[Any]:
    """Its certificates, once per role of each person to be told (`pessoa`)."""
    role = "agente__representacoes"
    rows: QuerySet[Any] = certificados.in_service().filter(valid_until__gte=janela.first, valid_until__lt=janela.last)
    rows = rows.filter(in_force(clock.local_date(now), f"{role}__"), **{f"{role}__usuario__is_active": True})
    rows = rows.annotate(pessoa=F(f"{role}__usuario"), papel=F(f"{role}__papel"), desde=F(f"{role}__desde"))
    if janela.lead != PARA_TODOS:
        return rows.filter(papel=CCEE)
    return rows.filter(Q(papel=CCEE) | ~Exists(Dispensa.objects.filter(usuario=OuterRef("pessoa"))))


def write_missed(rows: QuerySet[Devido], *, now: datetime) -> int:
    """A row for each wider lead that the person should have been told before, and is told now in the tighter one."""
    new = rows.filter(desde__isnull=False)
    return sum(_write_missed(lead, new, now=now) for lead in ANTECEDENCIAS if lead != PARA_TODOS)


def _write_missed(lead: int, new: QuerySet[Devido], *, now: datetime) -> int:
    late = new.filter(
        ~_written(lead, OuterRef("certificado"), OuterRef("destinatario"), OuterRef("vence_em")), antecedencia__lt=lead
    )
    due = TruncDate(F("vence_em") - timedelta(days=lead))
    included_at = Subquery(Certificado.objects.filter(pk=OuterRef("certificado")).order_by().values("included_at"))
    reasons = (
        When(Q(incluido__gt=due), then=Value(motivos.ANTES_DA_INCLUSAO)),
        When(Q(desde__gt=due), then=Value(motivos.ANTES_DA_REPRESENTACAO)),
    )
    return insert_from(
        Aviso,
        late.annotate(incluido=TruncDate(included_at)),
        certificado=F("certificado"),
        antecedencia=Value(lead),
        destinatario=F("destinatario"),
        vence_em=F("vence_em"),
        situacao=Value(Situacao.SUPERADA.value),
        motivo=Case(*reasons, default=Value(motivos.FORA_DO_DIA), output_field=CharField()),
        created_at=Value(now, DateTimeField()),
        settled_at=Value(now, DateTimeField()),
    )


def _written(lead: int, certificado: Any, pessoa: Any, vence_em: Any) -> Exists:
    rows = Aviso.objects.filter(antecedencia=lead, certificado=certificado, destinatario=pessoa, vence_em=vence_em)
    return Exists(rows)
