"""A queue that is long for one process: another is asked to help, and what makes the work of a batch cheap."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from django.conf import settings
from django.core.validators import validate_email
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st
from pytest_django import Settings

from notificacoes.mensagens.papel import PLAIN
from notificacoes.models import Envio, Estado, Numeros
from notificacoes.services import fila
from notificacoes.tasks import sweep
from portal import clock
from tests import fila_cheia, operarios, servidores
from tests.correio import Servidor, point_to
from tests.notificacoes.test_redis import PATIENCE, ROOT, environment

LONG = "from notificacoes.services import fila; fila.LONGA = 0; from notificacoes.tasks import sweep; sweep()"


@pytest.fixture
def broker() -> Iterator[redis.Redis]:
    with redis.Redis.from_url(settings.REDIS_URL) as broker:
        broker.delete("celery")
        yield broker
        broker.delete("celery")


@pytest.mark.parametrize(("messages", "asked"), [(2, 0), (3, 1)])
def test_a_long_queue_asks_another_process_to_help(
    messages: int, asked: int, db: None, broker: redis.Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fila, "LONGA", 2)
    fila_cheia.fill(messages, now=clock.now())

    sweep()

    waiting = broker.lrange("celery", 0, -1)
    assert [b"notificacoes.tasks.deliver" in task for task in waiting] == [True] * asked
    assert Envio.objects.filter(estado=Estado.ENVIADA).count() == messages


def test_with_a_pace_to_keep_nobody_is_asked(db: None, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    monkeypatch.setattr(fila, "LONGA", 0)
    fila_cheia.fill(1, now=clock.now())
    assert fila.is_long(now=clock.instant())

    settings.ENVIOS_POR_SEGUNDO = 5

    assert not fila.is_long(now=clock.instant())


@pytest.mark.django_db(transaction=True)
def test_where_nobody_can_be_asked_one_sends_it_all(tmp_path: Path) -> None:
    fila_cheia.fill(3, now=clock.now())
    with Servidor() as servidor:
        nobody = environment(servidor, tmp_path, f"redis://127.0.0.1:{servidores.free_port()}/0")
        command = [sys.executable, "-c", f"from portal.celery import app; app.loader.import_default_modules(); {LONG}"]
        done = subprocess.run(command, env=nobody, cwd=ROOT, timeout=PATIENCE, capture_output=True, text=True)

    assert (done.returncode, len(servidor.recebidas)) == (0, 3), done.stderr


@pytest.mark.django_db(transaction=True)
def test_two_processes_side_by_side_send_each_message_once(settings: Settings) -> None:
    fila_cheia.fill(150, now=clock.now())
    with Servidor() as servidor:
        point_to(settings, servidor)
        both = [operarios.fork(operarios.deliver_all) for _ in range(2)]
        assert [operarios.wait(pid) for pid in both] == [0, 0]

    assert sorted(servidor.ids) == sorted(Envio.objects.values_list("message_id", flat=True))
    assert set(Envio.objects.values_list("estado", "tentativas", "repeticoes")) == {(Estado.ENVIADA, 1, 0)}


def test_many_ids_find_the_same_rows_as_a_list(db: None) -> None:
    fila_cheia.fill(5, now=clock.now())
    pks = list(Envio.objects.order_by("pk").values_list("pk", flat=True))[1:4]

    assert set(Envio.objects.filter(pk__in=Numeros(pks))) == set(Envio.objects.filter(pk__in=pks))
    assert not Envio.objects.filter(pk__in=Numeros([])).exists()


@tries(deadline=None)  # a busy machine
@given(st.text("aZ0._+-@\n é", max_size=10), st.text("aZ0.-\n ", max_size=10))
def test_the_quick_look_at_an_address_lets_nothing_pass_that_the_slow_one_refuses(local: str, host: str) -> None:
    address = f"{local}@{host}.br"
    if PLAIN.fullmatch(address):
        validate_email(address)
