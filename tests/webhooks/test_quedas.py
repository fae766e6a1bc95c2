"""A deliverer that is killed, two at once, and a lease that outlived its holder."""

import os
import signal
import socket
from collections.abc import Callable
from datetime import timedelta
from queue import SimpleQueue

import pytest
from django.db import connections

from portal import clock
from portal.agentes.models import Agente
from portal.webhooks import services
from portal.webhooks.envio import Fim
from portal.webhooks.models import Entrega, Estado
from portal.webhooks.services.acerto import settle
from portal.webhooks.services.fila import ARRENDAMENTO, claim
from tests import operarios
from tests.ao_mesmo_tempo import at_once
from tests.saida.servidor import OK, serving
from tests.webhooks.conftest import Feito, happen, received, run

Create = Callable[..., Feito]


def deliver() -> None:
    services.deliver(agora=clock.now, relogio=clock.instant)


@pytest.mark.django_db(transaction=True)
def test_killed_between_the_request_and_its_record_it_sends_the_same_event_again(
    create: Create, agente: Agente
) -> None:
    """The server has the event, and kills the one that sent it before its answer can be written down."""
    killed: list[int] = []
    pids: SimpleQueue[int] = SimpleQueue()

    def behave(client: socket.socket, request: bytes) -> None:
        if not killed:
            killed.append(pids.get(timeout=10))
            os.kill(killed[0], signal.SIGKILL)
        client.sendall(OK)

    with serving(behave) as servidor:
        create(servidor.url(), eventos=("certificado.incluido",))
        happen("certificado.incluido", agente)
        services.plan(now=clock.instant())
        connections.close_all()
        pids.put(pid := operarios.fork(deliver))
        assert operarios.wait(pid) == -signal.SIGKILL
        assert Entrega.objects.get().estado == Estado.ARRENDADA

        run()

    (first, body), (second, again) = received(servidor)
    assert first["Portal-Evento"] == second["Portal-Evento"]
    assert body == again
    assert (Entrega.objects.get().estado, Entrega.objects.get().tentativas) == (Estado.ENTREGUE, 2)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_send_each_event_once(create: Create, agente: Agente) -> None:
    with serving() as servidor:
        for _ in range(3):
            create(servidor.url(), eventos=("certificado.incluido",))
        for number in range(8):
            happen("certificado.incluido", agente, objeto=f"{number}.cer")

        outcomes = at_once([lambda: services.plan(now=clock.instant())] * 2)
        assert sum(outcome for outcome in outcomes if isinstance(outcome, int)) == 24
        at_once([deliver] * 3)

    names = [(headers["Portal-Evento"], headers["Portal-Assinatura"]) for headers, _ in received(servidor)]
    assert len(names) == 24
    assert set(Entrega.objects.values_list("estado", "tentativas")) == {(Estado.ENTREGUE, 1)}


@pytest.mark.django_db
def test_the_result_of_a_lease_that_was_lost_does_not_count(destino: Feito, agente: Agente) -> None:
    happen("certificado.incluido", agente)
    now = clock.instant()
    services.plan(now=now)
    (taken,) = claim(limit=8, busy=[], token="outra-maquina:1:1:x", now=now)
    late = now + ARRENDAMENTO + timedelta(seconds=1)

    run(later=ARRENDAMENTO + timedelta(seconds=1))

    fim = Fim("tarde demais", 500)
    assert not settle(taken, fim, token="outra-maquina:1:1:x", corpo_sha256="", now=late, agora=clock.now())
    assert Entrega.objects.get().estado == Estado.ENTREGUE
    destino.destino.refresh_from_db()
    assert destino.destino.falhas == 0


@pytest.mark.django_db
def test_a_living_lease_is_left_alone(destino: Feito, agente: Agente) -> None:
    happen("certificado.incluido", agente)
    services.plan(now=clock.instant())
    claim(limit=8, busy=[], token="outra-maquina:1:1:x", now=clock.instant())

    assert run() == 0
