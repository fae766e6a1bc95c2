"""A CCG replaced and an amendment without effect, as the buyer, CCEE and the regulator see them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from contratos.models import Aditamento, Contrato, Fluxo
from tests.contratos import cena as cenas
from tests.contratos.cena import AGORA, EVIDENCIA, Cena
from tests.contratos.garantias import NOVA, ask, in_force
from tests.navegador.conftest import DESKTOP, PHONE, Janela

pytestmark = pytest.mark.navegador
Open = Callable[..., Janela]
AQUI = "/contratos/CCEAR-1/"


@pytest.fixture
def cena(transactional_db: None, settings: Any) -> Cena:
    settings.DATA_DE_REFERENCIA = AGORA + timedelta(hours=1)
    cena = cenas.create()
    Contrato.objects.update(assinatura="assinado", registro="registrado")
    old = in_force(cena)
    old.situacao, old.revoked_at, old.tipo_garantia = "revogado", cena.now, "Fiança bancária"
    old.save()
    in_force(cena, "Caixa Econômica Federal")
    fluxo = cena.open("aditamento_ato", ancoras={"L": AGORA.date()})
    cena.close("A1", evidencia={**EVIDENCIA, "ato_tipo": "Despacho", "ato_numero": "77/2026"})
    Aditamento.objects.create(contrato=cena.contrato, fluxo=fluxo, signed_at=cena.now)
    return cena


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_what_the_buyer_sees_on_the_way_to_a_new_ccg(janela: Open, cena: Cena, size: tuple[int, int]) -> None:
    window = janela(cena.davi.usuario, size=size)
    window.open(f"{AQUI}pedidos/ccg_substituicao/").get_by_role("button", name="Substituir CCG").click()
    window.check("garantias-pedido-recusado")

    fluxo = ask(cena)
    page = window.open(f"{AQUI}atividades/{cena.row('G1', fluxo).pk}/")
    for nome in ("tipo_garantia", "banco_gestor", "valor_exigido", "vale_ate"):
        page.locator(f"[name={nome}]").fill(NOVA[nome])
    page.locator("[name=valor]").fill("999999,99")
    page.get_by_role("button", name="Encerrar atividade").click()
    window.says("exigem R$ 1.000.000,00")
    window.check("garantias-nova-recusada")
    window.open(AQUI)
    window.check("garantias-contrato")


def test_what_ccee_checks_and_reports(janela: Open, cena: Cena) -> None:
    fluxo = ask(cena)
    for codigo in ("G1", "G2"):
        cena.close(codigo, fluxo=fluxo, evidencia={**EVIDENCIA, **NOVA})
    window = janela(cena.ccee.usuario)
    for name, path in {
        "conferencia": f"{AQUI}atividades/{cena.row('G3', fluxo).pk}/",
        "dispensa": f"{AQUI}pedidos/aditamento_dispensa/",
        "relatorio": "/contratos/relatorios/aditamentos/",
    }.items():
        window.open(path)
        window.check(f"garantias-{name}")
    assert Fluxo.objects.count() == 4
