"""Messages that cannot be written, and one that eats the memory of whoever tries: they end alone, seen by somebody."""

import os
import random
import resource
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from adesao.models import Solicitacao
from notificacoes import services
from notificacoes.models import Envio, Estado, Motivo, Tarefa, Tipo
from notificacoes.models.envio import ABERTOS
from portal.agentes.models import Agente, Usuario
from portal.demo.hierarquia import Hierarquia
from tests import factories, fila_cheia, operarios
from tests.correio import Servidor, point_to
from tests.notificacoes.cartas import message
from tests.notificacoes.entregas import Relogio

MB = 1024 * 1024
ROOM = 60 * MB  # beyond what a worker has when it starts; any other message needs a hundredth of it
LITTLE_ROOM = 15 * MB  # not enough to read that one from the database
BOMB = 150_000  # certificates on one receipt
PAGE = resource.getpagesize()
THREE_FALLS = replace(operarios.IMPATIENT, quedas=3)


@pytest.fixture
def servidor(settings: Settings) -> Iterator[Servidor]:
    with Servidor() as servidor:
        point_to(settings, servidor)
        yield servidor


@pytest.mark.django_db
def test_among_a_thousand_those_that_cannot_be_written_die_alone_and_are_seen(
    ana: Usuario, operacao: Usuario, relogio: Relogio, servidor: Servidor, client_of: Callable[[Usuario], Client]
) -> None:
    fila_cheia.fill(1000, now=relogio.now)
    chance = random.Random(25)  # noqa: S311 - no secret
    injected, impossible = chance.sample(list(Envio.objects.all()), 2)
    Usuario.objects.filter(pk=injected.destinatario_id).update(email="p\r\nBcc: mal@mal.test")
    Usuario.objects.filter(pk=impossible.destinatario_id).update(email="isto não é endereço")
    unwritable = message(ana, Tipo.SOLICITACAO, now=relogio.now, dados={"protocolo": "de ninguém"})
    Envio.objects.filter(pk=unwritable.pk).update(prazo=relogio.now + timedelta(days=6, seconds=500))

    run = relogio.deliver()

    dead = Envio.objects.filter(estado=Estado.MORTA)
    listed = client_of(operacao).get(f"/admin/notificacoes/envio/{unwritable.pk}/change/").content.decode()
    assert (run.enviadas, run.mortas, run.adiadas, run.parada) == (998, 3, 0, "")
    assert set(dead) == {injected, impossible, unwritable}
    assert set(servidor.ids) == set(Envio.objects.exclude(pk__in=dead).values_list("message_id", flat=True))
    assert Tarefa.objects.filter(motivo=Motivo.NAO_ENTREGUE).count() == 3
    assert "não foi possível escrever a mensagem: KeyError" in listed


@pytest.fixture
def bomb(transactional_db: None, agente: Agente, ana: Usuario, confianca: Hierarquia, relogio: Relogio) -> Envio:
    """A receipt with far more certificates than anybody has, among twenty ordinary messages."""
    factories.adhere(agente, ana, confianca, now=relogio.now)
    services.plan(now=relogio.now)
    feita, envio = Solicitacao.objects.get(), Envio.objects.get()
    assert feita.recibo
    recibo = {**feita.recibo, "incluidos": feita.recibo["incluidos"] * BOMB}
    Solicitacao.objects.filter(pk=feita.pk).update(recibo=recibo)
    fila_cheia.fill(20, now=relogio.now)
    Envio.objects.filter(pk=envio.pk).update(prazo=relogio.now + timedelta(days=6, seconds=5))
    return envio


def size_of(pid: int | str, column: int) -> int:
    """0 is all that a process has asked for, 1 what it holds in memory."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[column]) * PAGE
    except (OSError, IndexError):
        return 0


def limited_life(room: int) -> int:
    """`ulimit -v`, and one run of the queue."""

    def work() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (size_of("self", 0) + room,) * 2)
        operarios.deliver_once(THREE_FALLS)

    return operarios.wait(operarios.fork(work))


def watched_life() -> int:
    """What the kernel does where memory ends: whoever has too much of it is killed, without a word."""
    pid = operarios.fork(lambda: operarios.deliver_once(THREE_FALLS))
    while not operarios.has_ended(pid):
        if size_of(pid, 1) > size_of("self", 1) + ROOM:
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.001)
    return operarios.wait(pid)


LIVES: dict[str, Callable[[], int]] = {
    "no room to read it": lambda: limited_life(LITTLE_ROOM),
    "no room to write it": lambda: limited_life(ROOM),
    "killed while it is written": watched_life,
}


@pytest.mark.parametrize("life", LIVES)
def test_a_message_that_eats_all_memory_ends_and_the_rest_goes(
    life: str, bomb: Envio, relogio: Relogio, servidor: Servidor
) -> None:
    ends: list[int] = []
    while len(ends) < 9 and Envio.objects.filter(estado__in=ABERTOS).exists():
        ends.append(LIVES[life]())

    bomb.refresh_from_db()
    others = Envio.objects.exclude(pk=bomb.pk)
    assert ends == ([-signal.SIGKILL] * 3 + [0] if life.startswith("killed") else [0])
    assert bomb.estado == Estado.MORTA
    assert bomb.motivo.startswith(("3 tentativas sem resultado", "texto não pôde ser escrito"))
    assert Tarefa.objects.get().envio == bomb
    assert not others.exclude(estado=Estado.ENVIADA).exists()
    assert sorted(servidor.ids) == sorted(others.values_list("message_id", flat=True))
