"""Contracts that parties register themselves: the forms, their pages, the windows and the yearly report."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from contratos import services
from contratos.models import Contrato
from portal.agentes.acesso import Ator
from portal.agentes.models import Agente
from tests.contratos import cena as cenas
from tests.contratos.cbrs import CBR, classify
from tests.contratos.cena import AGORA, Cena
from tests.contratos.test_ccer import PEDIDO
from tests.navegador.conftest import DESKTOP, NARROW, Janela

pytestmark = pytest.mark.navegador
Open = Callable[..., Janela]


@pytest.fixture
def cena(transactional_db: None, settings: Any) -> Cena:
    """One contract of each kind. The distributor buys by CBR and sells by CCER."""
    settings.DATA_DE_REFERENCIA = AGORA
    cena = cenas.create()
    classify(cena)
    supply = {"suprimento_inicio": date(2027, 1, 1), "suprimento_fim": date(2027, 12, 31)}
    Contrato.objects.update(especie="itaipu", leilao=None, minuta=None, **supply)
    services.open_publications(now=cena.now)
    _register("cbr_registro", CBR, cena.ana)
    Agente.objects.filter(pk=cena.vendedor.pk).update(classe="consumidor_livre")
    _register("ccer_registro", PEDIDO | {"comprador": cena.vendedor.sigla}, cena.davi)
    return cena


def _register(codigo: str, stated: dict[str, str], ator: Ator) -> None:
    services.register_contract(codigo, evidencia=stated, ator=ator, now=AGORA)


def test_what_parties_registered_and_how_they_do_it(janela: Open, cena: Cena) -> None:
    cbr, ccer = (Contrato.objects.get(especie=especie).numero for especie in ("cbr", "ccer"))
    window = janela(cena.davi.usuario)

    for name, path in {
        "cbr": f"{cbr}/",
        "ccer": f"{ccer}/",
        "inadimplencia": f"{ccer}/pedidos/ccer_inadimplencia/",
        "registrar-cbr": "registrar/cbr_registro/",
        "registrar-ccer": "registrar/ccer_registro/",
        "itaipu": "itaipu/",
        "janelas": "janelas/",
    }.items():
        window.open(f"/contratos/{path}")
        window.check(f"registros-{name}", NARROW, DESKTOP)


def test_what_ccee_reads_of_them(janela: Open, cena: Cena) -> None:
    window = janela(cena.ccee.usuario)

    for name, path in {
        "relatorio": "relatorios/cbrs/",
        "itaipu-contrato": "CCEAR-1/",
        "abrir-fluxo": "CCEAR-1/fluxos/novo/",
    }.items():
        window.open(f"/contratos/{path}")
        window.check(f"registros-{name}", NARROW, DESKTOP)
