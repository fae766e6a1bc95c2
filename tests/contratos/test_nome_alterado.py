"""A party's new name, changed by submódulo 1.2: CCEE has to tell the other side of each of its contracts (3.82)."""

from datetime import timedelta

import pytest
from pytest_django import Settings

from contratos import services
from contratos.models import Contrato, Fluxo
from portal.agentes import services as agentes
from tests.contratos import cena as cenas
from tests.contratos.cena import Cena
from tests.contratos.paginas import as_actor, text

pytestmark = pytest.mark.django_db


@pytest.mark.clausula("3.82")
def test_a_new_name_is_ccees_to_tell_once_in_every_contract_that_is_not_over(cena: Cena, settings: Settings) -> None:
    over = cenas.another(cena, "CCEAR-2")
    Contrato.objects.filter(pk=over.pk).update(registro="encerrado")
    cena.later(hours=1)
    cena.vendedor.razao_social = "Sol Renovado Energia S.A."
    agentes.save_agente(cena.vendedor, by="olga.ccee", now=cena.now)
    settings.DATA_DE_REFERENCIA = cena.now + timedelta(hours=1)

    opened = [services.open_name_changes(now=cena.now + timedelta(hours=each)) for each in (1, 2)]
    address = f"/contratos/CCEAR-1/atividades/{cena.row('V1').pk}/"
    page = text(as_actor(cena.davi).get("/contratos/CCEAR-1/"))
    party = as_actor(cena.ana).post(address, {"comunicado": "Não cabe a mim."})
    done = as_actor(cena.ccee).post(address, {"comunicado": "E-mail ao representante da contraparte."})

    assert opened == [1, 0]
    assert "Informar a contraparte: novo nome, Sol Renovado Energia S.A." in page
    assert (party.status_code, done.status_code) == (403, 302)
    assert Fluxo.objects.get(procedimento="nome_alterado").estado == "contraparte informada"


@pytest.mark.clausula("3.82")
def test_what_else_changes_of_a_company_is_not_told(cena: Cena) -> None:
    cena.vendedor.telefone = "11 5555-0000"
    agentes.save_agente(cena.vendedor, by="olga.ccee", now=cena.now)

    assert services.open_name_changes(now=cena.now + timedelta(hours=1)) == 0
