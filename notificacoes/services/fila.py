"""The queue: taking messages under a lease, giving them back, finding those whose holder is gone."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Case, F, Q, QuerySet, When

from notificacoes.arrendamento import holder_is_gone
from notificacoes.models import Envio, Estado, Numeros, Varredura
from notificacoes.services.por_linha import update_rows

LONGA = 500  # messages; half a second of one process
RESULTADO = (
    "estado", "motivo", "tentativas", "quedas", "repeticoes", "tentada_at", "proxima_at", "endereco", "smtp_codigo",
    "smtp_resposta", "corpo_sha256", "sent_at", "lease_token", "lease_until",
)  # fmt: skip


@dataclass(slots=True)
class Arrendado:
    """A message in hand, with what it was before: whoever gives it back untried leaves no trace."""

    envio: Envio
    antes: Estado
    tentada_antes: datetime | None

    def untried(self) -> Envio:
        """As it was before it was taken."""
        self.envio.tentativas -= 1
        self.envio.tentada_at = self.tentada_antes
        return self.unsent()

    def unsent(self) -> Envio:
        """Tried, and certainly not accepted: an older doubt stays as it was."""
        self.envio.estado = self.antes
        self.envio.repeticoes -= self.antes == Estado.EM_DUVIDA
        return self.envio


def waiting(*, now: datetime, before: datetime, all_of_them: bool) -> QuerySet[Envio]:
    """What may go out, soonest deadline first. What was tried since `before` had its turn."""
    rows = Envio.objects.filter(estado__in=(Estado.PENDENTE, Estado.EM_DUVIDA)).order_by("prazo", "pk")
    rows = rows.filter(Q(tentada_at=None) | Q(tentada_at__lt=before))
    return rows if all_of_them else rows.filter(Q(proxima_at=None) | Q(proxima_at__lte=now))


def is_long(*, now: datetime) -> bool:
    """Enough for two that send side by side, on a database where neither waits for the other's rows."""
    if settings.ENVIOS_POR_SEGUNDO or not connection.features.has_select_for_update_skip_locked:
        return False
    return waiting(now=now, before=now, all_of_them=False)[LONGA : LONGA + 1].exists()


def claim(rows: QuerySet[Envio], *, limit: int, token: str, now: datetime, until: datetime) -> list[Arrendado]:
    """Leased and committed, with the attempt counted, before anything is sent.

    One that a worker did not survive comes alone, so that it cannot take others with it again.
    """
    with transaction.atomic():
        found = list(rows.select_for_update(skip_locked=True)[:limit])
        suspect = next((number for number, envio in enumerate(found) if envio.quedas), len(found))
        taken = [Arrendado(envio, Estado(envio.estado), envio.tentada_at) for envio in found[: max(suspect, 1)]]
        again = Case(When(estado=Estado.EM_DUVIDA, then=1), default=0)
        lease = {"tentada_at": now, "lease_token": token, "lease_until": until}
        Envio.objects.filter(pk__in=Numeros(one.envio.pk for one in taken)).update(
            estado=Estado.ARRENDADA, tentativas=F("tentativas") + 1, repeticoes=F("repeticoes") + again, **lease
        )
    for one in taken:
        one.envio.tentativas += 1
        one.envio.repeticoes += one.antes == Estado.EM_DUVIDA
        one.envio.tentada_at = now
    return taken


def alone(token: str, *, now: datetime) -> bool:
    """Nobody else is sending. Inside the claiming transaction: who asks at the same time waits here."""
    Varredura.objects.get_or_create(id=1)
    Varredura.objects.select_for_update().get(id=1)
    return not Envio.objects.filter(estado=Estado.ARRENDADA, lease_until__gt=now).exclude(lease_token=token).exists()


def give_back(taken: Iterable[Arrendado], *, token: str) -> int:
    return len(write([one.untried() for one in taken], token=token))


def write(envios: Sequence[Envio], *, token: str) -> Collection[int]:
    """What became of them, and the lease ended: only of those whose lease is still this one. Their ids."""
    for envio in envios:
        envio.lease_token, envio.lease_until = "", None
    rows = [[envio.pk, *(getattr(envio, name) for name in RESULTADO)] for envio in envios]
    return set(update_rows(Envio, by="id", columns=RESULTADO, rows=rows, estado=Estado.ARRENDADA, lease_token=token))


def abandoned(*, now: datetime) -> list[Envio]:
    """Leased, and either the lease has ended or its holder has, on this machine."""
    rows = Envio.objects.filter(estado=Estado.ARRENDADA).order_by("pk")
    return [envio for envio in rows if _ended(envio, now)]


def _ended(envio: Envio, now: datetime) -> bool:
    return envio.lease_until is None or envio.lease_until <= now or holder_is_gone(envio.lease_token)
