"""What the ledger and the directory's feed brought becomes deliveries, each event once for each destination."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import transaction

from portal.auditoria.models import Cadeia, Evento
from portal.gateway.models import Entrada
from portal.webhooks.domain.eventos import DIRETORIO, POR_ENTRADA, of_entry
from portal.webhooks.domain.repeticao import MEMORIA, VALIDADE
from portal.webhooks.models import Destino, Entrega, Estado, Leitura

LOTE = 2000  # entries in one transaction
VELHA = "não pôde ser entregue em sete dias"
FINAIS = (Estado.ENTREGUE, Estado.MORTA, Estado.CANCELADA)


def plan(*, now: datetime) -> int:
    """`now` is the machine's. How many deliveries were planned."""
    planned = 0
    while _is_behind():
        planned += plan_batch(now=now)
    _forget(now=now)
    return planned


@transaction.atomic
def plan_batch(*, now: datetime) -> int:
    """Entries and feed rows come to be in the order of their commits: what is past was seen. One plans at a time."""
    row = Leitura.objects.select_for_update().get(id=1)
    until = min(_head(), row.trilha + LOTE)
    eventos = list(Evento.objects.filter(numero__gt=row.trilha, numero__lte=until, tipo__in=POR_ENTRADA))
    entradas = list(Entrada.objects.filter(pk__gt=row.diretorio).order_by("pk")[:LOTE])
    entregas = [*_of_agentes(sorted(eventos, key=lambda one: one.numero), now), *_of_gateways(entradas, now)]
    Entrega.objects.bulk_create(entregas, ignore_conflicts=True, batch_size=1000)
    row.trilha, row.diretorio = until, entradas[-1].pk if entradas else row.diretorio
    row.save()
    return len(entregas)


def begin() -> dict[str, int]:
    """Where a destination that is made now begins; with the first of them the reading does too."""
    start = {"trilha": _head(), "diretorio": _last_entrada()}
    Leitura.objects.get_or_create(id=1, defaults=start)
    return {f"desde_{name}": last for name, last in start.items()}


def _head() -> int:
    return Cadeia.objects.filter(id=1).values_list("numero", flat=True).first() or 0


def _last_entrada() -> int:
    return Entrada.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _is_behind() -> bool:
    """Never where nobody has ever asked to be told."""
    row = Leitura.objects.filter(id=1).first()
    return row is not None and (row.trilha < _head() or row.diretorio < _last_entrada())


def _of_agentes(eventos: list[Evento], now: datetime) -> Iterator[Entrega]:
    destinos = defaultdict(list)
    rows = Destino.objects.filter(ativo=True, agente__cnpj__in={evento.cnpj for evento in eventos})
    for destino in rows.select_related("agente").order_by("pk"):
        destinos[destino.agente.cnpj if destino.agente else ""].append(destino)
    for evento in eventos:
        tipo = of_entry(evento.tipo, evento.dados)
        for destino in destinos[evento.cnpj] if tipo else ():
            if tipo and tipo.nome in destino.eventos and evento.numero > destino.desde_trilha:
                name = f"evt_{evento.numero}_{evento.hash[:8]}"
                yield Entrega(destino=destino, evento=name, tipo=tipo.nome, origem=evento.numero, created_at=now)


def _of_gateways(entradas: Iterable[Entrada], now: datetime) -> Iterator[Entrega]:
    destinos = list(Destino.objects.filter(ativo=True, agente=None).order_by("pk")) if entradas else []
    for entrada in entradas:
        for destino in destinos:
            if entrada.pk > destino.desde_diretorio:
                name = f"dir_{entrada.cursor}"
                yield Entrega(destino=destino, evento=name, tipo=DIRETORIO, origem=entrada.pk, created_at=now)


def _forget(*, now: datetime) -> None:
    """Too old to be sent, and too old to be shown."""
    waiting = Entrega.objects.filter(estado=Estado.PENDENTE, created_at__lt=now - VALIDADE)
    waiting.update(estado=Estado.MORTA, motivo=VELHA, proxima_at=None, ended_at=now)
    old = Entrega.objects.filter(estado__in=FINAIS, created_at__lt=now - MEMORIA).order_by("pk")
    Entrega.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:LOTE])).delete()
