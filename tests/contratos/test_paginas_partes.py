"""What the parties state through the pages: guarantees, signatories, conditions of the edital."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from contratos import services
from contratos.models import Cumprimento, Garantia, Signatario
from portal.agentes.models import Usuario
from portal.auditoria.models import Evento
from portal.kernel.errors import Forbidden
from tests import factories
from tests.contratos.cena import AGORA, Cena, H
from tests.contratos.paginas import as_actor, condition, text

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Usuario], Client]
PAGINA = "/contratos/CCEAR-1/"


@pytest.mark.clausula("3.3")
def test_the_seller_presents_a_guarantee_and_may_not_say_that_none_applies(cena: Cena) -> None:
    path = f"{PAGINA}garantias/nova/"
    dados = {"nome": "Proposta", "instrumento": "Fiança 9", "valor": "1.250,50", "vale_de": "2026-11-01"}
    client = as_actor(cena.ana)

    missing = client.post(path, {**dados, "motivo": "dispensada"})
    client.post(path, {**dados, "vale_ate": "2027-11-01", "motivo": "dispensada"})

    assert missing.context["form"].errors == {"vale_ate": ["Informe este campo."]}
    garantia = Garantia.objects.get(nome="Proposta")
    assert (garantia.aplicavel, garantia.motivo, str(garantia.valor)) == (True, "", "1250.50")
    assert garantia.presented_by == "ana.vendedora"


@pytest.mark.clausula("3.3")
def test_no_way_in_lets_a_seller_open_its_own_gate(cena: Cena) -> None:
    with pytest.raises(Forbidden, match="cabe à CCEE"):
        services.save_guarantee(
            Garantia.objects.get(), {"aplicavel": False, "motivo": "x"}, ator=cena.ana, now=cena.now
        )


@pytest.mark.clausula("3.3")
def test_ccee_says_with_a_reason_that_a_guarantee_does_not_apply(cena: Cena) -> None:
    path = f"{PAGINA}garantias/{Garantia.objects.get().pk}/"

    without = as_actor(cena.ccee).post(path, {})
    as_actor(cena.ccee).post(path, {"motivo": "Edital, item 9"})

    assert "fica na trilha" in str(without.context["form"].errors["motivo"])
    assert Garantia.objects.get().motivo == "Edital, item 9"


def test_a_guarantee_ends_after_it_begins_and_is_named_once(cena: Cena) -> None:
    dados = {
        "nome": "Garantia de fiel cumprimento",
        "instrumento": "X",
        "vale_de": "2027-01-01",
        "vale_ate": "2026-01-01",
    }

    response = as_actor(cena.ana).post(f"{PAGINA}garantias/nova/", dados)
    again = as_actor(cena.ana).post(f"{PAGINA}garantias/nova/", {**dados, "vale_ate": "2028-01-01"})

    assert "terminaria antes de começar" in str(response.context["form"].errors)
    assert again.status_code == 422
    assert Garantia.objects.count() == 1


def test_the_buyer_states_nothing_of_the_sellers_guarantee(cena: Cena) -> None:
    assert as_actor(cena.davi).post(f"{PAGINA}garantias/nova/", {}).status_code == 403


@pytest.mark.clausula("3.13.2")
def test_a_party_designates_who_signs_and_it_is_written_who_did(cena: Cena) -> None:
    client, path = as_actor(cena.ana), f"{PAGINA}signatarios/novo/"
    dados = {"parte": "vendedor", "nome": "Rita Alves", "cpf": "123.456.789-09", "desde": "2026-11-23"}

    wrong = client.post(path, {**dados, "cpf": "123.456.789-00"})
    others = client.post(path, {**dados, "parte": "comprador"})
    client.post(path, dados)
    again = client.post(path, dados)

    assert "Este CPF não existe" in text(wrong)
    assert others.status_code == 422
    rita = Signatario.objects.get(nome="Rita Alves")
    assert (rita.agente, rita.cpf, rita.stated_by) == (cena.vendedor, "12345678909", "ana.vendedora")
    assert again.status_code == 409
    assert "12345678909" not in str(list(Evento.objects.values_list("dados", flat=True)))


def test_a_signatory_is_taken_out_by_its_own_side_only(cena: Cena) -> None:
    ana = Signatario.objects.get(agente=cena.vendedor)
    path = f"{PAGINA}signatarios/{ana.pk}/encerrar/"

    theirs = as_actor(cena.davi).post(path)
    as_actor(cena.ana).post(path)
    again = as_actor(cena.ana).post(path)

    ana.refresh_from_db()
    assert (theirs.status_code, again.status_code) == (403, 409)
    assert ana.ate == date(2026, 11, 22)


def test_a_signatory_of_strangers_is_not_found_here(cena: Cena) -> None:
    stranger = Signatario.objects.create(
        agente=factories.create_agente(), nome="X", cpf="12345678909", desde=H, stated_at=AGORA, stated_by="x"
    )

    assert as_actor(cena.ccee).post(f"{PAGINA}signatarios/{stranger.pk}/encerrar/").status_code == 404


@pytest.mark.clausula("3.5")
def test_a_condition_of_the_edital_is_met_by_whom_it_is_owed(cena: Cena) -> None:
    owed = condition(cena, "Certidões", of="comprador")
    path = f"{PAGINA}exigencias/{owed.pk}/"

    sellers = as_actor(cena.ana).post(path, {"comprovante": "x"})
    empty = as_actor(cena.davi).post(path, {})
    as_actor(cena.davi).post(path, {"comprovante": "CND 12/2026"})
    again = as_actor(cena.ccee).post(path, {"comprovante": "outra"})

    assert (sellers.status_code, empty.status_code, again.status_code) == (403, 422, 409)
    assert Cumprimento.objects.get().comprovante == "CND 12/2026"
    assert "já foi dada por cumprida por davi.comprador" in text(again)


@pytest.mark.clausula("3.5")
def test_what_ccee_owes_only_ccee_gives_as_met(cena: Cena) -> None:
    owed = condition(cena, "Publicar", of="ccee")
    both = condition(cena, "Ata", of="agentes")

    refused = as_actor(cena.ana).post(f"{PAGINA}exigencias/{owed.pk}/", {"comprovante": "x"})
    either = as_actor(cena.davi).post(f"{PAGINA}exigencias/{both.pk}/", {"comprovante": "x"})

    assert (refused.status_code, either.status_code) == (403, 302)
