"""Two at once are harmless, and the work of a sweep stays with the database."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from certificados.models import Certificado
from notificacoes.models import Aviso, Envio
from notificacoes.services import plan
from notificacoes.services.plano import Plano
from portal.agentes.models import Agente, Papel, Usuario
from portal.auditoria.models import Evento
from tests import factories
from tests.notificacoes.cena import HOJE, at, register

NOW = at(HOJE)


def together(work: Callable[[], Plano], times: int) -> list[Plano]:
    def one(_: int) -> Plano:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


@pytest.fixture
def people(transactional_db: None, agente: Agente, ana: Usuario, bruno: Usuario) -> list[Usuario]:
    return [ana, bruno]


@pytest.mark.parametrize("turn", range(5))
def test_sweeps_at_once_write_each_row_once(agente: Agente, people: list[Usuario], turn: int) -> None:
    for left in (-2, -1, 3, 10, 29):
        register(agente, ends=at(HOJE + timedelta(days=left)))
    if turn % 2:
        plan(now=NOW - timedelta(days=2))  # there is something to supersede and to remove

    planos = together(lambda: plan(now=NOW), 6)

    assert sum(plano.excluidos for plano in planos) == 2
    assert Evento.objects.filter(tipo="certificado.excluido").count() == 2
    assert Aviso.objects.filter(situacao="planejada", envio=None).count() == 0
    owed = Aviso.objects.filter(situacao="planejada").values_list("certificado", "destinatario")
    assert len(owed) == len(set(owed)) == 4  # three to ana, the one of seven days to bruno
    assert Envio.objects.filter(tipo="exclusao").count() == 2  # one a person, of both


def test_a_sweep_asks_as_much_of_a_hundred_as_of_one(db: None) -> None:
    def more(count: int) -> None:
        for number in range(count):
            agente = factories.create_agente()
            usuario = factories.create_usuario(f"p{agente.pk}")
            factories.represent(usuario, agente, Papel.REPRESENTANTE_CCEE)
            for left in (3 + number % 20, 29):
                register(agente, ends=at(HOJE + timedelta(days=left)))

    more(1)
    plan(now=NOW)  # with something in the queue there is more to ask
    more(1)
    with CaptureQueriesContext(connection) as few:
        assert plan(now=NOW).avisos == 4
    more(30)
    with CaptureQueriesContext(connection) as many:
        assert plan(now=NOW).avisos > 60

    assert Certificado.objects.count() == 64
    assert len(many) == len(few)


def test_a_first_sweep_needs_no_row_of_its_own(people: list[Usuario], agente: Agente) -> None:
    """Every table is empty here but the test's own: no calendar, no mark of an earlier sweep."""
    register(agente, ends=at(HOJE + timedelta(days=1)))

    assert plan(now=NOW).mensagens == 2
