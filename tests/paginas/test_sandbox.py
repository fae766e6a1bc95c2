"""Nobody takes the sandbox for the real thing: pages, errors, admin, API, PDF."""

import io
from collections.abc import Callable

import pytest
from django.test import Client, RequestFactory
from pytest_django import Settings
from reportlab.platypus import Paragraph, SimpleDocTemplate

from portal import pdf
from portal.agentes.models import Usuario
from portal.errors import server_error

Of = Callable[[Usuario], Client]
MARCA = "ambiente-sandbox"


@pytest.fixture(autouse=True)
def _sandbox(settings: Settings) -> None:
    settings.AMBIENTE, settings.SANDBOX = "sandbox", True
    settings.EMAIL_BACKEND = "notificacoes.mail.SandboxBackend"


@pytest.mark.parametrize("path", ["/entrar/", "/manual/", "/nada-aqui/", "/certificadoras/"])
def test_pages_that_anybody_sees(client: Client, db: None, path: str) -> None:
    text = client.get(path).content.decode()

    assert MARCA in text
    assert "<title>[SANDBOX] " in text
    assert "nada daqui vale para a operação" in text


def test_pages_of_people(client_of: Of, ana: Usuario) -> None:
    text = client_of(ana).get("/empresas/", follow=True).content.decode()

    assert MARCA in text
    assert "/caixa-de-saida/" not in text


def test_pages_of_operations_lead_to_the_outbox(client_of: Of, operacao: Usuario) -> None:
    text = client_of(operacao).get("/admin/").content.decode()

    assert MARCA in text
    assert "/caixa-de-saida/" in text


def test_a_failure() -> None:
    """Without a database: the page of last resort asks nothing."""
    text = server_error(RequestFactory().get("/")).content.decode()

    assert MARCA in text


@pytest.mark.parametrize("path", ["/api/v1/agentes/", "/api/v1/nada/", "/saude/", "/entrar/"])
def test_every_answer_says_where_it_is_from(client: Client, db: None, settings: Settings, path: str) -> None:
    assert client.get(path).headers["Portal-Ambiente"] == "sandbox"
    settings.AMBIENTE = "producao"
    assert client.get(path).headers["Portal-Ambiente"] == "producao"


def page_of_pdf() -> bytes:
    target = io.BytesIO()
    document = SimpleDocTemplate(target, pageCompression=0)
    document.build([Paragraph("Recibo")], canvasmaker=lambda *a, **k: pdf.Paginado(*a, rodape="rodapé", **k))
    return target.getvalue()


def test_what_is_printed(settings: Settings) -> None:
    assert b"SANDBOX" in page_of_pdf()
    settings.SANDBOX = False
    assert b"SANDBOX" not in page_of_pdf()
