"""Several at once on a real PostgreSQL: no entry twice, none lost, and none that comes after its cursor was passed."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from itertools import pairwise
from threading import Thread

import pytest
from django.db import connection, connections, transaction
from django.test import Client

from adesao.models import Credencial
from certificados import services as certificados
from certificados.models import Certificado
from portal import clock
from portal.agentes.models import Agente
from portal.demo.hierarquia import Hierarquia
from portal.gateway.diretorio import services
from portal.gateway.models import Entrada, Publicacao
from tests import factories
from tests.ao_mesmo_tempo import at_once
from tests.api.conftest import machine
from tests.gateway.leitor import Leitor, active

pytestmark = pytest.mark.django_db(transaction=True)
TURNS, WAITING = 12, 20  # seconds


@pytest.fixture
def gateway(chave: str) -> Client:
    return machine(chave)


@pytest.fixture
def agentes(db: None, now: datetime) -> list[Agente]:
    made = [factories.create_agente() for _ in range(2)]
    for agente in made:
        Credencial.objects.create(agente=agente, adhered_at=now, changed_at=now)
    return made


Registra = Callable[[Agente, str], Certificado]


@pytest.fixture
def include(confianca: Hierarquia, now: datetime) -> Registra:
    def included(agente: Agente, host: str) -> Certificado:
        facts = certificados.open_file(factories.issue(confianca, agente, host=host, now=now))
        return certificados.store(agente, facts, arquivo=f"{host}.cer", by="ana", now=clock.now(), protocolo="")

    return included


def test_writers_publishers_and_a_reader_at_once(
    gateway: Client, agentes: list[Agente], include: Registra, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "LOTE", 2)
    leitor = Leitor(gateway)

    def write(agente: Agente, host: str) -> None:
        for _ in range(TURNS):
            certificados.remove(include(agente, host), by="ana", now=clock.now(), motivo="teste")
        include(agente, host)

    def publish() -> None:
        for _ in range(4 * TURNS):
            services.publish(now=clock.now(), batches=1)

    def read() -> None:
        for _ in range(2 * TURNS):
            leitor.read(1)

    writers = [partial(write, agente, host) for agente in agentes for host in ("um", "dois")]
    outcomes = at_once([*writers, publish, publish, read])

    assert outcomes == [None] * 7
    leitor.read_all(lambda: 3)
    fresh = Leitor(gateway).read_all()
    assert set(leitor.tem) == set(fresh.tem) == active()
    assert leitor.lidas == fresh.lidas == [str(row.cursor) for row in Entrada.objects.order_by("pk")]
    assert len(active()) == 4
    for cnpj, sha256 in active():
        said = Entrada.objects.filter(cnpj=cnpj, sha256=sha256).order_by("pk").values_list("ativo", flat=True)
        assert all(before != after for before, after in pairwise(said))


def test_two_that_publish_for_the_first_time_tell_everything_once(agentes: list[Agente], include: Registra) -> None:
    for agente in agentes:
        include(agente, "um")

    outcomes = at_once([partial(services.publish, now=clock.now())] * 4)

    assert outcomes == [True] * 4
    assert Publicacao.objects.count() == 1
    assert {(row.cnpj, row.sha256) for row in Entrada.objects.all()} == active()
    assert Entrada.objects.count() == 2


def test_nobody_reads_past_an_entry_that_is_not_committed_yet(
    gateway: Client, agentes: list[Agente], include: Registra
) -> None:
    services.publish(now=clock.now())
    leitor = Leitor(gateway)
    leitor.read_all()
    include(agentes[0], "um")
    read: list[object] = []

    def write_and_read() -> None:
        include(agentes[1], "dois")
        read.append(leitor.read())

    with transaction.atomic():
        services.publish_batch(now=clock.now())
        others = Thread(target=_alone, args=(write_and_read,))
        others.start()
        while others.is_alive() and not _somebody_waits():
            others.join(0.01)
    others.join(WAITING)

    assert len(read) == 1
    assert set(leitor.read_all().tem) == active()
    assert leitor.lidas == [str(row.cursor) for row in Entrada.objects.order_by("pk")]
    assert len(leitor.lidas) == 2


def test_who_writes_to_the_ledger_does_not_wait_for_who_publishes(agentes: list[Agente], include: Registra) -> None:
    include(agentes[0], "um")
    done: list[Certificado] = []

    def write() -> None:
        done.append(include(agentes[1], "dois"))

    with transaction.atomic():
        services.publish_batch(now=clock.now())
        writer = Thread(target=_alone, args=(write,))
        writer.start()
        writer.join(WAITING)
        assert done


def _alone(call: Callable[[], object]) -> None:
    """On a connection of its own."""
    try:
        call()
    finally:
        connections.close_all()


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])
