"""The year of a contract as its buyer sees it: the trial that is refused, and the year once it is final."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from contratos.models import PerfilDeCarga
from tests.contratos import cena as cenas
from tests.contratos.cena import Cena
from tests.contratos.test_sazonalizacao import FLAT, PERFIL, announce, answer, table
from tests.navegador.conftest import DESKTOP, PHONE, Janela

pytestmark = pytest.mark.navegador
PAGINA = "/contratos/CCEAR-1/montantes/2028/"


@pytest.fixture
def anunciado(transactional_db: None, settings: Any) -> Cena:
    cena = announce(cenas.create(), settings)
    PerfilDeCarga.objects.create(agente=cena.comprador, ano=2028, valores=[str(each) for each in PERFIL])
    return cena


def test_the_buyer_tries_a_table_sends_it_and_sees_the_year(janela: Callable[..., Janela], anunciado: Cena) -> None:
    window = janela(anunciado.davi.usuario, size=DESKTOP)
    page = window.open(PAGINA)
    window.check("montantes-na-falta", DESKTOP, PHONE)

    page.get_by_role("textbox", name="Energia de cada mês").fill(table(FLAT | {2: FLAT[2] * Decimal("1.16")}))
    page.get_by_role("button", name="Simular").click()
    window.says("Esta tabela seria recusada")
    window.check("montantes-recusada", DESKTOP, PHONE)

    page.get_by_role("textbox", name="Energia de cada mês").fill(table(FLAT | {1: Decimal(24000), 7: Decimal(20640)}))
    page.get_by_role("button", name="Enviar ao vendedor").click()
    window.says("Sazonalização de 2028 enviada")

    answer(anunciado, "validada")
    window.open(PAGINA)
    window.check("montantes-definitiva", DESKTOP, PHONE)
