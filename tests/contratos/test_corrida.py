"""Two at the same moment, on a real PostgreSQL: never two truths about one activity."""

from functools import partial

import pytest

from contratos import services
from contratos.domain.andamento import JaEncerrada
from contratos.models import Atividade, Fluxo
from portal.agentes import acesso
from portal.agentes.models import Papel
from portal.auditoria.models import Evento
from portal.auditoria.selectors import verify_chain
from tests import factories
from tests.ao_mesmo_tempo import at_once
from tests.contratos import cena as cenas
from tests.contratos.cena import EVIDENCIA, Cena


@pytest.fixture
def aberta(transactional_db: None) -> Cena:
    cena = cenas.create()
    cena.open()
    return cena


def test_of_two_people_who_close_the_same_activity_one_is_told_who_was_faster(aberta: Cena) -> None:
    eva = factories.create_usuario("eva")
    factories.represent(eva, aberta.vendedor, Papel.REPRESENTANTE_CCEE)
    pk = aberta.row("N1").pk
    people = [aberta.ana, acesso.of_usuario(eva)]

    outcomes = at_once(
        [partial(services.close_activity, pk, ator=who, now=aberta.now, evidencia=EVIDENCIA) for who in people]
    )

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Atividade", "JaEncerrada"]
    closed = Evento.objects.filter(tipo="contrato.atividade_concluida", dados__atividade="N1")
    assert closed.count() == 2  # one act, an entry for each side
    assert verify_chain().quebra is None


def test_a_flow_is_either_cancelled_or_moved_on(aberta: Cena) -> None:
    fluxo = Fluxo.objects.get(sob=None)
    pk = aberta.row("N1").pk

    outcomes = at_once(
        [
            partial(services.close_activity, pk, ator=aberta.ana, now=aberta.now, evidencia=EVIDENCIA),
            partial(services.cancel_flow, fluxo, motivo="engano", ator=aberta.ccee, now=aberta.now),
        ]
    )

    refused = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert all(isinstance(outcome, JaEncerrada) for outcome in refused)
    assert not Atividade.objects.filter(fluxo__contrato=aberta.contrato, closed_at=None).exists()
    assert aberta.row("N1").situacao == ("cancelada" if refused else "concluida")
