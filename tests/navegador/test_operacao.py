"""The admin in a browser: accessible, within the width, quiet."""

from collections.abc import Callable
from itertools import islice

import pytest
from django.contrib.admin import site
from django.urls import reverse
from playwright.sync_api import expect
from pytest_django import Settings

from certificados.models import Certificado, ListaRevogacao, PontoDeLista
from portal import clock
from portal.agentes.models import Agente, Usuario
from portal.demo.hierarquia import Hierarquia
from tests import factories
from tests.navegador.conftest import DESKTOP, PHONE, Janela

pytestmark = [pytest.mark.navegador, pytest.mark.django_db(transaction=True)]


PARTS = 4  # so that two processes share them


def pages() -> dict[str, str]:
    """Every list, every row's page and every form of the admin: name -> path."""
    found = {"inicio": reverse("admin:index")}
    for model in site._registry:
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        found[name] = reverse(f"admin:{name}_changelist")
        row = model._default_manager.first()
        if row is not None:
            found[f"{name}-linha"] = reverse(f"admin:{name}_change", args=[row.pk])
    for model_name in ("agente", "usuario", "representacao", "chavedemaquina"):
        found[f"{model_name}-incluir"] = reverse(f"admin:agentes_{model_name}_add")
    found["certificadoras-incluir"] = reverse("admin:icp_autoridadecertificadora_add")
    found["politica-incluir"] = reverse("admin:certificados_politica_add")
    return found


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_of_the_admin(
    janela: Callable[..., Janela], agente: Agente, ana: Usuario, operacao: Usuario, confianca: Hierarquia, part: int
) -> None:
    factories.adhere(agente, ana, confianca)
    factories.undelivered(Certificado.objects.get(), ana, now=clock.now())
    window = janela(operacao)

    for name, path in islice(pages().items(), part, None, PARTS):
        window.open(path)
        window.check(f"operacao-{name}", DESKTOP, PHONE)


def test_a_mistake_is_told_beside_its_field(janela: Callable[..., Janela], operacao: Usuario) -> None:
    window = janela(operacao)
    page = window.open(reverse("admin:agentes_agente_add"))

    page.get_by_label("CNPJ").fill("12.ABC.345/01DE-34")
    page.get_by_label("Sigla").fill("SERRA AZUL")
    page.get_by_role("button", name="Salvar", exact=True).click()

    expect(page.get_by_text("dígitos verificadores")).to_be_visible()
    expect(page.get_by_label("Sigla")).to_have_value("SERRA AZUL")
    window.check("operacao-erro")


def test_a_revocation_list_is_asked_for(
    janela: Callable[..., Janela],
    agente: Agente,
    ana: Usuario,
    operacao: Usuario,
    confianca: Hierarquia,
    settings: Settings,
) -> None:
    settings.LCR_CONSULTA = True
    factories.adhere(agente, ana, confianca)
    url = "http://lcr.exemplo.test/ac-demonstracao-ssl.crl"
    lista = ListaRevogacao.objects.create(url=url, emissora="AC Demonstração SSL", created_at=clock.now())
    PontoDeLista.objects.create(certificado=Certificado.objects.get(), lista=lista)
    window = janela(operacao)
    page = window.open(reverse("admin:certificados_listarevogacao_changelist"))

    page.get_by_label("Selecione esse objeto").check()
    page.get_by_role("combobox", name="Ação").select_option("consultar")
    page.get_by_role("button", name="Ir", exact=True).click()

    window.says("A próxima varredura as faz")
    window.check("operacao-lista-pedida", DESKTOP, PHONE)
