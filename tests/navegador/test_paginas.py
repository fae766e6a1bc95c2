"""Every page: accessible, within 360 px, quiet, and with nothing fetched from elsewhere."""

from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import expect

from adesao.models import Solicitacao
from portal.agentes.models import Agente, Usuario
from portal.demo.hierarquia import Hierarquia
from tests import factories
from tests.navegador.conftest import DESKTOP, NARROW, Janela

pytestmark = pytest.mark.navegador
Open = Callable[..., Janela]
PUBLIC = {
    "entrar": "/entrar/",
    "manual": "/manual/",
    "certificadoras": "/certificadoras/",
    "prazos": "/prazos/",
    "prazos-datas": "/prazos/?expressao=max(P,H)%2B25du",
    "prazos-comparados": "/prazos/?expressao=P%2B25du&P=2026-11-19&se-P=2026-12-23",
    "prazos-erro": "/prazos/?expressao=P%2B2dx",
    "regras": "/contratos/regras/",
    "regras-filtradas": "/contratos/regras/?busca=assinatura&classe=impede&situacao=pendente",
    "regras-sem-resultado": "/contratos/regras/?busca=xyz",
}
SIGNED_IN = {
    "empresas": "/empresas/",
    "lista-sem-resultado": "/adesao/?texto=nada",
    "conexoes": "/adesao/conexoes/",
    "nova-nao-encontrada": "/adesao/nova/?por=sigla&empresa=XPTO",
    "trilha": "/trilha/",
    "agenda": "/agenda/",
    "seguranca": "/conta/seguranca/",
    "nao-encontrado": "/adesao/00000000000000/",
}


def test_public_pages(janela: Open, confianca: Hierarquia) -> None:
    window = janela()
    for name, path in PUBLIC.items():
        window.open(path)
        window.check(name, DESKTOP, NARROW)


def test_pages_of_a_person(janela: Open, ana: Usuario, agente: Agente, confianca: Hierarquia, now: datetime) -> None:
    factories.adhere(agente, ana, confianca, now=now)
    window = janela(ana)
    for name, path in SIGNED_IN.items():
        window.open(path)
        window.check(name, DESKTOP, NARROW)


def test_a_name_without_spaces_stays_within_the_width(janela: Open, ana: Usuario, confianca: Hierarquia) -> None:
    longest = factories.create_agente("X" * 60, razao_social="W" * 200)
    factories.represent(ana, longest, "representante_ccee")  # type: ignore[arg-type]  # the stored value
    window = janela(ana, size=NARROW)
    for path in ("/empresas/", "/adesao/", f"/adesao/{longest.cnpj}/"):
        window.open(path)
        window.check("nome-longo")


def test_the_receipt_prints_without_the_frame(
    janela: Open, ana: Usuario, agente: Agente, confianca: Hierarquia, now: datetime
) -> None:
    factories.adhere(agente, ana, confianca, now=now)
    feita = Solicitacao.objects.get()
    window = janela(ana)
    page = window.open(f"/adesao/{agente.cnpj}/recibos/{feita.protocolo}/")

    page.emulate_media(media="print")

    expect(page.get_by_role("navigation", name="Principal")).to_be_hidden()
    expect(page.get_by_role("link", name="Ver as empresas")).to_be_hidden()
    expect(page.get_by_text(str(feita.protocolo)).last).to_be_visible()
    window.check("recibo-impresso")
