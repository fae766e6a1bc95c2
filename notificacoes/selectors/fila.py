"""The queue in figures: for Prometheus, and for the banner that operations see."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q

from certificados.revogacao.selectors import oldest_reading
from certificados.selectors import in_service
from notificacoes.models import Aviso, Envio, Estado, Tarefa, Varredura
from notificacoes.models.envio import ABERTOS


@dataclass(frozen=True, slots=True)
class Andamento:
    """Since when the oldest open message is owed and when the last sweep ended; None: none is, none did."""

    mais_antigo: datetime | None
    varredura: datetime | None


@dataclass(frozen=True, slots=True)
class Figuras:
    pendentes: int  # the queue: waiting or being sent
    em_duvida: int
    mortas: int
    mais_antigo: timedelta  # zero where nothing is owed
    varredura: timedelta | None  # since the last sweep; None before the first
    avisos: dict[tuple[int, str], int]  # (lead, situacao) -> how many, from the beginning
    tarefas: int
    em_servico: int
    vencidos_em_servico: int
    lista_mais_antiga: timedelta | None  # since it was read; None where no certificate names one


def progress() -> Andamento:
    """Two cheap queries: it is asked on every page of operations."""
    oldest = Envio.objects.filter(estado__in=ABERTOS).aggregate(since=Min("created_at"))["since"]
    sweep = Varredura.objects.filter(pk=1).values_list("at", flat=True).first()
    return Andamento(oldest, sweep)


def figures(now: datetime) -> Figuras:
    """Seven queries, whatever the size of the tables."""
    progresso = progress()
    queue = dict(Envio.objects.order_by().values_list("estado").annotate(Count("pk")))
    leads = Aviso.objects.order_by().values_list("antecedencia", "situacao").annotate(Count("pk"))
    certificates = in_service().aggregate(todos=Count("pk"), vencidos=Count("pk", filter=Q(valid_until__lt=now)))
    return Figuras(
        pendentes=queue.get(Estado.PENDENTE, 0) + queue.get(Estado.ARRENDADA, 0),
        em_duvida=queue.get(Estado.EM_DUVIDA, 0),
        mortas=queue.get(Estado.MORTA, 0),
        mais_antigo=_since(progresso.mais_antigo, now) or timedelta(),
        varredura=_since(progresso.varredura, now),
        avisos={(lead, situacao): count for lead, situacao, count in leads},
        tarefas=Tarefa.objects.filter(done_at=None).count(),
        em_servico=certificates["todos"],
        vencidos_em_servico=certificates["vencidos"],
        lista_mais_antiga=oldest_reading(now),
    )


def _since(instant: datetime | None, now: datetime) -> timedelta | None:
    """Never negative: a demonstration's clock may have been set back."""
    return None if instant is None else max(now - instant, timedelta())
