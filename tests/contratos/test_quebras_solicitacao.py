"""A change on request, through the pages: what it takes, how it ends, and that it is not begun again (3.79 to 3.84)."""

from datetime import UTC, datetime
from typing import Any

import pytest
from pytest_django import Settings

from contratos import services
from contratos.models import Contrato, Fluxo
from tests.contratos.cena import Cena
from tests.contratos.paginas import as_actor, text

pytestmark = pytest.mark.django_db
CONTRATO = "/contratos/CCEAR-1/"
PEDIDO = f"{CONTRATO}pedidos/alteracao_solicitacao/"
FILIAL = {"alteracao_tipo": "filial", "alteracao_texto": "Filial 0002"}


@pytest.fixture
def assinado(cena: Cena) -> Cena:
    Contrato.objects.update(assinatura="assinado")
    return cena


@pytest.fixture
def deferida(assinado: Cena) -> Cena:
    """Asked for by the seller on 23 November and granted: it waits for the seller's signature."""
    ask(assinado)
    close(assinado, "S2", {"parecer": "Conferido.", "resultado": "deferida"})
    return assinado


def on(cena: Cena, settings: Settings, now: datetime) -> None:
    settings.DATA_DE_REFERENCIA = cena.now = now


def ask(cena: Cena, **other: str) -> Any:
    return as_actor(cena.ana).post(PEDIDO, {**FILIAL, **other})


def close(cena: Cena, codigo: str, dados: dict[str, str] | None = None) -> Any:
    row = cena.row(codigo)
    return as_actor(cena.who(row)).post(f"{CONTRATO}atividades/{row.pk}/", dados or {})


def cancel(cena: Cena) -> Any:
    return as_actor(cena.ana).post(f"{CONTRATO}fluxos/{Fluxo.objects.get().pk}/cancelar/", {"motivo": "desisti"})


@pytest.mark.clausula("3.79", "3.82")
@pytest.mark.parametrize("tipo", ["razao_social", "endereco", "preco", ""])
def test_another_kind_of_change_is_refused_with_those_that_there_are(assinado: Cena, tipo: str) -> None:
    refused = ask(assinado, alteracao_tipo=tipo)
    said = text(refused)

    assert refused.status_code == 422
    assert "Cláusula 3.79: dados bancários, representantes para comunicação e faturamento da matriz para filial" in said
    assert "Mudança de razão social ou de endereço não se faz aqui: siga o submódulo 1.2 (cláusula 3.82)" in said
    assert not Fluxo.objects.exists()


@pytest.mark.clausula("3.79")
def test_before_the_signature_it_is_refused_with_when_it_becomes_possible(cena: Cena) -> None:
    refused = ask(cena)

    assert refused.status_code == 422
    assert "Cláusula 3.79: o contrato está “Rascunho”" in text(refused)
    assert "Peça-a depois que todas as partes assinarem" in text(refused)


@pytest.mark.clausula("3.79")
def test_the_other_side_does_not_send_it_again_for_the_one_that_asked(assinado: Cena) -> None:
    ask(assinado)
    close(assinado, "S2", {"parecer": "Falta a agência.", "resultado": "inconsistencia"})
    row = assinado.row("S1")
    refused = as_actor(assinado.davi).post(f"{CONTRATO}atividades/{row.pk}/", FILIAL)

    assert refused.status_code == 403
    assert "Esta atividade cabe a SOL DO SERTAO" in text(refused)
    assert "(cláusula 3.79)" in text(refused)


@pytest.mark.clausula("3.80.1")
def test_without_its_signature_it_is_neither_closed_nor_waived(deferida: Cena) -> None:
    by_hand = close(deferida, "S3")
    waived = as_actor(deferida.ccee).post(
        f"{CONTRATO}atividades/{deferida.row('S3').pk}/dispensar/", {"motivo": "pressa"}
    )

    assert (by_hand.status_code, waived.status_code) == (422, 422)
    assert "ela termina quando a assinatura da parte é aceita (cláusula 3.80.1)" in text(by_hand)
    assert "Uma assinatura não pode ser dispensada (cláusula 3.80.1)" in text(waived)
    assert deferida.row("S3").situacao == "aberta"


@pytest.mark.clausula("3.84")
def test_a_stalled_request_lapses_is_shown_so_and_not_begun_again(deferida: Cena, settings: Settings) -> None:
    on(deferida, settings, datetime(2026, 12, 23, 15, tzinfo=UTC))  # T+30dc
    services.advance(now=deferida.now)
    on_its_last_day = text(as_actor(deferida.davi).get(CONTRATO))
    on(deferida, settings, datetime(2026, 12, 24, 15, tzinfo=UTC))
    services.advance(now=deferida.now)
    page, signed, given_up = text(as_actor(deferida.davi).get(CONTRATO)), close(deferida, "S3"), cancel(deferida)

    assert "cancelada por decurso de prazo" not in on_its_last_day
    assert "cancelada por decurso de prazo" in page
    assert (signed.status_code, given_up.status_code) == (409, 409)
    for refused in (signed, given_up):
        assert "O fluxo já terminou: cancelada por decurso de prazo" in text(refused)
        assert "Cláusula 3.84: uma solicitação encerrada não se reabre. O mesmo pedido se faz de novo" in text(refused)
    assert ask(deferida).status_code == 302


@pytest.mark.clausula("3.84")
def test_where_ccee_was_late_itself_only_ccee_confirms_the_lapse(assinado: Cena, settings: Settings) -> None:
    ask(assinado)
    on(assinado, settings, datetime(2026, 12, 24, 15, tzinfo=UTC))
    services.advance(now=assinado.now)
    path = f"{CONTRATO}fluxos/{Fluxo.objects.get().pk}/decurso/"
    party = as_actor(assinado.ana).post(path)
    before = text(as_actor(assinado.ana).get(CONTRATO))
    confirmed = as_actor(assinado.ccee).post(path)

    assert (party.status_code, confirmed.status_code) == (403, 302)
    assert "cancelada por decurso de prazo" not in before
    assert "cancelada por decurso de prazo" in text(as_actor(assinado.ana).get(CONTRATO))
