"""Webhooks in a browser: made, its secret read once, its log looked at, at both widths."""

from collections.abc import Callable

import pytest

from portal.agentes.models import Agente, Usuario
from portal.webhooks.models import Destino, Entrega
from tests.navegador.conftest import DESKTOP, PHONE, Janela

pytestmark = [pytest.mark.navegador, pytest.mark.django_db(transaction=True)]


def test_a_representative_makes_one_and_asks_for_a_test(
    janela: Callable[..., Janela], agente: Agente, ana: Usuario
) -> None:
    window = janela(ana)
    page = window.open(f"/adesao/{agente.cnpj}/webhooks/")
    page.get_by_label("Nome").fill("ERP de produção")
    page.get_by_label("Endereço").fill("http://10.0.0.1/portal")
    page.get_by_label("Certificado incluído").check()
    page.get_by_role("button", name="Criar").click()
    window.says("O endereço deve começar com https://")
    window.check("webhooks-recusado", DESKTOP, PHONE)

    page.get_by_label("Endereço").fill("https://sistema.exemplo.com.br/portal")
    page.get_by_role("button", name="Criar").click()
    window.says("Copie o segredo agora")
    assert page.locator("#segredo").input_value().startswith("whsec_")
    window.check("webhooks-segredo", DESKTOP, PHONE)

    destino = Destino.objects.get()
    page.get_by_role("link", name="Ir ao destino").click()
    page.get_by_role("button", name="Enviar um teste").click()
    window.says("Na fila")
    window.check("webhooks-destino", DESKTOP, PHONE)
    assert Entrega.objects.get().destino == destino
    assert "whsec_" not in page.content().replace("whsec_exemplo", "")
