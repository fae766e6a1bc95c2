"""Signing in, the second factor and the small pages, in a browser that enforces the content security policy."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from notificacoes.models import Mensagem
from portal import clock
from portal.agentes.models import Agente, Usuario
from portal.auditoria.services import act, record
from portal.demo.hierarquia import Hierarquia
from tests.agentes.entrada import last
from tests.agentes.test_segundo_fator import code_of
from tests.factories import SENHA
from tests.navegador.conftest import DESKTOP, NARROW, Janela

pytestmark = pytest.mark.navegador
SIZES = (DESKTOP, NARROW)
OpenJanela = Callable[..., Janela]


def type_in(page: Page, usuario: str, senha: str = SENHA) -> None:
    page.get_by_label("Usuário ou e-mail").fill(usuario)
    page.get_by_label("Senha", exact=True).fill(senha)
    page.get_by_role("button", name="Entrar", exact=True).click()


@pytest.mark.parametrize("javascript", [True, False])
def test_sign_in_mistake_and_exit(janela: OpenJanela, ana: Usuario, javascript: bool) -> None:
    tela = janela(javascript=javascript)
    page = tela.open("/trilha/")

    type_in(page, "ana", "senha errada")
    expect(page.locator(".resumo")).to_contain_text("incorretos")
    type_in(page, "ana")

    expect(page.get_by_role("heading", name="Trilha")).to_be_visible()
    page.get_by_role("button", name="Sair").click()
    expect(page.get_by_role("heading", name="Entrar")).to_be_visible()


def test_pages_without_a_session_are_accessible(janela: OpenJanela, confianca: Hierarquia, settings: object) -> None:
    settings.EMAIL_BACKEND = "notificacoes.mail.OutboxBackend"  # type: ignore[attr-defined]  # pytest-django's
    Mensagem.objects.create(
        at=clock.now(), para="eva@exemplo.test", assunto="Convite", texto="http://127.0.0.1:8000/x/"
    )
    tela = janela()
    for name, path in {
        "entrar": "/entrar/",
        "senha-recuperar": "/conta/senha/recuperar/",
        "senha-enviado": "/conta/senha/recuperar/enviado/",
        "senha-link-vencido": "/conta/senha/nova/1-abc/",
        "senha-pronta": "/conta/senha/nova/pronto/",
        "externo-erro": "/conta/externo/erro/",
        "manual": "/manual/",
        "certificadoras": "/certificadoras/?busca=a",
        "caixa": "/caixa-de-saida/",
        "caixa-mensagem": f"/caixa-de-saida/{Mensagem.objects.get().pk}/",
        "erro-404": "/nao-existe/",
    }.items():
        tela.open(path)
        tela.check(name, *SIZES)


def test_pages_of_the_account_are_accessible(janela: OpenJanela, ana: Usuario, agente: Agente) -> None:
    with act():
        record("certificado.incluido", at=clock.now(), ator="ana", cnpj=agente.cnpj, objeto="a.cer", sha256="a" * 64)
    tela = janela(ana)
    for name, path in {
        "trilha": "/trilha/",
        "trilha-vazia": "/trilha/?empresa=nada",
        "seguranca": "/conta/seguranca/",
        "senha-trocar": "/conta/senha/",
        "confirmar": "/conta/confirmar/?next=/conta/seguranca/",
        "chaves": "/conta/seguranca/chaves/",
        "sair": "/sair/",
    }.items():
        tela.open(path)
        tela.check(name, *SIZES)


def test_authenticator_app_from_the_page_to_the_sign_in(janela: OpenJanela, ana: Usuario) -> None:
    tela = janela()
    page = tela.open("/entrar/?next=/conta/seguranca/")
    type_in(page, "ana")
    page.get_by_role("link", name="Ativar o aplicativo").click()
    page.get_by_label("Senha").fill(SENHA)
    page.get_by_role("button", name="Confirmar").click()
    tela.check("totp-ativar")
    secret = page.locator("#authenticator_secret").input_value()
    page.get_by_label("Código").fill(code_of(secret))
    page.get_by_role("button", name="Ativar").click()
    tela.check("codigos-de-reserva")
    codes = page.locator("#recovery_codes").input_value().split()

    other = janela()
    page = other.open("/entrar/")
    type_in(page, "ana")
    other.check("segundo-fator")
    page.get_by_label("Código").fill(codes[0])
    page.get_by_role("button", name="Entrar", exact=True).click()

    expect(page.get_by_role("button", name="Sair")).to_be_visible()
    assert last("sessao.entrada").dados["meios"] == ["password", "mfa"]


def test_passkey_from_registration_to_sign_in_without_password(janela: OpenJanela, ana: Usuario) -> None:
    """A virtual authenticator of Chromium: the same JavaScript and the same policy as with a real one."""
    tela = janela()
    devtools = tela.page.context.new_cdp_session(tela.page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    page = tela.open("/entrar/?next=/conta/seguranca/chaves/incluir/")
    type_in(page, "ana")
    page.get_by_label("Senha").fill(SENHA)
    page.get_by_role("button", name="Confirmar").click()
    tela.check("chave-incluir")
    page.get_by_label("Nome desta chave").fill("Meu notebook")
    page.get_by_role("button", name="Adicionar").click()
    page.wait_for_url("**/reserva/")
    assert last("segundo_fator.incluido").ator == "ana"

    page.get_by_role("button", name="Sair").click()
    page.get_by_role("button", name="Entrar com chave de acesso").click()

    expect(page.get_by_role("button", name="Sair")).to_be_visible()
    assert tela.errors == []
    assert "mfa" in last("sessao.entrada").dados["meios"]
