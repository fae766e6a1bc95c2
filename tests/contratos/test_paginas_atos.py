"""Closing activities and the other acts through the pages: what is refused says why, and nothing typed is lost."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from contratos.models import Contrato, Documento, Fluxo, Garantia
from portal import uploads
from portal.agentes.models import Papel, Usuario
from portal.auditoria.models import Evento
from tests import factories
from tests.contratos.cena import OUTORGA, Cena
from tests.contratos.paginas import as_actor, sign_all, text

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Usuario], Client]
PAGINA = "/contratos/CCEAR-1/"


def activity(cena: Cena, codigo: str) -> str:
    return f"{PAGINA}atividades/{cena.row(codigo).pk}/"


def test_an_activity_is_closed_by_its_form_and_the_page_says_so(cena: Cena) -> None:
    cena.open()

    response = as_actor(cena.ana).post(activity(cena, "N1"), OUTORGA, follow=True)

    assert response.redirect_chain == [(f"{PAGINA}#andamento", 302)]
    assert "“Enviar a outorga” concluída." in text(response)
    assert cena.row("N1").situacao == "concluida"


def test_what_is_missing_is_said_of_its_field_and_nothing_typed_is_lost(cena: Cena) -> None:
    cena.open()

    response = as_actor(cena.ana).post(activity(cena, "N1"), {**OUTORGA, "ato_publicado_em": "2030-01-01"})

    assert response.status_code == 422
    assert response.context["form"].errors == {
        "ato_publicado_em": ["01/01/2030 ainda não chegou: informe a data em que foi publicado."]
    }
    assert 'value="UFV Sol do Sertão"' in text(response)


def test_who_comes_second_is_told_who_was_faster(cena: Cena) -> None:
    cena.open()
    path = activity(cena, "N1")
    cena.close("N1")

    response = as_actor(cena.ana).post(path, OUTORGA)

    assert response.status_code == 409
    assert "já foi encerrada por ana.vendedora em 23/11/2026" in text(response)


def test_who_only_looks_is_refused_in_words_and_in_the_ledger(cena: Cena, client_of: ClientOf) -> None:
    cena.open()
    legal = factories.create_usuario("lia")
    factories.represent(legal, cena.vendedor, Papel.REPRESENTANTE_LEGAL)

    response = client_of(legal).post(activity(cena, "N1"), OUTORGA)

    assert response.status_code == 403
    assert "Esta atividade cabe a SOL DO SERTAO" in text(response)
    assert cena.row("N1").situacao == "aberta"
    assert Evento.objects.get(tipo="acesso.recusado").ator == "lia"


def test_gates_that_are_shut_are_told_before_anything_is_typed(cena: Cena) -> None:
    Garantia.objects.update(vale_ate=date(2026, 11, 1))
    cena.open()
    cena.close("N1")

    page = text(as_actor(cena.ana).get(activity(cena, "M6")))

    assert "Antes de encerrar, falta:" in page
    assert "venceu em 01/11/2026. Apresente a renovação." in page


def test_an_activity_that_waits_says_for_what(cena: Cena) -> None:
    cena.open()

    page = text(as_actor(cena.ana).get(activity(cena, "N3")))

    assert "Ela espera por: Providências para a assinatura (CCEE)." in page


def test_an_activity_of_another_contract_is_not_found(cena: Cena) -> None:
    cena.open()

    assert as_actor(cena.ana).get(f"{PAGINA}atividades/999999/").status_code == 404


def test_a_result_has_to_be_chosen(cena: Cena) -> None:
    cena.open()
    for codigo in ("G1", "G2"):
        cena.close(codigo)

    response = as_actor(cena.ccee).post(activity(cena, "G3"), {"parecer": "Conferido"})

    assert response.status_code == 422
    assert "Sem inconsistência" in text(response)
    assert "Conferido" in text(response)


def test_ccee_waives_an_activity_with_a_reason(cena: Cena) -> None:
    cena.open()
    path = activity(cena, "N1") + "dispensar/"

    refused = as_actor(cena.ccee).post(path, {"motivo": " "})
    as_actor(cena.ccee).post(path, {"motivo": "Já consta do processo"})

    assert refused.status_code == 422
    assert cena.row("N1").motivo == "Já consta do processo"


def test_ccee_opens_a_flow_and_states_its_dates(cena: Cena) -> None:
    client = as_actor(cena.ccee)

    client.post(f"{PAGINA}fluxos/novo/", {"procedimento": "assinatura_novo", "H": "2026-10-01"})
    fluxo = Fluxo.objects.get(sob=None)
    client.post(f"{PAGINA}fluxos/{fluxo.pk}/ancoras/", {"P": "2026-11-19"})

    fluxo.refresh_from_db()
    assert fluxo.ancoras == {"H": "2026-10-01", "P": "2026-11-19"}
    assert cena.row("N1").vence_em == date(2026, 11, 24)


def test_a_flow_is_cancelled_with_a_reason(cena: Cena) -> None:
    fluxo = cena.open()
    path = f"{PAGINA}fluxos/{fluxo.pk}/cancelar/"

    without = as_actor(cena.ccee).post(path, {})
    as_actor(cena.ccee).post(path, {"motivo": "Aberto por engano"})

    assert without.status_code == 422
    fluxo.refresh_from_db()
    assert fluxo.estado == "cancelado pela CCEE"


@pytest.mark.clausula("3.79", "3.82")
def test_a_party_asks_for_a_change_and_is_sent_elsewhere_for_its_name(cena: Cena) -> None:
    Contrato.objects.update(assinatura="assinado")
    client = as_actor(cena.davi)
    path = f"{PAGINA}pedidos/alteracao_solicitacao/"

    offered = text(client.get(path))
    refused = client.post(path, {"alteracao_tipo": "razao_social", "alteracao_texto": "Nova S.A."})
    client.post(path, {"alteracao_tipo": "filial", "alteracao_texto": "Filial 0002"})

    assert "siga o submódulo 1.2" in offered
    assert refused.status_code == 422
    assert "Nova S.A." in text(refused)
    fluxo = Fluxo.objects.get()
    assert fluxo.solicitante == cena.comprador
    assert fluxo.ancoras == {"T": "2026-11-23"}
    assert fluxo.estado == "em avaliação"


@pytest.mark.clausula("3.79")
def test_a_contract_that_is_not_signed_takes_no_request(cena: Cena) -> None:
    response = as_actor(cena.ana).post(
        f"{PAGINA}pedidos/alteracao_solicitacao/", {"alteracao_tipo": "filial", "alteracao_texto": "Filial 0002"}
    )

    assert response.status_code == 422
    assert "A alteração por solicitação é de contrato assinado." in text(response)
    assert not Fluxo.objects.exists()


def test_a_second_request_waits_for_the_first(cena: Cena) -> None:
    Contrato.objects.update(assinatura="assinado")
    dados = {"alteracao_tipo": "filial", "alteracao_texto": "Filial 0002"}
    client = as_actor(cena.ana)
    client.post(f"{PAGINA}pedidos/alteracao_solicitacao/", dados)

    assert client.post(f"{PAGINA}pedidos/alteracao_solicitacao/", dados).status_code == 409


def test_ccee_registers_and_suspends_by_the_pages(cena: Cena) -> None:
    Contrato.objects.update(assinatura="assinado")
    client = as_actor(cena.ccee)

    client.post(f"{PAGINA}validar/")
    partial = client.post(f"{PAGINA}registrar/", {"inicio": "2028-01-01", "fim": "2030-12-31"})
    client.post(f"{PAGINA}registrar/", {"inicio": "2028-01-01", "fim": "2047-12-31"})
    client.post(f"{PAGINA}suspender/", {"de": "2026-11-23", "motivo": "Despacho 1"})
    suspended = cena.fresh().registro
    client.post(f"{PAGINA}retomar/", {"motivo": "Cessou"})

    assert "o registro abrange todo o suprimento" in text(partial)
    assert (suspended, cena.fresh().registro) == ("suspenso", "registrado")


def test_a_file_that_is_not_signed_is_refused_with_words_and_the_contract_stays(cena: Cena) -> None:
    sign_all(cena)
    documento = Documento.objects.get()
    path = f"{PAGINA}documentos/{documento.pk}/assinatura/"
    client = as_actor(cena.ana)

    nothing = client.post(path, {})
    unsigned = client.post(path, {"arquivo": _upload(bytes(documento.emitido))})

    assert nothing.status_code == unsigned.status_code == 422
    assert "Escolha o arquivo assinado" in text(nothing)
    assert unsigned.context["form"].errors["arquivo"]
    assert cena.fresh().assinatura == "disponivel_assinatura"


def test_a_signed_document_is_taken_whole_and_other_files_are_cut(rf: RequestFactory) -> None:
    def kept(path: str) -> int:
        request = rf.post(path, {"arquivo": _upload(b"x" * 300_000)})
        return len(request.FILES["arquivo"].content)  # type: ignore[union-attr]  # portal.uploads.BoundedUpload

    assert kept(f"{PAGINA}documentos/1/assinatura/") == 300_000
    assert kept(f"{PAGINA}garantias/nova/") == kept("/adesao/documentos/1/assinatura/") == uploads.KEPT


def _upload(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("assinado.pdf", content, "application/pdf")
