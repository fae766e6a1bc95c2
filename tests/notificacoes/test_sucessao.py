"""Who takes another's place in a contract is told what it has to sign, and both sides what came of it."""

from datetime import UTC, date, datetime

import pytest
from pytest_django import Settings

from contratos import services
from notificacoes.models import Lembrete
from notificacoes.services import plan
from tests.contratos import cena as cenas
from tests.contratos.test_sucessao import CESSAO, Sucedendo, on, succeeding
from tests.notificacoes.contratos import latest, mail_of

pytestmark = pytest.mark.django_db
HOJE = datetime(2026, 11, 23, 15, tzinfo=UTC)
STATED = CESSAO | {"ato_publicado_em": "2026-11-19", "efeito_em": "2026-11-23"}


@pytest.fixture
def sucedendo(db: None, settings: Settings) -> Sucedendo:
    cena = succeeding(cenas.create(), settings)
    cena.contrato.suprimento_inicio = date(2026, 1, 1)
    cena.contrato.save()
    on(cena, settings, HOJE)
    services.request(cena.contrato, "sucessao", solicitante=cena.vendedor, evidencia=STATED, ator=cena.ana, now=HOJE)
    cena.close("X2", evidencia={"parecer": "De acordo."}, resultado="de_acordo")
    return cena


@pytest.mark.clausula("3.87")
def test_the_successor_is_reminded_of_its_signature(sucedendo: Sucedendo) -> None:
    plan(now=HOJE)
    told = Lembrete.objects.filter(atividade__codigo="X3s").values_list("destinatario__username", flat=True)
    assert list(told) == ["rita.sucessora"]


@pytest.mark.clausula("3.87")
def test_both_sides_and_the_successor_are_told_that_it_took_over(sucedendo: Sucedendo) -> None:
    sucedendo.sign()
    sucedendo.close("X4", evidencia={})
    plan(now=HOJE)
    for person in ("ana.vendedora", "davi.comprador", "rita.sucessora"):
        assert latest(person).pk
        assert "NOVA SOL sucedeu a SOL DO SERTAO" in mail_of(person, HOJE)
