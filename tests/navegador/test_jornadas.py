"""The manual's journeys, by a person with a browser: pages 10 to 16."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from certificados import selectors as certificados
from portal.agentes.models import Agente, Usuario
from portal.demo.hierarquia import Hierarquia
from tests import factories
from tests.navegador.conftest import DESKTOP, NARROW, PHONE, Janela

pytestmark = pytest.mark.navegador
Open = Callable[..., Janela]
Cer = Callable[..., bytes]
CLIENTS = [
    pytest.param(DESKTOP, True, id="desktop"),
    pytest.param(NARROW, True, id="360px"),
    pytest.param(PHONE, False, id="sem-javascript"),
]


@pytest.fixture
def aderido(agente: Agente, ana: Usuario, confianca: Hierarquia, now: datetime) -> Agente:
    factories.adhere(agente, ana, confianca, hosts=("api", "b"), now=now)
    return agente


def send(page: Page, nome: str, content: bytes) -> None:
    """Choose a file: with scripts it is examined at once, without them by the button."""
    page.set_input_files("#id_arquivos", {"name": nome, "mimeType": "application/pkix-cert", "buffer": content})
    button = page.get_by_role("button", name="Enviar e conferir arquivo")
    if button.is_visible():
        button.click()


def drop(page: Page, nome: str, content: bytes) -> None:
    file = "new File([new Uint8Array(bytes)], nome)"
    make = f"([nome, bytes]) => {{ const d = new DataTransfer(); d.items.add({file}); return d; }}"
    transfer = page.evaluate_handle(make, [nome, list(content)])
    page.dispatch_event(".solta", "dragover", {"dataTransfer": transfer})
    page.dispatch_event(".solta", "drop", {"dataTransfer": transfer})


def conclude(page: Page) -> None:
    page.get_by_role("button", name="Concluir solicitação").click()


@pytest.mark.parametrize(("size", "javascript"), CLIENTS)
def test_adesao_from_the_plus_to_the_receipt(
    janela: Open, ana: Usuario, agente: Agente, cer: Cer, confianca: Hierarquia, size: tuple[int, int], javascript: bool
) -> None:
    window = janela(ana, size=size, javascript=javascript)
    name = "adesao" if javascript else "sem-javascript"
    page = window.open("/adesao/")
    window.check(f"{name}-1-lista")
    page.get_by_role("link", name="Nova adesão").click()
    window.check(f"{name}-2-nova")
    page.get_by_label("Sigla ou CNPJ da empresa").fill("serra azul")
    page.get_by_role("button", name="Carregar empresa").click()
    page.get_by_label("Nova senha").fill(factories.SENHA_SISTEMICA)

    send(page, "serra.cer", confianca.issue(cnpj=agente.cnpj, bits=4096).der)
    expect(page.get_by_text("serra.cer não pode ser aceito: 1 das 13 regras falhou.")).to_be_visible()
    expect(page.get_by_text("Encontrado: RSA 4096")).to_be_visible()
    window.check(f"{name}-3-recusado")
    send(page, "serra.cer", cer())
    expect(page.get_by_text("serra.cer pode ser usado.")).to_be_visible()
    expect(page.get_by_text("não pode ser aceito")).to_have_count(0)
    window.check(f"{name}-4-aceito")
    assert not certificados.of_agente(agente).exists()

    conclude(page)
    expect(page.get_by_role("heading", name="Sua solicitação foi concluída")).to_be_visible()
    window.check(f"{name}-5-recibo")
    assert factories.SENHA_SISTEMICA not in page.content()
    assert [row.nome_arquivo for row in certificados.of_agente(agente)] == ["serra.cer"]


def test_dropping_a_file_shows_its_report_at_once(janela: Open, ana: Usuario, agente: Agente, cer: Cer) -> None:
    page = janela(ana).open(f"/adesao/{agente.cnpj}/")
    page.get_by_label("Nova senha").fill("4071")

    drop(page, "solto.cer", cer())

    expect(page.get_by_text("solto.cer pode ser usado.")).to_be_visible()
    expect(page.get_by_label("Nova senha")).to_have_value("4071")
    expect(page.locator(".laudo-resumo")).to_be_focused()


@pytest.mark.parametrize(("size", "javascript"), CLIENTS)
def test_update_replaces_a_certificate_with_both_slots_full(
    janela: Open, ana: Usuario, aderido: Agente, cer: Cer, size: tuple[int, int], javascript: bool
) -> None:
    window = janela(ana, size=size, javascript=javascript)
    page = window.open("/adesao/")
    page.get_by_role("link", name="Atualizar cadastro").click()
    window.check("atualizacao-1-cadastro")

    send(page, "c.cer", cer("c"))
    page.get_by_label("Certificado que sai").select_option(label=page.locator("select option").first.inner_text())
    window.check("atualizacao-2-substituir")
    page.get_by_role("button", name="Substituir").click()
    expect(page.get_by_text("c.cer pode ser usado.")).to_be_visible()
    window.check("atualizacao-3-aceito")
    conclude(page)

    expect(page.get_by_text("Incluído: c.cer")).to_be_visible()
    expect(page.get_by_text("Mantida")).to_be_visible()
    assert certificados.of_agente(aderido).count() == 2


@pytest.mark.parametrize(("size", "javascript"), CLIENTS)
def test_the_password_is_updated_only_after_saying_yes(
    janela: Open, ana: Usuario, aderido: Agente, size: tuple[int, int], javascript: bool
) -> None:
    window = janela(ana, size=size, javascript=javascript)
    page = window.open(f"/adesao/{aderido.cnpj}/")
    expect(page.get_by_label("Nova senha")).to_be_hidden()

    page.get_by_label("Sim, definir outra").check()
    page.get_by_label("Nova senha").fill("12345678")
    conclude(page)
    expect(page.get_by_role("alert").get_by_text("sequência crescente")).to_be_visible()
    window.check("senha-1-recusada")
    page.get_by_label("Nova senha").fill("83526049")
    conclude(page)

    expect(page.get_by_text("Alterada nesta solicitação")).to_be_visible()


@pytest.mark.parametrize(("size", "javascript"), CLIENTS)
def test_exclusion_can_be_undone_until_concluded(
    janela: Open, ana: Usuario, aderido: Agente, size: tuple[int, int], javascript: bool
) -> None:
    window = janela(ana, size=size, javascript=javascript)
    page = window.open(f"/adesao/{aderido.cnpj}/")
    mark = page.get_by_label("Excluir b.cer")
    mark.check()
    expect(page.get_by_text("Sai ao concluir").locator("visible=true")).to_have_count(1)
    mark.uncheck()
    expect(page.get_by_text("Sai ao concluir").locator("visible=true")).to_have_count(0)
    mark.check()
    window.check("exclusao-1-marcado")

    conclude(page)

    expect(page.get_by_text("Excluído: b.cer")).to_be_visible()
    assert [row.nome_arquivo for row in certificados.of_agente(aderido)] == ["api.cer"]


def test_a_staged_file_is_removed_and_the_request_cancelled(
    janela: Open, ana: Usuario, aderido: Agente, cer: Cer
) -> None:
    page = janela(ana).open(f"/adesao/{aderido.cnpj}/")
    send(page, "c.cer", cer("c"))
    page.get_by_role("button", name="Remover c.cer").click()
    expect(page.get_by_role("heading", name="c.cer")).to_have_count(0)

    page.get_by_role("button", name="Cancelar").click()

    expect(page.get_by_text("Solicitação cancelada")).to_be_visible()
    assert certificados.of_agente(aderido).count() == 2


@pytest.mark.parametrize("size", [DESKTOP, NARROW])
def test_the_legal_representative_sees_and_cannot_touch(
    janela: Open, bruno: Usuario, aderido: Agente, ana: Usuario, size: tuple[int, int]
) -> None:
    window = janela(bruno, size=size)
    page = window.open("/adesao/")
    page.get_by_role("link", name="Consultar – SERRA AZUL").click()
    expect(page.get_by_role("link", name="Baixar b.cer")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(1)  # Sair
    expect(page.locator("main input, main select")).to_have_count(0)
    window.check("consulta-1-cadastro")
    with page.expect_download() as download:
        page.get_by_role("link", name="Baixar b.cer").click()
    assert download.value.suggested_filename == "b.cer"

    window.open("/adesao/nova/")
    expect(page.get_by_text("Somente o representante CCEE")).to_be_visible()
    window.check("consulta-2-sem-permissao")


def test_all_of_it_works_by_keyboard(janela: Open, ana: Usuario, aderido: Agente) -> None:
    page = janela(ana).open(f"/adesao/{aderido.cnpj}/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Pular para o conteúdo")).to_be_focused()
    page.keyboard.press("Enter")

    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "excluir":
            break
    page.keyboard.press("Space")
    expect(page.get_by_label("Excluir api.cer")).to_be_checked()
    page.get_by_role("button", name="Concluir solicitação").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text("Excluído: api.cer")).to_be_visible()


def test_a_session_that_ended_while_typing_leads_to_the_sign_in(
    janela: Open, ana: Usuario, agente: Agente, cer: Cer
) -> None:
    page = janela(ana).open(f"/adesao/{agente.cnpj}/")
    Session.objects.all().delete()

    send(page, "a.cer", cer())

    page.wait_for_url(f"**/entrar/?next=/adesao/{agente.cnpj}/")


def test_an_upload_that_never_arrives_is_told_and_loses_nothing(
    janela: Open, ana: Usuario, agente: Agente, cer: Cer
) -> None:
    page = janela(ana).open(f"/adesao/{agente.cnpj}/")
    page.get_by_label("Nova senha").fill("4071")
    page.context.set_offline(True)

    send(page, "a.cer", cer())

    expect(page.get_by_role("alert")).to_contain_text("O envio não chegou")
    expect(page.get_by_label("Nova senha")).to_have_value("4071")


def test_a_refusal_during_an_upload_is_told_in_place(janela: Open, ana: Usuario, agente: Agente, cer: Cer) -> None:
    page = janela(ana).open(f"/adesao/{agente.cnpj}/")
    page.get_by_label("Nova senha").fill("4071")
    ana.representacoes.update(papel="representante_legal")

    send(page, "a.cer", cer())

    expect(page.get_by_role("alert")).to_contain_text("Somente o representante CCEE")
    expect(page.get_by_label("Nova senha")).to_have_value("4071")
