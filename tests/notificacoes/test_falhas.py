"""Workers that are killed, told to end, or overtaken with a message in hand. Real processes, sockets, PostgreSQL."""

import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from pytest_django import Settings

from notificacoes.models import Aviso, Envio, Estado, Situacao, Tarefa
from portal.agentes.models import Agente, Usuario
from portal.auditoria.models import Evento
from tests import fila_cheia, operarios
from tests.correio import Acao, Fim, Servidor, Sessao, accept_then, point_to, when
from tests.notificacoes.entregas import Relogio, queue

pytestmark = pytest.mark.django_db(transaction=True)


class Carrasco:
    """Kills the worker at the step of the conversation that it is put at."""

    def __init__(self) -> None:
        self.pid = 0
        self.known = threading.Event()

    def __call__(self, sessao: Sessao) -> None:
        assert self.known.wait(10)
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
        raise Fim

    def run(self) -> int:
        """One worker, until it ends."""
        self.known.clear()
        self.pid = operarios.fork(operarios.deliver_once)
        self.known.set()
        ended, self.pid = operarios.wait(self.pid), 0
        return ended


def take_a_thousand_bytes(then: Acao) -> Acao:
    def action(sessao: Sessao) -> None:
        sessao.act("354 pode mandar")
        sessao.socket.recv(1000)
        sessao.act(then)

    return action


STEPS: dict[str, Callable[[Acao], tuple[str, Acao]]] = {
    "before the first word": lambda kill: ("ABERTURA", kill),
    "in the middle of the text": lambda kill: ("DATA", take_a_thousand_bytes(kill)),
    "before the text is taken": lambda kill: ("PONTO", kill),
}


@pytest.mark.parametrize("moment", STEPS)
def test_killed_before_the_server_took_it_the_message_goes_later(
    moment: str, agente: Agente, ana: Usuario, relogio: Relogio, settings: Settings
) -> None:
    envio, carrasco = queue(ana, agente, now=relogio.now), Carrasco()
    step, action = STEPS[moment](carrasco)
    with Servidor({step: iter([action])}) as servidor:
        point_to(settings, servidor)
        ended = carrasco.run()
        envio.refresh_from_db()
        in_hand = envio.estado
        again = carrasco.run()

    envio.refresh_from_db()
    assert (ended, again) == (-signal.SIGKILL, 0)
    assert in_hand == Estado.ARRENDADA
    assert servidor.ids == [envio.message_id]
    assert (envio.estado, envio.tentativas, envio.quedas) == (Estado.ENVIADA, 2, 1)


def test_killed_before_it_could_write_down_the_250_it_repeats_and_says_so(
    agente: Agente, ana: Usuario, relogio: Relogio, settings: Settings
) -> None:
    envio, carrasco = queue(ana, agente, now=relogio.now), Carrasco()
    with Servidor({"PONTO": iter([accept_then(carrasco)])}) as servidor:
        point_to(settings, servidor)
        assert carrasco.run() == -signal.SIGKILL
        relogio.deliver()
        envio.refresh_from_db()
        doubt = envio.estado, envio.motivo, envio.proxima_at
        relogio.pass_(minutes=14)
        too_soon = relogio.deliver()
        relogio.pass_(minutes=2)
        relogio.deliver()

    envio.refresh_from_db()
    assert doubt[0] == Estado.EM_DUVIDA
    assert "sem resultado" in doubt[1]
    assert doubt[2]
    assert too_soon.enviadas == 0
    assert servidor.ids == [envio.message_id] * 2
    assert (envio.estado, envio.repeticoes) == (Estado.ENVIADA, 1)
    assert Aviso.objects.get().situacao == Situacao.ENVIADA
    assert Evento.objects.get(tipo="aviso.enviado").dados["repeticao"] is True


def test_a_message_that_kills_its_workers_is_put_aside_and_takes_nobody_with_it(
    agente: Agente, ana: Usuario, relogio: Relogio, settings: Settings
) -> None:
    fila_cheia.fill(20, now=relogio.now)
    poison = queue(ana, agente, now=relogio.now, dias=5)
    Envio.objects.filter(pk=poison.pk).update(prazo=relogio.now + timedelta(days=6, seconds=5))  # among the others
    carrasco = Carrasco()
    with Servidor({f"RCPT {ana.email}": carrasco}) as servidor:
        point_to(settings, servidor)
        ended = []
        for _ in range(3):
            ended.append(carrasco.run())
            Envio.objects.filter(estado=Estado.EM_DUVIDA).update(proxima_at=None)
        operarios.deliver_all(replace(operarios.IMPATIENT, quedas=3))

    poison.refresh_from_db()
    others = Envio.objects.exclude(pk=poison.pk)
    assert ended == [-signal.SIGKILL] * 3
    assert (poison.estado, poison.motivo) == (Estado.MORTA, "3 tentativas sem resultado")
    assert Tarefa.objects.get().envio == poison
    assert poison.avisos.get().situacao == Situacao.MORTA
    assert Evento.objects.get(tipo="aviso.nao_entregue").objeto == poison.message_id
    assert not others.exclude(estado=Estado.ENVIADA).exists()
    assert all(envio.repeticoes <= 1 for envio in others)
    assert set(servidor.ids) == {envio.message_id for envio in others}


def test_told_to_end_it_finishes_the_message_in_hand_and_gives_the_others_back(
    relogio: Relogio, settings: Settings
) -> None:
    fila_cheia.fill(8, now=relogio.now)
    told, carrasco = threading.Event(), Carrasco()

    def tell(sessao: Sessao) -> None:
        assert carrasco.known.wait(10)
        os.kill(carrasco.pid, signal.SIGTERM)
        sessao.act("250 ok")
        told.set()

    answers: list[Acao] = ["250 ok", "250 ok", "250 ok", tell]
    with Servidor({"RCPT": iter(answers)}) as servidor:
        point_to(settings, servidor)
        ended = carrasco.run()  # batches of 1, 2, 4: told at the first of the four

    left = Envio.objects.filter(estado=Estado.PENDENTE)
    assert told.is_set()
    assert ended == -signal.SIGTERM
    assert len(servidor.ids) == Envio.objects.filter(estado=Estado.ENVIADA).count() == 4
    assert [(e.tentativas, e.tentada_at, e.lease_token) for e in left] == [(0, None, "")] * 4


def test_who_is_overtaken_writes_nothing(
    agente: Agente, ana: Usuario, relogio: Relogio, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """The server answers the first worker after its lease has ended and another has sent the message."""
    envio, answer, slow = queue(ana, agente, now=relogio.now), threading.Event(), Relogio()

    def first_worker() -> None:
        try:
            slow.deliver()
        finally:
            connection.close()

    with Servidor({"PONTO": iter([accept_then(when(answer, "250 enfim"))])}) as servidor:
        point_to(settings, servidor)
        first = threading.Thread(target=first_worker)
        first.start()
        assert eventually(lambda: servidor.recebidas)
        relogio.pass_(minutes=6)
        relogio.deliver()
        relogio.pass_(minutes=16)
        relogio.deliver()
        answer.set()
        first.join(30)

    envio.refresh_from_db()
    assert servidor.ids == [envio.message_id] * 2
    assert (envio.estado, envio.repeticoes) == (Estado.ENVIADA, 1)
    assert envio.smtp_resposta.startswith("250 2.0.0")
    assert Evento.objects.filter(tipo="aviso.enviado").count() == 1
    assert "tarde demais" in caplog.text


def test_eight_workers_send_each_message_once(relogio: Relogio, settings: Settings) -> None:
    fila_cheia.fill(60, now=relogio.now)
    with Servidor() as servidor:
        point_to(settings, servidor)
        ended = [operarios.wait(pid) for pid in [operarios.fork(operarios.deliver_once) for _ in range(8)]]

    assert ended == [0] * 8
    assert sorted(servidor.ids) == sorted(Envio.objects.values_list("message_id", flat=True))
    assert set(Envio.objects.values_list("estado", "tentativas")) == {(Estado.ENVIADA, 1)}


def eventually(happened: Callable[[], object]) -> bool:
    end = time.monotonic() + 20
    while not happened() and time.monotonic() < end:
        time.sleep(0.01)
    return bool(happened())
