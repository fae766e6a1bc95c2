"""Consent to the assignment of a CER's receivables, by the pages; and the deadlines that the document leaves open."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from pytest_django import Settings

from contratos import services
from contratos.domain.contrato import Especie
from contratos.models import Contrato, Fluxo, TipoDeLeilao
from portal import env
from portal.agentes.acesso import Ator
from tests.contratos import cena as cenas
from tests.contratos.cena import Cena
from tests.contratos.paginas import as_actor, text

pytestmark = pytest.mark.django_db
PEDIDO = "/contratos/CCEAR-1/pedidos/anuencia_cer/"
CESSAO = {"anuencia_tipo": "cessao", "anuencia_texto": "Banco Exemplo S.A.", "documento": "Contrato 12"}
HOJE = datetime(2026, 11, 23, 15, tzinfo=UTC)


@pytest.fixture
def cer(db: None, settings: Settings) -> Cena:
    settings.DATA_DE_REFERENCIA = HOJE
    cena = cenas.create(Especie.CER, TipoDeLeilao.RESERVA)
    Contrato.objects.update(assinatura="assinado", registro="registrado")
    cena.contrato.refresh_from_db()
    return cena


def ask(ator: Ator) -> Any:
    return as_actor(ator).post(PEDIDO, CESSAO)


def post(cena: Cena, codigo: str, ator: Ator | None = None, **dados: str) -> Any:
    return as_actor(ator or cena.ccee).post(f"/contratos/CCEAR-1/atividades/{cena.row(codigo).pk}/", dados)


@pytest.mark.clausula("3.85")
@pytest.mark.parametrize(("resultado", "codigo", "estado"), [("anuida", "N3a", "anuída"), ("negada", "N3n", "negada")])
def test_the_seller_asks_ccee_answers_and_the_parties_are_told(
    cer: Cena, resultado: str, codigo: str, estado: str
) -> None:
    asked = ask(cer.ana)
    answered = post(cer, "N2", parecer="Conforme o procedimento publicado.", resultado=resultado)
    told = post(cer, codigo, comunicado="E-mail às partes")

    assert [each.status_code for each in (asked, answered, told)] == [302, 302, 302]
    fluxo = Fluxo.objects.get()
    assert (fluxo.estado, fluxo.closed_at is not None) == (estado, True)
    assert cer.row("N2").vence_em is None


@pytest.mark.clausula("3.85")
def test_what_is_missing_goes_back_to_the_seller_and_a_refusal_needs_its_reason(cer: Cena) -> None:
    ask(cer.ana)
    silent = post(cer, "N2", resultado="negada")
    post(cer, "N2", parecer="Falta o contrato de cessão.", resultado="pendente")
    again = post(cer, "N1", cer.ana, **CESSAO)

    assert silent.status_code == 422
    assert "Informe este campo" in text(silent)
    assert again.status_code == 302
    assert (cer.row("N2").rodada, cer.row("N2").situacao) == (2, "aberta")


@pytest.mark.clausula("3.85")
def test_only_of_a_cer_and_only_its_seller(cer: Cena) -> None:
    by_ccee = ask(cer.ccee)
    Contrato.objects.update(especie="ccear_quantidade", comprador=cer.comprador)
    refused, buyer = ask(cer.ana), ask(cer.davi)

    assert by_ccee.status_code == buyer.status_code == 403
    assert "Cláusula 3.85: “Pedir anuência” cabe ao representante CCEE de vendedor" in text(buyer)
    assert refused.status_code == 422
    assert "Cláusula 3.85: “Anuência em contrato de energia de reserva” não cabe a este contrato" in text(refused)
    assert "Cabe a: Contrato de Energia de Reserva (CER)" in text(refused)
    assert not Fluxo.objects.exists()


@pytest.mark.clausula("3.85")
def test_a_deadline_that_was_set_counts_for_what_begins_after_it(cer: Cena, settings: Settings) -> None:
    settings.PRAZOS_CONFIGURADOS = {"anuencia_cer.N2": "T+10du"}
    ask(cer.ana)
    row = cer.row("N2")
    settings.PRAZOS_CONFIGURADOS = {"anuencia_cer.N2": "T+1du"}
    services.set_anchors(row.fluxo, {"T": date(2026, 11, 24)}, ator=cer.ccee, now=cer.now)

    assert (row.prazo, row.vence_em) == ("T+10du", date(2026, 12, 7))
    assert cer.row("N2").vence_em == date(2026, 12, 8)  # as it was set when the request came


def test_a_deadline_that_cannot_be_read_ends_the_start_in_words(db: None, settings: Settings) -> None:
    settings.PRAZOS_CONFIGURADOS = {"anuencia_cer.N2": "T+dez"}
    with pytest.raises(SystemCheckError, match=r"PRAZOS_CONFIGURADOS: anuencia_cer\.N2: “T\+dez” não é um prazo"):
        call_command("check")


@pytest.mark.parametrize("text", ["[]", '{"anuencia_cer.N2": 10}', "{"])
def test_what_is_no_object_of_texts_ends_the_start(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("PRAZOS_CONFIGURADOS", text)
    with pytest.raises(SystemExit, match="PRAZOS_CONFIGURADOS não é um objeto JSON de textos"):
        env.texts("PRAZOS_CONFIGURADOS")


def test_nothing_set_is_nothing_and_a_text_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.texts("PRAZOS_CONFIGURADOS") == {}
    monkeypatch.setenv("PRAZOS_CONFIGURADOS", '{"anuencia_cer.N2": "T+10du"}')
    assert env.texts("PRAZOS_CONFIGURADOS") == {"anuencia_cer.N2": "T+10du"}
