"""The queue: deliveries are taken under a lease that is committed before anything is sent."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from notificacoes.arrendamento import holder_is_gone
from portal.webhooks.domain.repeticao import wait
from portal.webhooks.models import Destino, Entrega, Estado

ARRENDAMENTO = timedelta(minutes=2)  # far longer than a request may take
SEM_RESULTADO = "a tentativa ficou sem resultado: o processo que a fazia parou"
LIVRE = {"lease_token": "", "lease_until": None}


@transaction.atomic
def claim(*, limit: int, busy: Collection[int], token: str, now: datetime) -> list[Entrega]:
    """One for each destination that is not at work here already and whose circuit lets it: its oldest that is due."""
    due = _due(now).filter(destino=OuterRef("pk")).order_by("pk").values("pk")[:1]
    open_ones = Destino.objects.filter(Q(pausado_ate=None) | Q(pausado_ate__lte=now), ativo=True)
    found = open_ones.exclude(pk__in=busy).annotate(proxima=Subquery(due)).exclude(proxima=None)
    pks = list(found.order_by("proxima").values_list("proxima", flat=True)[:limit])
    rows = Entrega.objects.select_for_update(skip_locked=True, of=("self",)).filter(estado=Estado.PENDENTE)
    taken = list(rows.filter(pk__in=pks).select_related("destino__agente").order_by("pk"))
    Entrega.objects.filter(pk__in=[one.pk for one in taken]).update(
        estado=Estado.ARRENDADA,
        tentativas=F("tentativas") + 1,
        tentada_at=now,
        lease_token=token,
        lease_until=now + ARRENDAMENTO,
    )
    for one in taken:
        one.tentativas += 1
    return taken


def _due(now: datetime) -> QuerySet[Entrega]:
    return Entrega.objects.filter(Q(proxima_at=None) | Q(proxima_at__lte=now), estado=Estado.PENDENTE)


def take_back(*, now: datetime) -> int:
    """Of those whose lease ended, or whose holder did: nobody knows whether they arrived, so they go again."""
    rows = Entrega.objects.filter(estado=Estado.ARRENDADA).order_by("pk")
    gone = [row for row in rows if row.lease_until is None or row.lease_until <= now or holder_is_gone(row.lease_token)]
    for row in gone:
        again = wait(row.tentativas) is not None
        ending = {"estado": Estado.PENDENTE} if again else {"estado": Estado.MORTA, "ended_at": now}
        mine = Entrega.objects.filter(pk=row.pk, estado=Estado.ARRENDADA, lease_token=row.lease_token)
        mine.update(**ending, **LIVRE, proxima_at=None, motivo=SEM_RESULTADO)
    return len(gone)


def cancel_waiting(destino: Destino, motivo: str, *, now: datetime) -> None:
    rows = Entrega.objects.filter(destino=destino, estado=Estado.PENDENTE)
    rows.update(estado=Estado.CANCELADA, motivo=motivo, proxima_at=None, ended_at=now)
