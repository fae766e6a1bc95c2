"""The amounts of Itaipu: asked to be published in time, and shown to those whose they are."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from pytest_django import Settings

from contratos import services
from contratos.models import Contrato, Fluxo, MontanteDoMes
from portal.agentes import acesso
from portal.agentes.acesso import Ator
from tests import factories
from tests.contratos.cena import Cena
from tests.contratos.paginas import as_actor, text

pytestmark = [pytest.mark.django_db, pytest.mark.clausula("3.24")]


@pytest.fixture
def itaipu(cena: Cena, settings: Settings) -> Cena:
    settings.DATA_DE_REFERENCIA = cena.now = datetime(2026, 12, 20, 15, tzinfo=UTC)
    supply = {"suprimento_inicio": date(2027, 1, 1), "suprimento_fim": date(2027, 12, 31)}
    Contrato.objects.update(especie="itaipu", leilao=None, minuta=None, **supply)
    services.open_publications(now=cena.now)
    return cena


def see(ator: Ator, name: str = "itaipu/") -> str:
    return text(as_actor(ator).get(f"/contratos/{name}"))


def publish(cena: Cena, ator: Ator) -> Any:
    return as_actor(ator).post(f"/contratos/CCEAR-1/atividades/{cena.row('I1').pk}/", {"comunicado": "CO 900/26"})


def test_the_publication_is_due_five_business_days_before_and_asked_for_once(itaipu: Cena) -> None:
    assert services.open_publications(now=itaipu.now) == 0
    assert Fluxo.objects.get(procedimento="itaipu_publicacao").estado == "à espera da publicação"
    assert itaipu.row("I1").vence_em == date(2026, 12, 24)
    assert "ainda não registrada" in see(itaipu.davi)
    assert "até 24/12/2026" in see(itaipu.davi)


def test_ccee_publishes_and_holders_read_the_registered_amounts(itaipu: Cena) -> None:
    party, done = publish(itaipu, itaipu.davi), publish(itaipu, itaipu.ccee)

    assert (party.status_code, done.status_code) == (403, 302)
    assert itaipu.fresh().registro == "registrado"
    for ator in (itaipu.ana, itaipu.davi, itaipu.ccee):
        assert "5.259.600,000000" in see(ator)
    assert "CCEAR-1;SOL DO SERTAO;DISTRIBUIDORA SUL;todo o suprimento;5259600,000000;Registrado;20/12/2026" in see(
        itaipu.davi, "itaipu.csv"
    )


def test_months_are_shown_where_they_are_known(itaipu: Cena) -> None:
    publish(itaipu, itaipu.ccee)
    MontanteDoMes.objects.create(contrato=itaipu.contrato, mes=date(2027, 2, 1), energia_mwh=Decimal("1234.5"))

    assert "<dt>02/2027</dt><dd>1.234,500000</dd>" in see(itaipu.davi)
    assert ";02/2027;1234,500000;" in see(itaipu.davi, "itaipu.csv")


def test_what_was_not_published_in_time_is_late(itaipu: Cena, settings: Settings) -> None:
    settings.DATA_DE_REFERENCIA = datetime(2026, 12, 28, 15, tzinfo=UTC)
    assert "atrasada" in see(itaipu.davi)


def test_nothing_is_published_without_an_amount(itaipu: Cena) -> None:
    Contrato.objects.update(energia_mwh=0)
    refused = publish(itaipu, itaipu.ccee)
    assert refused.status_code == 422
    assert "Cláusula 3.24: o contrato ainda não tem montante" in text(refused)


def test_others_see_nothing_of_it(itaipu: Cena) -> None:
    stranger = acesso.of_usuario(factories.create_usuario("zoe"))
    assert "Nenhum contrato de Itaipu à vista" in see(stranger)
    assert "CCEAR-1" not in see(stranger, "itaipu.csv")
