"""Reading: the destinations of a company, and what exactly a delivery says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Case, Count, F, Min, QuerySet, When
from django.db.models.functions import Coalesce, Greatest

from portal.agentes.models import Agente
from portal.auditoria.models import Evento
from portal.gateway.models import Entrada
from portal.kernel.errors import NotFound
from portal.webhooks.domain import eventos
from portal.webhooks.domain.eventos import DIRETORIO, POR_NOME, TESTE
from portal.webhooks.models import Destino, Entrega, Estado

NAO_HA = "Este destino de webhook não existe, ou foi removido."
ABERTAS = (Estado.PENDENTE, Estado.ARRENDADA)


@dataclass(frozen=True, slots=True)
class Conteudo:
    """A delivery's body with its identifiers."""

    evento: str
    tipo: str
    corpo: bytes


def of_agente(agente: Agente) -> QuerySet[Destino]:
    return Destino.objects.filter(agente=agente, removed_at=None).order_by("pk")


def find(agente: Agente, pk: int) -> Destino:
    found = of_agente(agente).filter(pk=pk).first()
    if found is None:
        raise NotFound(NAO_HA)
    return found


def write(entregas: Iterable[Entrega]) -> dict[int, Conteudo]:
    """By id; one whose source is no longer there is missing."""
    rows = list(entregas)
    entries = Evento.objects.in_bulk([row.origem for row in rows if row.tipo not in (TESTE, DIRETORIO)])
    feed = Entrada.objects.in_bulk([row.origem for row in rows if row.tipo == DIRETORIO])
    bodies = {row.pk: _body(row, entries, feed) for row in rows}
    return {row.pk: Conteudo(row.evento, row.tipo, body) for row in rows if (body := bodies[row.pk]) is not None}


def _body(row: Entrega, entries: Mapping[int, Evento], feed: Mapping[int, Entrada]) -> bytes | None:
    if row.tipo == TESTE:
        cnpj = row.destino.agente.cnpj if row.destino.agente else ""
        return _write(row, at=row.created_at, cnpj=cnpj, dados=POR_NOME[TESTE].exemplo)
    if row.tipo == DIRETORIO:
        entrada = feed.get(row.origem)
        return _write(row, at=entrada.at, cnpj=entrada.cnpj, dados=of_feed(entrada)) if entrada else None
    evento, tipo = entries.get(row.origem), POR_NOME.get(row.tipo)
    if evento is None or tipo is None:
        return None
    dados = eventos.choose(tipo, evento.objeto, evento.dados)
    return _write(row, at=evento.at, cnpj=evento.cnpj, dados=dados)


def _write(row: Entrega, **told: Any) -> bytes:
    return eventos.write(row.evento, row.tipo, ambiente=settings.AMBIENTE, **told)


def of_feed(entrada: Entrada) -> dict[str, Any]:
    """What the feed itself says of it."""
    return {
        "cursor": str(entrada.cursor),
        "cnpj": entrada.cnpj,
        "sigla": entrada.sigla,
        "sha256": entrada.sha256,
        "ativo": entrada.ativo,
        "motivo": entrada.motivo,
        "valido_de": eventos.instant(entrada.valido_de),
        "valido_ate": eventos.instant(entrada.valido_ate),
    }


@dataclass(frozen=True, slots=True)
class Fila:
    """`atraso`: for how long the one that should have gone first could have; what waits by rule is not late."""

    pendentes: int
    mais_antiga: timedelta
    atraso: timedelta
    em_pausa: int  # destinations
    mortas: int


def queue(at: datetime) -> Fila:
    """Three queries, whatever the size of the tables; `at` is the machine's time."""
    born = F("created_at")
    free = Greatest(born, Coalesce("proxima_at", born), Coalesce("destino__pausado_ate", born))
    due = Case(When(estado=Estado.ARRENDADA, then="lease_until"), default=free)
    rows = Entrega.objects.filter(estado__in=ABERTAS)
    found = rows.aggregate(how_many=Count("pk"), oldest=Min("created_at"), due=Min(due))
    return Fila(
        pendentes=found["how_many"],
        mais_antiga=_since(found["oldest"], at),
        atraso=_since(found["due"], at),
        em_pausa=Destino.objects.filter(ativo=True, pausado_ate__isnull=False).count(),
        mortas=Entrega.objects.filter(estado=Estado.MORTA).count(),
    )


def _since(instant: datetime | None, at: datetime) -> timedelta:
    return timedelta() if instant is None else max(at - instant, timedelta())
