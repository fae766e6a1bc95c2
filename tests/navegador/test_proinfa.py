"""PROINFA in a browser: quotas and the year's curve, histories, and what the ACEP and the consumer are asked for."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from contratos.models import UsinaDoProinfa
from tests.contratos import proinfas
from tests.contratos.proinfas import DIA_1, DIA_4, Proinfa
from tests.contratos.test_proinfa_anual import ATO, curve
from tests.contratos.test_proinfa_publicacao import broken, with_units
from tests.navegador.conftest import DESKTOP, NARROW, Janela

pytestmark = pytest.mark.navegador
Open = Callable[..., Janela]
HISTORICO = "\n".join(f"{mes:02}/2026; 1500,5" for mes in range(1, 10))


@pytest.fixture
def proinfa(transactional_db: None, settings: Any) -> Proinfa:
    cena = proinfas.with_quota(settings)
    UsinaDoProinfa.objects.create(codigo="PCH-1", nome="Salto", garantia_fisica_mwmed=Decimal("9.6"))
    cena.at(DIA_1).at(DIA_4).close("Q2")
    quotas = {"cotas": f"{cena.da_distribuidora.numero}; 12000", "ato_publicado_em": "2026-11-02"}
    cena.ask("proinfa_ato", cena.conta, **(ATO | quotas))
    return cena


def test_a_year_and_its_quotas(janela: Open, proinfa: Proinfa) -> None:
    acep = janela(proinfa.eva.usuario)
    z1 = proinfa.row("Z1", proinfa.conta)
    page = acep.open(f"/contratos/{proinfa.conta.numero}/atividades/{z1.pk}/")
    page.locator("[name=curva]").fill(curve(usina="101"))
    page.get_by_role("button", name="Encerrar atividade").click()
    acep.check("proinfa-curva-recusada", NARROW, DESKTOP)
    proinfa.close("Z1", proinfa.eva, proinfa.conta, curva=curve())
    proinfa.at(datetime(2026, 11, 9, 15, tzinfo=UTC))
    acep.open("/contratos/proinfa/")
    acep.check("proinfa", NARROW, DESKTOP)
    ccee = janela(proinfa.ccee.usuario)
    ccee.open("/contratos/proinfa/")
    ccee.check("proinfa-ccee", DESKTOP)
    ccee.open(f"/contratos/{proinfa.conta.numero}/")
    ccee.check("proinfa-conta", NARROW, DESKTOP)


def test_ccee_publishes_a_months_quotas_at_once(janela: Open, transactional_db: None, settings: Any) -> None:
    proinfa = with_units(settings, 2)
    broken("UC-80")
    ccee = janela(proinfa.ccee.usuario)
    page = ccee.open("/contratos/proinfa/")
    ccee.check("proinfa-a-publicar", NARROW, DESKTOP)
    page.get_by_role("button", name="Publicar todas as cotas de 10/2026").click()
    ccee.says("2 cotas de 10/2026 publicadas.")
    ccee.check("proinfa-publicada-em-parte", NARROW, DESKTOP)


def test_a_consumer_with_a_quota(janela: Open, proinfa: Proinfa) -> None:
    consumer = janela(proinfa.caio.usuario)
    page = consumer.open("/contratos/proinfa/historicos/")
    page.locator("[name=tabela]").fill(HISTORICO + "\n13/2026; 1.000")
    page.get_by_role("button", name="Declarar").click()
    consumer.check("proinfa-historico-recusado", NARROW, DESKTOP)
    page.locator("[name=tabela]").fill(HISTORICO)
    page.get_by_role("button", name="Declarar").click()
    consumer.says("falta a outra parte validar")
    consumer.open(f"/contratos/{proinfa.da_unidade.numero}/")
    consumer.check("proinfa-unidade", NARROW, DESKTOP)
    consumer.open(f"/contratos/{proinfa.da_unidade.numero}/pedidos/proinfa_renuncia/")
    consumer.check("proinfa-renuncia", NARROW, DESKTOP)
    other = janela(proinfa.davi.usuario)
    other.open("/contratos/agenda/")
    other.check("proinfa-agenda", NARROW, DESKTOP)
    other.open("/contratos/proinfa/historicos/")
    other.check("proinfa-historicos", NARROW, DESKTOP)
