"""The world goes on while messages wait in a worker's hand: each is looked at again when its turn comes."""

from datetime import timedelta

import pytest

from certificados import services as certificados
from notificacoes import mail
from notificacoes.domain import motivos
from notificacoes.models import Estado, Situacao
from portal import clock
from portal.agentes import services as agentes
from portal.agentes.models import Agente, Papel, Usuario
from tests import factories
from tests.correio import Servidor
from tests.notificacoes.entregas import Meanwhile, Relogio, fresh, queue

pytestmark = pytest.mark.django_db


def test_one_removed_between_the_claim_and_its_turn_is_not_mailed(
    agente: Agente, ana: Usuario, relogio: Relogio, servidor: Servidor
) -> None:
    """The second and the third are claimed together; while the second goes out somebody removes a certificate."""
    first, second, third = (queue(ana, agente, now=relogio.now) for _ in range(3))

    def remove(sent: int) -> None:
        if sent == 2:
            removed = third.avisos.get().certificado
            certificados.remove(removed, motivo="substituído", by="teste", now=relogio.now)
            relogio.pass_(seconds=2)

    with mail.connect() as correio:
        run = relogio.deliver(Meanwhile(correio, remove))

    row = fresh(third)
    assert (run.enviadas, run.canceladas) == (2, 1)
    assert (row.estado, row.tentativas, row.motivo != "") == (Estado.CANCELADA, 0, True)
    assert third.avisos.get().situacao == Situacao.CANCELADA
    assert {fresh(first).estado, fresh(second).estado} == {Estado.ENVIADA}


def test_who_changes_after_the_claim_is_written_to_as_they_are_when_it_goes(
    agente: Agente, ana: Usuario, bruno: Usuario, relogio: Relogio, servidor: Servidor
) -> None:
    """Three are claimed: while the second goes out one person gets another address, and another leaves the company."""
    bia = factories.create_usuario("bia")
    role = factories.represent(bia, agente, Papel.REPRESENTANTE_CCEE)
    _, second, left, moved = (queue(who, agente, now=relogio.now) for who in (bruno, bruno, bia, ana))

    def change(sent: int) -> None:
        if sent == 2:
            yesterday = clock.local_date(relogio.now) - timedelta(days=1)
            ana.email = "nova@exemplo.test"
            agentes.save_usuario(ana, invite=False, by="operacao", now=relogio.now)
            agentes.end_representacao(role, on=yesterday, by="operacao", now=relogio.now)
            relogio.pass_(seconds=2)

    with mail.connect() as correio:
        run = relogio.deliver(Meanwhile(correio, change))

    assert (run.enviadas, run.canceladas) == (3, 1)
    assert [recebida.para for recebida in servidor.recebidas] == [bruno.email] * 2 + ["nova@exemplo.test"]
    assert (fresh(moved).estado, fresh(moved).endereco) == (Estado.ENVIADA, "nova@exemplo.test")
    assert (fresh(left).estado, fresh(left).tentativas) == (Estado.CANCELADA, 0)
    assert left.avisos.get().motivo == motivos.NAO_REPRESENTA
    assert fresh(second).estado == Estado.ENVIADA


def test_it_goes_to_the_address_of_that_moment(
    agente: Agente, ana: Usuario, relogio: Relogio, servidor: Servidor
) -> None:
    envio = queue(ana, agente, now=relogio.now)
    Usuario.objects.filter(pk=ana.pk).update(email="novo@exemplo.test")

    relogio.deliver()

    assert servidor.recebidas[0].para == "novo@exemplo.test"
    assert fresh(envio).endereco == "novo@exemplo.test"
