"""The pace that operations allow, and a day on which very many certificates end."""

from datetime import timedelta

import pytest
from pytest_django import Settings

from notificacoes.models import Aviso, Envio, Estado
from notificacoes.services import fila
from portal.agentes.models import Agente, Usuario
from tests import fila_cheia
from tests.correio import Servidor
from tests.dia_cheio import Dia
from tests.notificacoes.entregas import Relogio, fresh, queue

pytestmark = pytest.mark.django_db


def test_soonest_to_end_first_at_the_pace_allowed_by_one_run_at_a_time(
    relogio: Relogio, servidor: Servidor, settings: Settings
) -> None:
    settings.ENVIOS_POR_SEGUNDO = 20
    fila_cheia.fill(45, now=relogio.now)
    due = list(Envio.objects.order_by("prazo").values_list("message_id", flat=True))
    paused: list[float] = []

    run = relogio.deliver(pausa=paused.append)

    assert servidor.ids == due
    assert run.enviadas == len(paused) == 45
    assert sum(paused) > 0


def test_a_paced_run_leaves_the_field_to_the_one_that_is_sending(
    agente: Agente, ana: Usuario, relogio: Relogio, settings: Settings
) -> None:
    settings.ENVIOS_POR_SEGUNDO = 20
    busy, waiting = (queue(ana, agente, now=relogio.now) for _ in range(2))
    until = relogio.now + timedelta(minutes=5)
    rows = Envio.objects.filter(pk=busy.pk)
    fila.claim(rows, limit=1, token="outra máquina:1:1:x", now=relogio.now, until=until)

    run = relogio.deliver(pausa=lambda seconds: None)

    assert (run.enviadas, run.parada) == (0, "outra corrida está enviando")
    assert fresh(waiting).estado == Estado.PENDENTE


def test_very_many_that_end_on_one_day_are_told_before_it_is_over(db: None, settings: Settings) -> None:
    """bench/dia_cheio.py has fifteen thousand."""
    dia = Dia(1_000, por_segundo=20, configuracao=settings)

    dia.live()

    by_end = Aviso.objects.filter(antecedencia=7).order_by("vence_em", "certificado")
    assert [message_id for _, message_id in dia.arrivals] == list(by_end.values_list("envio__message_id", flat=True))
    assert len(dia.arrivals) == Envio.objects.filter(estado=Estado.ENVIADA, tentativas=1).count() == 1_000
    assert dia.busiest(30) < 21  # a machine that stalls for a moment bunches a few, not the half minute
    assert dia.now.date() == dia.start.date()
