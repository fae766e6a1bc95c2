"""A first look at very many certificates: written in lots, each within the database's time limit for a statement."""

from datetime import timedelta

import pytest
from django.db import connection

from notificacoes.models import Aviso, Envio
from notificacoes.services import agrupamento, plan
from portal.agentes.models import Agente, Papel, Usuario
from tests import factories
from tests.notificacoes.cena import HOJE, at, register

NOW = at(HOJE)


@pytest.fixture
def many(agente: Agente, ana: Usuario, bruno: Usuario) -> list[Usuario]:
    """Seven people, each told of three certificates."""
    people = [ana, *(factories.create_usuario(f"p{number}") for number in range(6))]
    for person in people[1:]:
        factories.represent(person, agente, Papel.REPRESENTANTE_CCEE)
    for left in (9, 20, 25):
        register(agente, ends=at(HOJE + timedelta(days=left)))
    return people


@pytest.mark.parametrize("lote", [1, 4, 20, 21])
def test_a_person_gets_one_message_in_however_many_lots(
    many: list[Usuario], lote: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agrupamento, "LOTE", lote)

    plano = plan(now=NOW)

    assert (plano.mensagens, plano.avisos) == (7, 28)  # of the certificate with nine days left the 30 were missed
    assert sorted(Envio.objects.values_list("destinatario", flat=True)) == sorted(person.pk for person in many)
    assert {envio.avisos.count() for envio in Envio.objects.all()} == {3}
    assert all(
        "-3@" in envio.message_id and envio.prazo == at(HOJE + timedelta(days=9)) for envio in Envio.objects.all()
    )


def test_what_waits_for_another_message_goes_with_what_is_new(many: list[Usuario], agente: Agente) -> None:
    plan(now=NOW)
    Envio.objects.filter(destinatario=many[0]).update(estado="cancelada")  # and its notices are still planned
    register(agente, ends=at(HOJE + timedelta(days=28)))

    assert plan(now=NOW).mensagens == 7

    assert Envio.objects.filter(destinatario=many[0]).latest("pk").avisos.count() == 4
    assert not Aviso.objects.filter(situacao="planejada", envio=None).exists()
    assert len(set(Envio.objects.values_list("message_id", flat=True))) == 14


def test_the_sweep_leaves_no_table_behind(many: list[Usuario]) -> None:
    before = connection.introspection.table_names()

    plan(now=NOW)

    assert connection.introspection.table_names() == before
