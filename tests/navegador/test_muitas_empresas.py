"""For whoever represents many companies: conclude them together, share a certificate, at both widths."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from django.urls import reverse

from adesao import services
from adesao.models import Credencial
from adesao.services import Envio
from certificados import selectors as certificados
from certificados import services as registro
from certificados.domain.policy import BUILTIN
from portal.agentes import acesso
from portal.agentes.models import Agente, Papel, Usuario
from portal.demo.hierarquia import Hierarquia
from tests import factories
from tests.navegador.conftest import DESKTOP, PHONE, Janela

pytestmark = [pytest.mark.navegador, pytest.mark.django_db(transaction=True)]


def prepare(ana: Usuario, hierarquia: Hierarquia, *, senha: str, now: datetime) -> Agente:
    company = factories.create_agente()
    factories.represent(ana, company, Papel.REPRESENTANTE_CCEE)
    envio = Envio(senha=senha, arquivos=[("api.cer", factories.issue(hierarquia, company, now=now))])
    services.fill(company, envio, ator=acesso.of_usuario(ana), now=now)
    return company


def test_many_are_concluded_with_one_gesture(
    janela: Callable[..., Janela], agente: Agente, ana: Usuario, confianca: Hierarquia, now: datetime
) -> None:
    ready = prepare(ana, confianca, senha=factories.SENHA_SISTEMICA, now=now)
    wanting = prepare(ana, confianca, senha="", now=now)
    window = janela(ana)
    page = window.open(reverse("adesao:lista"))

    page.get_by_role("link", name="Concluir várias").click()
    window.says("2 empresas podem ser concluídas")
    window.check("concluir-varias", DESKTOP, PHONE)

    page.get_by_label(wanting.sigla).check()
    page.get_by_label("Senha para as que ainda não têm").fill("123")
    page.get_by_role("button", name="Concluir as marcadas").click()
    window.says("foram digitados 3")
    window.check("concluir-varias-erro", DESKTOP, PHONE)

    page.get_by_label("Senha para as que ainda não têm").fill("27194836")
    page.get_by_role("button", name="Concluir as marcadas").click()
    page.get_by_role("link", name="Baixar relatório (CSV)").wait_for()  # htmx carried it to the end
    window.check("concluir-varias-relatorio", DESKTOP, PHONE)
    assert set(Credencial.objects.values_list("agente", flat=True)) == {ready.pk, wanting.pk}


def test_a_list_is_checked_and_without_scripts_a_button_goes_on(
    janela: Callable[..., Janela], agente: Agente, ana: Usuario, confianca: Hierarquia, now: datetime
) -> None:
    company = prepare(ana, confianca, senha=factories.SENHA_SISTEMICA, now=now)
    window = janela(ana, javascript=False)
    page = window.open(reverse("adesao:varias"))

    page.get_by_text("Escolher por uma lista").click()
    page.get_by_label("CNPJ ou sigla, um por linha").fill(f"{company.cnpj}\nNINGUÉM")
    page.get_by_role("button", name="Conferir a lista").click()
    window.says("Linha 2: Não está entre as empresas")
    page.get_by_role("button", name="Concluir as marcadas").click()
    page.get_by_role("button", name="Continuar: 1 de 2").click()
    window.says("Baixar relatório (CSV)")

    assert Credencial.objects.filter(agente=company).exists()


def test_one_certificate_goes_to_another_company_and_out_of_all(
    janela: Callable[..., Janela], agente: Agente, ana: Usuario, confianca: Hierarquia, now: datetime
) -> None:
    registro.save_politica(replace(BUILTIN[0], varias_empresas=True), by="teste", now=now)
    other = factories.create_agente()
    factories.represent(ana, other, Papel.REPRESENTANTE_CCEE)
    factories.represent(ana, factories.create_agente(), Papel.REPRESENTANTE_CCEE)
    for company in (agente, other):
        factories.adhere(company, ana, confianca, now=now)
    sha256 = certificados.of_agente(agente).get().sha256
    window = janela(ana)
    page = window.open(reverse("adesao:cadastro", args=[agente.cnpj]))

    page.get_by_role("link", name="Usar também em outras empresas").click()
    page.get_by_label(other.sigla).check()
    window.check("certificado-em-varias", DESKTOP, PHONE)
    page.get_by_role("button", name="Usar nas marcadas").click()
    window.says("Incluído")

    window.open(reverse("adesao:partilha", args=[other.cnpj, certificados.of_agente(other).get(sha256=sha256).pk]))
    page.get_by_text("Remover de todas as 2").click()
    page.get_by_role("button", name="Sim, remover de todas").click()
    window.says("Excluído")

    assert not certificados.in_service().filter(sha256=sha256).exists()
