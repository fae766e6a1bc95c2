"""Writing the ledger. Called inside the transaction of the act: no ledger, no act."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from portal.auditoria.models import Cadeia, Evento
from portal.kernel.chain_hash import GENESIS, chain
from portal.kernel.text import visible


@contextmanager
def act() -> Iterator[None]:
    """The transaction of a legal act; also a decorator, `@act()`.

    It locks the ledger's head before anything else. One order for everybody means that two acts can wait for each
    other's rows but never deadlock, and that nothing is done which the ledger could then not take.
    """
    with transaction.atomic():
        _lock_head()
        yield


@dataclass(frozen=True, slots=True)
class Fato:
    """What an entry says. `dados` must be JSON and must never hold a secret or its hash."""

    tipo: str
    cnpj: str = ""
    objeto: str = ""
    dados: Mapping[str, Any] = field(default_factory=dict)


def record(tipo: str, *, at: datetime, ator: str, cnpj: str = "", objeto: str = "", **dados: Any) -> Evento:
    """Append one entry."""
    return record_all([Fato(tipo, cnpj, objeto, dados)], at=at, ator=ator)[0]


def record_all(fatos: Iterable[Fato], *, at: datetime, ator: str) -> list[Evento]:
    """Append one entry per fact. The head stays locked until commit, which is what orders the chain."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("record() belongs inside `with act():`")
    head = _lock_head()
    eventos = [_append(head, fato, at=at, ator=ator) for fato in fatos]
    Evento.objects.append(eventos)
    head.save()
    return eventos


def _append(head: Cadeia, fato: Fato, *, at: datetime, ator: str) -> Evento:
    evento = Evento(
        numero=head.numero + 1,
        at=at,
        tipo=fato.tipo,
        ator=visible(ator, 199),
        cnpj=fato.cnpj,
        objeto=visible(fato.objeto, 199),
        dados=_plain(fato.dados),
    )
    evento.anterior = head.hash
    evento.hash = chain(head.hash, evento.body())
    head.numero, head.hash = evento.numero, evento.hash
    return evento


def _lock_head() -> Cadeia:
    head = Cadeia.objects.select_for_update().filter(id=1).first()
    if head is None:
        Cadeia.objects.get_or_create(id=1, defaults={"hash": GENESIS})
        head = Cadeia.objects.select_for_update().get(id=1)
    return head


def _plain(value: Any) -> Any:
    """Hostile text (NUL, bidi, a megabyte) made visible and short: PostgreSQL refuses NUL inside JSON."""
    if isinstance(value, str):
        return visible(value, 500)
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
