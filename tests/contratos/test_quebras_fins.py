"""What does not come back and whose an act is, through the pages: agreements, CCGs, successions, supply."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from pytest_django import Settings

from contratos.models import AcordoBilateral, Contrato, Fluxo
from tests.contratos import test_suprimento
from tests.contratos.cena import EVIDENCIA, Cena
from tests.contratos.garantias import PEDIDO as SUBSTITUIR
from tests.contratos.garantias import VENDEDOR, in_force
from tests.contratos.paginas import as_actor, text
from tests.contratos.test_sucessao import CESSAO, Sucedendo, effected
from tests.contratos.test_sucessao import sucedendo as sucedendo
from tests.contratos.test_suprimento import distribuidoras as distribuidoras

pytestmark = pytest.mark.django_db
CONTRATO = "/contratos/CCEAR-1/"
PEDIDO = f"{CONTRATO}pedidos/acordo_bilateral/"
RESCISAO = {"acordo_tipo": "rescisao", "mes_inicio": "2030-01"}


@pytest.fixture
def registrado(cena: Cena, settings: Settings) -> Cena:
    """An agreement registered, on a day on which both acts are taken."""
    Contrato.objects.update(assinatura="assinado", registro="registrado")
    settings.DATA_DE_REFERENCIA = cena.now = datetime(2026, 11, 24, 15, tzinfo=UTC)
    as_actor(cena.davi).post(PEDIDO, RESCISAO)
    return cena


@pytest.fixture
def validado(registrado: Cena) -> Cena:
    post(registrado, "B2", {}, "ana")
    return registrado


def post(cena: Cena, codigo: str, dados: dict[str, str], quem: str) -> Any:
    return as_actor(getattr(cena, quem)).post(f"{CONTRATO}atividades/{cena.row(codigo).pk}/", dados)


@pytest.mark.clausula("3.105")
@pytest.mark.parametrize(("codigo", "quem"), [("B1", "davi"), ("B2", "ana")])
def test_an_agreement_that_was_validated_is_not_stated_anew(validado: Cena, codigo: str, quem: str) -> None:
    refused = post(validado, codigo, {**RESCISAO, "mes_inicio": "2031-01"}, quem)

    assert refused.status_code == 409
    assert "O fluxo já terminou: validado. Cláusula 3.105: acordo registrado e validado é definitivo" in text(refused)
    assert AcordoBilateral.objects.get().mes_inicio == date(2030, 1, 1)


@pytest.mark.clausula("3.103")
def test_who_registered_an_agreement_does_not_validate_it_and_is_told_who_does(registrado: Cena) -> None:
    refused = post(registrado, "B2", {}, "davi")

    assert refused.status_code == 403
    assert "Esta atividade cabe a SOL DO SERTAO (vendedor)" in text(refused)
    assert "3.103" in text(refused)


@pytest.mark.clausula("3.105")
def test_after_a_rescission_there_is_no_month_left_to_agree_on(validado: Cena) -> None:
    refused = as_actor(validado.davi).post(PEDIDO, {**RESCISAO, "mes_inicio": "2031-01"})

    assert refused.status_code == 422
    assert "O suprimento vai de 01/01/2028 a 31/12/2029; o acordo começaria em 01/2031" in text(refused)


@pytest.mark.clausula("3.100")
@pytest.mark.parametrize("quem", ["ana", "ccee"])
def test_only_the_buyer_asks_for_another_ccg_and_the_clause_is_named(cena: Cena, quem: str) -> None:
    in_force(cena)
    refused = as_actor(getattr(cena, quem)).post(SUBSTITUIR, VENDEDOR)

    assert refused.status_code == 403
    assert "“Substituir CCG” cabe ao representante CCEE de comprador" in text(refused)
    assert "3.100" in text(refused)


@pytest.mark.clausula("3.101")
def test_while_one_ccg_replaces_another_no_third_is_asked_for(cena: Cena) -> None:
    in_force(cena)
    as_actor(cena.davi).post(SUBSTITUIR, VENDEDOR)
    refused = as_actor(cena.davi).post(SUBSTITUIR, VENDEDOR)

    assert refused.status_code == 409
    assert "Já há um pedido em andamento para o contrato: Substituição do CCG. Conclua-o ou cancele-o" in text(refused)
    assert "3.100" in text(refused)


@pytest.mark.clausula("3.92")
def test_that_an_act_needs_no_amendment_is_not_taken_back(cena: Cena) -> None:
    act = {"ato_tipo": "Despacho", "ato_numero": "7/2026", "ato_publicado_em": "2026-11-20"}
    dados = {**act, "so_tecnica": "sim", "caracteristicas": "Troca dos inversores."}
    as_actor(cena.ccee).post(f"{CONTRATO}pedidos/aditamento_dispensa/", dados)
    fluxo = Fluxo.objects.get()
    undo = as_actor(cena.ccee).post(f"{CONTRATO}fluxos/{fluxo.pk}/cancelar/", {"motivo": "engano"})

    assert undo.status_code == 409
    assert "Cláusula 3.92: o ato está registrado e dele não cabe aditamento" in text(undo)


@pytest.mark.clausula("3.86.2")
def test_the_guarantee_of_another_holder_is_shown_as_pending_until_both_are_on_file(
    sucedendo: Sucedendo, settings: Settings
) -> None:
    effected(sucedendo, settings, CESSAO | {"muda_titularidade": "sim"})
    fluxo, client = Fluxo.objects.get(procedimento="distrato_garantia"), as_actor(sucedendo.rita)
    shown = []
    for codigo in ("W1", "W2"):
        shown.append(text(client.get(CONTRATO)))
        client.post(f"{CONTRATO}atividades/{fluxo.atividades.get(codigo=codigo).pk}/", EVIDENCIA)

    assert "Registrar o distrato da garantia original" in shown[0].split("É a vez de")[1]
    assert "É a vez de NOVA SOL ou DISTRIBUIDORA SUL: Registrar a nova garantia" in shown[1]
    assert "cláusula 3.86.2" in shown[1]
    assert "Nenhuma atividade em aberto" in text(client.get(CONTRATO))


@pytest.mark.clausula("3.87")
def test_a_succession_that_took_effect_is_not_undone(sucedendo: Sucedendo, settings: Settings) -> None:
    effected(sucedendo, settings, CESSAO)
    fluxo = Fluxo.objects.get(procedimento="sucessao")
    refused = as_actor(sucedendo.ccee).post(f"{CONTRATO}fluxos/{fluxo.pk}/cancelar/", {"motivo": "engano"})

    assert refused.status_code == 409
    assert "Cláusula 3.87: a sucessora já assumiu a posição no contrato" in text(refused)
    assert sucedendo.fresh().vendedor == sucedendo.sucessora


@pytest.mark.clausula("3.1")
def test_ccee_registers_no_supply_between_distributors(distribuidoras: Cena) -> None:
    refused = test_suprimento.register(distribuidoras.ccee)

    assert refused.status_code == 403
    assert "Cláusula 3.1: “" in text(refused)
    assert "cabe a quem vende, por seu representante CCEE" in text(refused)
