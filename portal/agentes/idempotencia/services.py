"""The rows of Idempotency-Key. They are no acts: what is done under a key writes its own ledger entry."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError

from portal.agentes.models import ChaveDeEnvio
from portal.kernel.errors import Conflict, DomainError

KEPT = timedelta(hours=24)
LEASE = timedelta(seconds=60)  # longer than any statement may run; see docs/decisions/036 on what happens after it
EM_ANDAMENTO = (
    "O primeiro envio com esta Idempotency-Key ainda está em andamento. Espere o que diz Retry-After e repita igual: "
    "você receberá a resposta dele."
)
OUTRO_CORPO = (
    "Esta Idempotency-Key já foi usada aqui com outro conteúdo. Nada foi alterado: para um pedido novo, use uma chave "
    "nova; para repetir o anterior, envie exatamente o mesmo."
)


class EmAndamento(Conflict):
    code, title = "idempotency-key-em-andamento", "O mesmo pedido ainda está em andamento"


class OutroCorpo(DomainError):
    code, title = "idempotency-key-com-outro-conteudo", "Idempotency-Key já usada com outro conteúdo"


@dataclass(frozen=True, slots=True)
class Resposta:
    status: int
    tipo: str
    corpo: str


@dataclass(frozen=True, slots=True)
class Turno:
    """The right to act under a key; whoever takes it over has the next one, and this one can no longer conclude."""

    pk: int
    vez: int


def claim(sha256: str, corpo: str, *, at: datetime) -> Turno | Resposta:
    """The right to act, visible to everybody from here on; or what was answered before.

    Raises OutroCorpo, EmAndamento.
    """
    try:
        row, created = ChaveDeEnvio.objects.get_or_create(sha256=sha256, defaults={"corpo": corpo, "claimed_at": at})
    except IntegrityError as gone:  # it was there, and given up a moment later
        raise EmAndamento(EM_ANDAMENTO) from gone
    if created:
        return Turno(row.pk, row.vez)
    if row.claimed_at <= at - KEPT:  # forgotten, though no sweep came by yet
        return _take_over(row, corpo, at=at)
    if row.corpo != corpo:
        raise OutroCorpo(OUTRO_CORPO)
    if row.status is not None:
        return Resposta(row.status, row.tipo, row.resposta)
    if row.claimed_at <= at - LEASE:
        return _take_over(row, corpo, at=at)
    raise EmAndamento(EM_ANDAMENTO)


def _take_over(row: ChaveDeEnvio, corpo: str, *, at: datetime) -> Turno:
    turno = Turno(row.pk, row.vez + 1)
    fresh = {"corpo": corpo, "claimed_at": at, "status": None, "tipo": "", "resposta": ""}
    if not ChaveDeEnvio.objects.filter(pk=row.pk, vez=row.vez).update(vez=turno.vez, **fresh):
        raise EmAndamento(EM_ANDAMENTO)
    return turno


def keep(turno: Turno, resposta: Resposta) -> None:
    """In the transaction of the act. Raises EmAndamento, which takes the act back, where the turn is another's now."""
    mine = ChaveDeEnvio.objects.filter(pk=turno.pk, vez=turno.vez)
    if not mine.update(status=resposta.status, tipo=resposta.tipo, resposta=resposta.corpo):
        raise EmAndamento(EM_ANDAMENTO)


def release(turno: Turno) -> None:
    """Nothing was done that a repetition could do twice: it may act anew at once."""
    ChaveDeEnvio.objects.filter(pk=turno.pk, vez=turno.vez, status=None).delete()


def forget(*, at: datetime) -> int:
    """What is older than a day."""
    return ChaveDeEnvio.objects.filter(claimed_at__lte=at - KEPT).delete()[0]
