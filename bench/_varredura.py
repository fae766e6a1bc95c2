"""The work of varredura.py, once Django is there."""

import math
import resource
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from bench import _acervo
from certificados.models import Certificado
from notificacoes.models import Aviso, Envio
from notificacoes.services import plan
from portal.agentes.models import Papel, Representacao

HOJE = datetime(2026, 11, 23, 12, tzinfo=UTC)
ANTES = datetime(2026, 11, 24, 10, 59, tzinfo=UTC)  # 7:59 in São Paulo: notices go from eight on
AMANHA = ANTES + timedelta(minutes=2)
LEMUR_JANELA, LEMUR_PAGINA = timedelta(days=90), 10_000


def run(size: int, *, voltas: int, amostra: int, semente: int) -> None:
    print(f"{connection.vendor}, {size} certificates, seed {semente}")
    few = size // 100
    _acervo.fill(0, few, start=HOJE, seed=semente)
    yesterday(f"first sweep of {few}")
    small = counted(lambda: undone(day))
    _acervo.fill(few, size, start=HOJE, seed=semente)
    yesterday(f"first sweep of {size}")
    large = counted(lambda: undone(day))
    ways = {"one INSERT … SELECT by hand": by_hand, "sweep": day, "complete sweep, once an hour": complete}
    best = in_turns(ways, voltas)
    floor, ours, _ = best.values()
    best["sweep with nothing new"] = undone(day, first=day)[1]
    lemur, asked = like_lemur(amostra)
    best[f"Lemur's queries ({asked}, scaled from {amostra})"] = lemur
    for name, seconds in best.items():
        print(f"{name:44}{seconds * 1e3:>9.0f} ms{seconds / floor:>9.2f} × by hand")
    print(f"{'sweep ÷ by hand':44}{ours / floor:>9.2f}      goal ≤ 2.00")
    print(f"{'Lemur ÷ sweep':44}{lemur / ours:>9.0f}      goal ≥ 50")
    print(f"queries of a sweep: {small[0]} with {few} certificates, {large[0]} with {size}")
    print(f"memory that it added: {small[1]} KiB with {few} certificates, {large[1]} KiB with {size}")


def in_turns(ways: dict[str, Callable[[], None]], rounds: int) -> dict[str, float]:
    """Seconds of each way, the best of its rounds; all must add as many rows."""
    best, rows = dict.fromkeys(ways, math.inf), set()
    for _ in range(rounds):
        for name, way in ways.items():
            _acervo.tidy()
            added, seconds = undone(way)
            best[name] = min(best[name], seconds)
            rows.add(added)
    ((notices, messages),) = rows
    print(f"due: {notices} notices in {messages} messages")
    return best


def yesterday(name: str) -> None:
    """What was due until today is planned and sent: the sweep that is measured finds one day's work."""
    _acervo.tidy()
    started = time.perf_counter()
    plano = plan(now=HOJE)
    assert not plan(now=ANTES).avisos
    print(f"{name}: {plano.avisos} notices in {plano.mensagens} messages, {time.perf_counter() - started:.1f} s")
    Envio.objects.update(estado="enviada", sent_at=HOJE)
    Aviso.objects.filter(situacao="planejada").update(situacao="enviada", settled_at=HOJE)


def counted(work: Callable[[], object]) -> tuple[int, int]:
    """Queries, and KiB by which the process grew beyond its largest so far."""
    asked = 0

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal asked
        asked += not sql.startswith(("SAVEPOINT", "RELEASE", "SET CONSTRAINTS"))
        return execute(sql, params, many, context)

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with connection.execute_wrapper(count):
        work()
    return asked, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before


def undone(
    work: Callable[[], object],
    *,
    first: Callable[[], object] = lambda: None,
) -> tuple[tuple[int, int], float]:
    """(notices, messages) that were added and seconds, foreign keys checked; then all is as before."""
    with transaction.atomic():
        first()
        _check_foreign_keys()
        before = Aviso.objects.count(), Envio.objects.count()
        started = time.perf_counter()
        work()
        _check_foreign_keys()
        seconds = time.perf_counter() - started
        after = Aviso.objects.count(), Envio.objects.count()
        transaction.set_rollback(True)
    return (after[0] - before[0], after[1] - before[1]), seconds


def _check_foreign_keys() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def day() -> None:
    """As beat runs it."""
    plan(now=AMANHA, complete=False)


def complete() -> None:
    plan(now=AMANHA)


def by_hand() -> None:
    """The rows of that one day by somebody who knows that nothing was missed: three narrow windows, no questions."""
    with connection.cursor() as cursor:
        for statement in _acervo.by_hand(AMANHA):
            cursor.execute(statement)


def like_lemur(amostra: int) -> tuple[float, int]:
    """Every certificate of the next 90 days, its people asked for one by one, the days compared in Python."""
    rows = Certificado.objects.filter(slot__isnull=False, valid_until__lte=AMANHA + LEMUR_JANELA).order_by("pk")
    total, asked, found = rows.count(), 0, 0
    started = time.perf_counter()
    for certificado in rows[: min(amostra, LEMUR_PAGINA)]:
        people = Representacao.objects.filter(agente=certificado.agente_id, papel=Papel.REPRESENTANTE_CCEE)
        asked += 1
        days = (certificado.valid_until - AMANHA).days
        found += sum(days == interval for interval in (30, 15, 7) for _ in people.select_related("usuario"))
    return (time.perf_counter() - started) * total / asked, total
