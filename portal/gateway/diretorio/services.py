"""The only writer of the feed: looks at whom the ledger spoke of since, and tells what is otherwise than told last."""

import secrets
from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from portal.agentes.models import Agente
from portal.gateway.diretorio import selectors
from portal.gateway.domain.decisao import Motivo
from portal.gateway.domain.diretorio import Item, difference
from portal.gateway.models import Entrada, Publicacao

LOTE = 2000  # entries of the ledger, or companies, in one transaction
NUMA_LEITURA = 3  # of them, at most, while somebody waits


def publish(*, now: datetime, batches: int | None = None) -> bool:
    """Until all is told, which is what True says, or for so many batches. Each is kept by itself."""
    done = 0
    while selectors.is_behind():
        if done == batches:
            return False
        publish_batch(now=now)
        done += 1
    return True


@transaction.atomic
def publish_batch(*, now: datetime) -> None:
    """One at a time, by the lock on the state, which lasts until the commit: so ids are in the order of the commits,
    and no reader who is past an id ever misses a smaller one that came later.

    Readers of the ledger wait for nobody. What an act changed is visible with its entry, and what is read here may be
    newer than the entries: the newer ones will find it told already.
    """
    row = _lock()
    if row.regra != selectors.rule():
        row.regra, row.varredura = selectors.rule(), 0
    if row.varredura is None:
        until = min(selectors.head(), row.numero + LOTE)
        _tell(selectors.touched(after=row.numero, until=until), now=now)
        row.numero = until
    else:
        _sweep(row, now=now)
    row.save()


def _lock() -> Publicacao:
    """At first everybody is to be looked at, and then what the ledger says from here on."""
    start = {"numero": selectors.head(), "varredura": 0, "regra": selectors.rule()}
    if not Publicacao.objects.filter(id=1).exists():
        Publicacao.objects.get_or_create(id=1, defaults=start)
    return Publicacao.objects.select_for_update().get(id=1)


def _sweep(row: Publicacao, *, now: datetime) -> None:
    """The next companies, whatever the ledger says of them; afterwards its entries count again."""
    rows = Agente.objects.filter(pk__gt=row.varredura or 0).order_by("pk").values_list("pk", "cnpj")[:LOTE]
    found = dict(rows)
    _tell(found.values(), now=now)
    row.varredura = max(found) if len(found) == LOTE else None


def _tell(cnpjs: Collection[str], *, now: datetime) -> None:
    if not cnpjs:
        return
    last, holds = selectors.told(cnpjs), selectors.holding(cnpjs)
    active = {par: row.item for par, row in last.items() if row.ativo}
    gone, come = difference(active, holds)
    if not gone and not come:
        return
    reasons, marca = selectors.reasons(gone) if gone else {}, secrets.token_hex(4)
    rows = [_row(item, reasons.get(item.par, Motivo.CERTIFICADO_EXCLUIDO), marca, now=now) for item in gone]
    rows += [_row(item, Motivo.AUTORIZADO, marca, now=now) for item in come]
    overtaken = [last[row.cnpj, row.sha256].pk for row in rows if (row.cnpj, row.sha256) in last]
    Entrada.objects.filter(pk__in=overtaken).update(ultima=False)
    Entrada.objects.bulk_create(rows, batch_size=1000)


def _row(item: Item, motivo: Motivo, marca: str, *, now: datetime) -> Entrada:
    return Entrada(
        cnpj=item.cnpj,
        sigla=item.sigla,
        sha256=item.sha256,
        ativo=motivo is Motivo.AUTORIZADO,
        motivo=motivo.value,
        valido_de=item.valido_de,
        valido_ate=item.valido_ate,
        at=now,
        marca=marca,
    )
