"""Between two complete looks beat's sweep asks little, and still misses nothing that it could know of."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notificacoes.models import Aviso, Motivo, Tarefa
from notificacoes.services import plan
from portal.agentes import services as agentes
from portal.agentes.models import Agente, Papel, Representacao, Usuario
from tests import factories
from tests.notificacoes.cena import HOJE, at, register


def look(now: datetime) -> set[str]:
    """What a quick sweep plans: to whom."""
    before = set(Aviso.objects.values_list("pk", flat=True))
    plan(now=now, complete=False)
    return set(Aviso.objects.exclude(pk__in=before).values_list("destinatario__username", flat=True))


@pytest.fixture
def watched(agente: Agente, ana: Usuario) -> Agente:
    """A complete look at 7:50 this morning."""
    plan(now=at(HOJE, 7, 50))
    return agente


def test_a_lead_is_seen_when_its_hour_comes(watched: Agente) -> None:
    for left in (30, 15, 7):
        register(watched, ends=at(HOJE + timedelta(days=left)))

    assert look(at(HOJE, 7, 59)) == set()
    assert look(at(HOJE, 8, 0)) == {"ana"}
    assert Aviso.objects.filter(situacao="planejada").count() == 3


def test_a_new_representative_is_seen_at_once(watched: Agente) -> None:
    register(watched, ends=at(HOJE + timedelta(days=20)))
    plan(now=at(HOJE, 9))
    eva = factories.create_usuario("eva")
    factories.represent(eva, watched, Papel.REPRESENTANTE_CCEE)

    assert look(at(HOJE, 9, 1)) == {"eva"}


def test_what_changed_behind_the_ledgers_back_is_seen_within_the_hour(watched: Agente, bruno: Usuario) -> None:
    register(watched, ends=at(HOJE + timedelta(days=20)))
    plan(now=at(HOJE, 9))
    Representacao.objects.filter(usuario=bruno).update(papel=Papel.REPRESENTANTE_CCEE)

    assert look(at(HOJE, 9, 59)) == set()
    assert look(at(HOJE, 10, 0)) == {"bruno"}


def test_nobody_to_write_to_is_seen_as_the_end_comes_near(watched: Agente, ana: Usuario) -> None:
    register(watched, ends=at(HOJE + timedelta(days=31)))
    ana.is_active = False
    agentes.save_usuario(ana, by="teste", now=at(HOJE, 23))
    plan(now=at(HOJE, 23, 59))
    assert not Tarefa.objects.exists()

    look(at(HOJE + timedelta(days=1), 0, 1))

    assert Tarefa.objects.get().motivo == Motivo.SEM_ENDERECO


def test_a_clock_set_back_costs_a_complete_look(watched: Agente) -> None:
    plan(now=at(HOJE + timedelta(days=5)))
    register(watched, ends=at(HOJE + timedelta(days=20)))

    assert look(at(HOJE, 9)) == {"ana"}


def test_with_nothing_new_no_certificate_is_looked_at(watched: Agente) -> None:
    look(at(HOJE, 9))

    with CaptureQueriesContext(connection) as asked:
        look(at(HOJE, 9, 1))

    assert not [q for q in asked if q["sql"].startswith('INSERT INTO "notificacoes_aviso"')]


def test_where_there_is_no_contract_nothing_more_is_asked_about_them(watched: Agente) -> None:
    with CaptureQueriesContext(connection) as asked:
        plan(now=at(HOJE, 9))

    tables = "contratos_", "notificacoes_lembrete"
    about_them = [q["sql"] for q in asked if any(table in q["sql"] for table in tables)]
    assert len(about_them) == 2
    assert all('FROM "contratos_contrato" LIMIT 1' in sql for sql in about_them)


def test_with_nothing_new_in_the_ledger_it_is_asked_once(watched: Agente) -> None:
    plan(now=at(HOJE, 9))

    with CaptureQueriesContext(connection) as asked:
        plan(now=at(HOJE, 9, 1))

    assert len([q for q in asked if "auditoria_evento" in q["sql"]]) == 1
