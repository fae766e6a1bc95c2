"""Writing the ledger. Called inside the transaction of the act: no ledger, no act."""

from collections.abc import Iterator
from contextlib import contextmanager
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


def record(tipo: str, *, at: datetime, ator: str, cnpj: str = "", objeto: str = "", **dados: Any) -> Evento:
    """Append one entry. `dados` must be JSON and must never hold a secret or its hash.

    The head stays locked until commit, which is what orders the chain.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("record() belongs inside `with act():`")
    head = _lock_head()
    evento = Evento(
        numero=head.numero + 1,
        at=at,
        tipo=tipo,
        ator=visible(ator, 199),
        cnpj=cnpj,
        objeto=visible(objeto, 199),
        dados=_plain(dados),
    )
    evento.anterior = head.hash
    evento.hash = chain(head.hash, evento.body())
    evento.save()
    head.numero, head.hash = evento.numero, evento.hash
    head.save()
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
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
