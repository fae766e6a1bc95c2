"""CONUERs: sent to each user of reserve energy as its admission ends, and not to be refused."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from pytest_django import Settings

from contratos import services
from contratos.models import Contrato
from portal.agentes import services as agentes
from portal.agentes.models import Agente
from tests.ao_mesmo_tempo import at_once
from tests.contratos.cena import Cena
from tests.contratos.paginas import as_actor, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def aprovada(cena: Cena) -> Cena:
    """The company of ana was a candidate, and its admission is approved that day."""
    agente = cena.vendedor
    agente.classe, agente.situacao = "consumidor_livre", "candidato"
    agentes.save_agente(agente, by="teste", now=cena.now)
    agente.situacao = "ativo"
    agentes.save_agente(agente, by="teste", now=cena.now)
    return cena


def conuers() -> Any:
    return Contrato.objects.filter(especie="conuer")


@pytest.mark.clausula("3.46", "3.47")
def test_it_is_sent_on_the_day_of_the_approval_and_accepted_with_it(aprovada: Cena) -> None:
    sent = services.send_conuers(now=aprovada.now)

    contrato = conuers().get()
    fluxo = contrato.fluxos.get()
    assert (sent, contrato.registro, fluxo.estado) == (1, "registrado", "aceito compulsoriamente")
    assert (contrato.vendedor, contrato.comprador) == (aprovada.vendedor, None)
    assert fluxo.atividades.get().vence_em == fluxo.atividades.get().closed_at.date() == date(2026, 11, 23)


@pytest.mark.clausula("3.46")
def test_one_sent_later_counts_from_the_approval_and_is_late(aprovada: Cena, settings: Settings) -> None:
    settings.DATA_DE_REFERENCIA = datetime(2026, 11, 26, 15, tzinfo=UTC)
    services.send_conuers(now=datetime(2026, 11, 26, 15, tzinfo=UTC))

    page = text(as_actor(aprovada.ana).get(f"/contratos/{conuers().get().numero}/"))
    assert "3 dias úteis de atraso" in page
    assert "23/11/2026 em diante, até o desligamento do agente" in page


@pytest.mark.clausula("3.46")
def test_repeating_the_run_sends_nothing_and_others_get_none(aprovada: Cena) -> None:
    services.send_conuers(now=aprovada.now)
    candidate = Agente.objects.get(pk=aprovada.comprador.pk)
    candidate.classe, candidate.situacao = "distribuidor", "candidato"
    agentes.save_agente(candidate, by="teste", now=aprovada.now)

    assert services.send_conuers(now=aprovada.now) == 0
    assert conuers().count() == 1


def test_the_classes_that_use_reserve_energy_are_a_setting(aprovada: Cena, settings: Settings) -> None:
    settings.CLASSES_USUARIAS_DE_RESERVA = ["distribuidor"]
    assert services.send_conuers(now=aprovada.now) == 0


def test_a_company_that_comes_back_gets_a_new_one(aprovada: Cena) -> None:
    services.send_conuers(now=aprovada.now)
    ended = as_actor(aprovada.ccee).post(
        f"/contratos/{conuers().get().numero}/finalizar/", {"para": "encerrado", "motivo": "desligamento"}
    )
    again = services.send_conuers(now=aprovada.now)

    assert (ended.status_code, again) == (302, 1)
    assert [each.registro for each in conuers().order_by("pk")] == ["encerrado", "registrado"]


def test_one_drawn_up_by_hand_is_the_one_that_is_sent(aprovada: Cena) -> None:
    contrato = Contrato(
        numero="CONUER-A", especie="conuer", vendedor=aprovada.vendedor, suprimento_inicio=date(2026, 11, 23),
        suprimento_fim=date(2030, 1, 1), energia_mwh=0, montante_mwmed=0,
    )  # fmt: skip
    services.save_contract(contrato, by="olga.ccee", now=aprovada.now)

    assert services.send_conuers(now=aprovada.now) == 1
    assert [(each.numero, each.registro) for each in conuers()] == [("CONUER-A", "registrado")]


@pytest.mark.clausula("3.45")
def test_its_sides_are_the_user_and_ccee_and_no_others(aprovada: Cena) -> None:
    given = {
        "numero": "CONUER-A", "especie": "conuer", "vendedor": aprovada.vendedor.pk, "comprador": aprovada.comprador.pk,
        "suprimento_inicio": "2027-01-01", "suprimento_fim": "2030-01-01", "energia_mwh": "0", "montante_mwmed": "0",
    }  # fmt: skip
    client = as_actor(aprovada.ccee)
    other = client.post("/admin/contratos/contrato/add/", given)
    given |= {"vendedor": aprovada.comprador.pk, "comprador": ""}
    no_user = client.post("/admin/contratos/contrato/add/", given)

    assert "Cláusula 3.45: as partes do CONUER são o usuário de energia de reserva" in text(other)
    assert "Cláusula 3.45: o CONUER é de usuário de energia de reserva; DISTRIBUIDORA SUL é comercializador" in text(
        no_user
    )
    assert as_actor(aprovada.ana).get("/contratos/registrar/conuer/").status_code == 404
    assert not conuers().exists()


@pytest.mark.clausula("3.47")
def test_nothing_offers_to_refuse_it(aprovada: Cena) -> None:
    services.send_conuers(now=aprovada.now)
    contrato = conuers().get()
    client, fluxo = as_actor(aprovada.ana), contrato.fluxos.get()
    page = text(client.get(f"/contratos/{contrato.numero}/"))
    cancelled = client.post(f"/contratos/{contrato.numero}/fluxos/{fluxo.pk}/cancelar/", {"motivo": "não quero"})
    by_ccee = as_actor(aprovada.ccee).post(
        f"/contratos/{contrato.numero}/fluxos/{fluxo.pk}/cancelar/", {"motivo": "pediu"}
    )

    assert "Usuário de energia de reserva: SOL DO SERTAO" in page
    assert "CCEE (ACER) → SOL DO SERTAO" in page
    assert "aceito compulsoriamente" in page
    assert not any(word in page.lower() for word in ("recus", "rejeit", "vendedor:", "cancelar o fluxo"))
    assert not any("refus" in name or "reject" in name or "decline" in name for name in dir(services))
    assert (cancelled.status_code, by_ccee.status_code) == (403, 409)
    assert "Cláusula 3.47: a aprovação da adesão pelo Conselho de Administração" in text(by_ccee)
    contrato.refresh_from_db()
    assert contrato.registro == "registrado"


@pytest.mark.clausula("3.46")
@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_send_one(aprovada: Cena) -> None:
    outcomes = at_once([lambda: services.send_conuers(now=aprovada.now)] * 2)
    assert sorted(map(str, outcomes)) == ["0", "1"]
    assert conuers().count() == 1
