"""What Prometheus is told of the deliveries."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from portal import clock
from portal.agentes.models import Agente
from portal.webhooks import services
from portal.webhooks.domain.repeticao import SEGUIDAS
from portal.webhooks.metricas import measure
from portal.webhooks.models import Destino, Entrega, Estado
from tests.notificacoes.test_saude import metrics
from tests.saida.servidor import answer, serving
from tests.webhooks.conftest import Feito, happen, run
from tests.webhooks.test_circuito import FALHA

pytestmark = pytest.mark.django_db
HORA = timedelta(hours=1)


def figures(*, later: timedelta = timedelta()) -> dict[str, float]:
    return {
        name.removeprefix("portal_webhooks_"): value for name, (_, value) in measure(clock.instant() + later).items()
    }


def planned(agente: Agente, how_many: int = 1) -> None:
    for number in range(how_many):
        happen("certificado.incluido", agente, objeto=f"{number}.cer")
    services.plan(now=clock.instant())


def test_the_page_has_them(destino: Feito, agente: Agente, client: Client) -> None:
    planned(agente, 2)
    Entrega.objects.update(created_at=clock.instant() - 3 * HORA)

    found = metrics(client)

    assert found["portal_webhooks_pendentes"] == 2
    assert 0 <= found["portal_webhooks_mais_antigo_segundos"] - 3 * 3600 < 600
    assert found["portal_webhooks_mais_antigo_segundos"] == found["portal_webhooks_atraso_segundos"]
    assert found["portal_webhooks_destinos_em_pausa"] == found["portal_webhooks_mortas"] == 0


def test_what_was_delivered_is_in_none_of_them(destino: Feito, agente: Agente) -> None:
    planned(agente)
    run()

    assert set(figures(later=HORA).values()) == {0}


def test_a_destination_that_does_not_answer_counts_and_makes_nobody_late(
    create: Callable[..., Feito], agente: Agente
) -> None:
    """Its events grow old, but nothing that could have gone was kept: only when its pause is over is it late."""
    with serving(answer(FALHA)) as servidor:
        create(servidor.url(), eventos=("certificado.incluido",))
        planned(agente, SEGUIDAS + 1)
        run()
    pausa = Destino.objects.get().pausado_ate
    assert pausa is not None

    before, after = figures(), figures(later=HORA)

    assert (before["pendentes"], before["destinos_em_pausa"], before["atraso_segundos"]) == (SEGUIDAS + 1, 1, 0)
    assert after["mais_antigo_segundos"] > 3600 > after["atraso_segundos"] > 0


def test_one_that_failed_is_late_only_after_its_wait(create: Callable[..., Feito], agente: Agente) -> None:
    with serving(answer(FALHA)) as servidor:
        create(servidor.url(), eventos=("certificado.incluido",))
        planned(agente)
        run()
    again = Entrega.objects.get().proxima_at
    assert again is not None

    assert figures()["atraso_segundos"] == 0
    assert measure(again + HORA)["portal_webhooks_atraso_segundos"][1] == 3600


def test_one_that_a_process_took_and_left_is_late_from_the_end_of_its_lease(destino: Feito, agente: Agente) -> None:
    planned(agente)
    at = clock.instant()
    Entrega.objects.update(estado=Estado.ARRENDADA, lease_token="t", lease_until=at + HORA)

    assert measure(at + 3 * HORA)["portal_webhooks_atraso_segundos"][1] == 2 * 3600


def test_what_was_given_up_counts(destino: Feito, agente: Agente) -> None:
    planned(agente)
    services.plan(now=clock.instant() + timedelta(days=8))

    assert (figures()["mortas"], figures()["pendentes"]) == (1, 0)


def test_they_cost_the_same_for_any_queue(
    destino: Feito, agente: Agente, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Three beside the seven of the mails: what is open, what was given up, the destinations."""
    for _ in range(2):
        planned(agente, 3)
        with django_assert_num_queries(3):
            measure(clock.instant())
