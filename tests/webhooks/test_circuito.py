"""A destination that does not answer is left alone, tried now and then, and gets everything when it is back."""

import socket
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from portal import clock
from portal.agentes.acesso import Ator
from portal.agentes.models import Agente
from portal.auditoria.models import Evento
from portal.webhooks import services
from portal.webhooks.domain.repeticao import PAUSAS, SEGUIDAS, VALIDADE
from portal.webhooks.models import Destino, Entrega, Estado
from tests.saida.servidor import OK, Servidor, answer, serving
from tests.webhooks.conftest import Feito, happen, only, run

pytestmark = pytest.mark.django_db
Create = Callable[..., Feito]
FALHA = b"HTTP/1.1 503 X\r\nContent-Length: 0\r\n\r\n"
MANY = SEGUIDAS + 4


@pytest.fixture
def broken(create: Create, agente: Agente) -> Feito:
    """Its circuit is open: as many events failed as it takes, and some more wait."""
    with serving(answer(FALHA)) as servidor:
        feito = create(servidor.url(), eventos=("certificado.incluido",))
        for number in range(MANY):
            happen("certificado.incluido", agente, objeto=f"{number}.cer")
        run()
        assert servidor.connections == SEGUIDAS
    feito.destino.refresh_from_db()
    return feito


def point_to(servidor: Servidor) -> None:
    Destino.objects.update(url=servidor.url())


def test_after_some_failures_in_a_row_nothing_is_sent_for_a_while(broken: Feito) -> None:
    assert broken.destino.pausado_ate is not None
    assert Evento.objects.filter(tipo="webhook.pausado", objeto="ERP").count() == 1
    with serving() as servidor:
        point_to(servidor)

        assert run() == 0
        assert run(later=PAUSAS[0] - timedelta(seconds=5)) == 0


def test_one_probe_that_fails_opens_it_for_longer(broken: Feito) -> None:
    with serving(answer(FALHA)) as servidor:
        point_to(servidor)

        later = PAUSAS[0] + timedelta(seconds=1)
        assert run(later=later) == 1
        assert run(later=later + PAUSAS[0]) == 0
        assert run(later=later + PAUSAS[1]) == 1

    assert Evento.objects.filter(tipo="webhook.pausado").count() == 1


def test_a_probe_that_arrives_lets_everything_go(broken: Feito) -> None:
    with serving() as servidor:
        point_to(servidor)

        run(later=PAUSAS[0] + timedelta(seconds=1))

        assert servidor.connections == MANY
    broken.destino.refresh_from_db()
    assert (broken.destino.falhas, broken.destino.pausado_ate) == (0, None)
    assert set(Entrega.objects.values_list("estado", flat=True)) == {Estado.ENTREGUE}
    assert Evento.objects.filter(tipo="webhook.retomado").count() == 1


def test_a_test_by_hand_goes_through_an_open_circuit(broken: Feito, agente: Agente, ator: Ator) -> None:
    with serving() as servidor:
        point_to(servidor)
        services.send_test(broken.destino.pk, ator=ator, now=clock.now(), at=clock.instant())

        assert run() == MANY + 1


def test_waiting_for_the_other_side_costs_no_attempts_but_not_for_ever(broken: Feito) -> None:
    waiting = Entrega.objects.filter(tentativas=0)
    assert waiting.count() == MANY - SEGUIDAS

    services.plan(now=clock.instant() + VALIDADE + timedelta(hours=1))

    assert waiting.exclude(estado=Estado.MORTA).count() == 0


def test_failures_with_a_success_between_open_nothing(create: Create, agente: Agente) -> None:
    answers = iter([FALHA, FALHA, FALHA, FALHA, OK] * 3)
    with serving(lambda client, request: client.sendall(next(answers))) as servidor:
        feito = create(servidor.url(), eventos=("certificado.incluido",))
        for number in range(10):
            happen("certificado.incluido", agente, objeto=f"{number}.cer")
        run()

    feito.destino.refresh_from_db()
    assert feito.destino.pausado_ate is None
    assert servidor.connections == 10


def test_a_slow_receiver_holds_up_nobody_else(create: Create, agente: Agente) -> None:
    """The slow one answers only once the other has got all of its events."""
    done = threading.Event()

    def count(client: socket.socket, request: bytes) -> None:
        client.sendall(OK)
        if quick.connections == 6:
            done.set()

    def linger(client: socket.socket, request: bytes) -> None:
        if done.wait(8):
            client.sendall(OK)

    with serving(count) as quick, serving(linger) as slow:
        create(slow.url(), eventos=("senha.definida",))
        create(quick.url(), eventos=("certificado.incluido",))
        happen("senha.definida", agente, versao=2)
        for number in range(6):
            happen("certificado.incluido", agente, objeto=f"{number}.cer")

        assert run() == 7

    assert set(Entrega.objects.values_list("estado", flat=True)) == {Estado.ENTREGUE}


def test_to_one_destination_one_at_a_time(create: Create, agente: Agente) -> None:
    """While a quick one gets its events, the next of the slow one waits for its turn."""
    begun: list[int] = []
    ended: list[bool] = []
    done = threading.Event()

    def count(client: socket.socket, request: bytes) -> None:
        client.sendall(OK)
        if quick.connections == 4:
            done.set()

    def linger(client: socket.socket, request: bytes) -> None:
        begun.append(len(ended))
        done.wait(8)
        ended.append(True)
        client.sendall(OK)

    with serving(count) as quick, serving(linger) as slow:
        create(slow.url(), eventos=("senha.definida",))
        create(quick.url(), eventos=("certificado.incluido",))
        for number in range(4):
            happen("senha.definida", agente, versao=number)
            happen("certificado.incluido", agente, objeto=f"{number}.cer")
        run()

    assert begun == [0, 1, 2, 3]


def test_what_was_switched_off_gets_nothing_and_nothing_is_kept_for_it(
    destino: Feito, servidor: Servidor, agente: Agente, ator: Ator
) -> None:
    happen("certificado.incluido", agente)
    services.plan(now=clock.instant())
    who: dict[str, Any] = {"ator": ator, "now": clock.now(), "at": clock.instant()}

    services.switch(destino.destino.pk, ativo=False, **who)
    happen("certificado.incluido", agente)

    assert run() == 0
    assert only().estado == Estado.CANCELADA
    services.switch(destino.destino.pk, ativo=True, **who)
    happen("certificado.incluido", agente)
    assert run() == 1
    assert servidor.connections == 1
