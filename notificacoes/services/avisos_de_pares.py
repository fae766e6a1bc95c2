"""Pairs of certificates of an account that end, or have ended: one message for each person to be told.

Asked by the plan where the market works by accounts. `chave` says pair, lead, person and end of validity, and makes a
second message impossible.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When

from notificacoes.domain import motivos
from notificacoes.domain.marcos import VENCIDO, notice_day
from notificacoes.enderecos import domain
from notificacoes.models import Envio, Estado, Tipo
from notificacoes.services.devidos import Janela, windows
from notificacoes.services.em_massa import Epoch, Joined, text
from portal import clock
from portal.contas.models import Par

LOTE = 1000
DEPOIS = timedelta(days=7)  # who joins a company later is not told of what ended long before
DA_EMPRESA = "conta__empresa__contas__"  # the accounts of the same company: whose persons are told
COLUNAS = (
    "pk", "pessoa", "chave", "sha256", "valid_until", "conta__empresa__registro", f"{DA_EMPRESA}usuario__username",
)  # fmt: skip


def plan_pairs(now: datetime) -> int:
    """How many messages. Only the tightest lead that a pair has reached is told."""
    return sum(_plan(janela, now=now) for janela in (*windows(now, since=None), *_ended(now)))


def _ended(now: datetime) -> Iterator[Janela]:
    """By day, like the others."""
    if notice_day(clock.local(now)) == clock.local_date(now):
        yield Janela(VENCIDO, now - DEPOIS, now)


def _plan(janela: Janela, *, now: datetime) -> int:
    owed = list(_owed(janela).values_list(*COLUNAS))
    for start in range(0, len(owed), LOTE):
        _write([_message(row, janela.lead, now=now) for row in owed[start : start + LOTE]])
    return len(owed)


def _owed(janela: Janela) -> QuerySet[Any]:
    """Its pairs, once for each person to be told (`pessoa`): the account's owner, and who administers the company's."""
    active = {"conta__ativa": True, "conta__usuario__is_active": True}
    rows: QuerySet[Any] = Par.objects.filter(
        slot__isnull=False, valid_until__gte=janela.first, valid_until__lt=janela.last, **active
    )
    told = {f"{DA_EMPRESA}ativa": True, f"{DA_EMPRESA}usuario__is_active": True}
    rows = rows.filter(Q(**{f"{DA_EMPRESA}administra": True}) | Q(**{f"{DA_EMPRESA}pk": F("conta")}), **told)
    rows = rows.annotate(pessoa=F(f"{DA_EMPRESA}usuario")).annotate(chave=_key(janela.lead))
    written = Envio.objects.filter(chave=OuterRef("chave"))
    written = written.exclude(estado=Estado.CANCELADA, motivo__in=motivos.REVERSIVEIS_DA_CONTA)
    return rows.filter(~Exists(written)).order_by("valid_until", "pk", "pessoa")


def _key(lead: int) -> Joined:
    about = (text("pk"), Value(f":{lead}:"), text("pessoa"), Value(":"), text(Epoch("valid_until")))
    return Joined(Value(f"{Tipo.PAR}:"), *about)


def _message(row: Sequence[Any], lead: int, *, now: datetime) -> Envio:
    pk, pessoa, chave, sha256, valid_until, registro, username = row
    dito = {"antecedencia": lead, "destinatario": username, "sha256": sha256}
    return Envio(
        tipo=Tipo.PAR,
        chave=chave,
        message_id=f"{chave.replace(':', '-')}@{domain()}",
        destinatario_id=pessoa,
        dados={"par": pk, "antecedencia": lead, "cnpjs": [registro], "dito": dito},
        prazo=valid_until,
        created_at=now,
    )


def _write(envios: Sequence[Envio]) -> None:
    """One that was given up because of the person or the account, and is owed again, goes back into the queue."""
    doubtful = When(motivo__endswith=motivos.TALVEZ, then=Value(Estado.EM_DUVIDA.value))
    again = Envio.objects.filter(chave__in=[envio.chave for envio in envios], estado=Estado.CANCELADA)
    again.update(estado=Case(doubtful, default=Value(Estado.PENDENTE.value)), motivo="")
    Envio.objects.bulk_create(envios, ignore_conflicts=True)
