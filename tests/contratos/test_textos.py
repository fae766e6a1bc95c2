"""The public texts (3.6): all of the contract, nothing that is personal, and a queue of what is still missing."""

from collections.abc import Callable

import pytest
from django.test import Client

from contratos.models import Contrato, Minuta, Signatario
from portal.agentes.models import Usuario
from tests.contratos import cena as cenas
from tests.contratos.cena import MARCOS, Cena

pytestmark = [pytest.mark.django_db, pytest.mark.clausula("3.6")]
ClientOf = Callable[[Usuario], Client]
LISTA, TEXTO, PDF = "/contratos/textos/", "/contratos/textos/CCEAR-1/", "/contratos/textos/CCEAR-1.pdf"
FILA = "/contratos/textos/a-publicar/"


@pytest.fixture
def cena() -> Cena:
    cena = cenas.create()
    Contrato.objects.update(publicavel=True)
    Signatario.objects.update(email="pessoal@exemplo.test")
    return cena


def make_available(cena: Cena) -> None:
    cena.open()
    for codigo in ("N1", *MARCOS):
        cena.close(codigo)


def test_anybody_reads_the_whole_text_and_the_parties(cena: Cena, client: Client) -> None:
    listed, page = client.get(LISTA).content.decode(), client.get(TEXTO).content.decode()

    assert "CCEAR-1" in listed
    assert "Cláusula primeira." in page
    assert "Cláusula segunda." in page
    assert cena.vendedor.razao_social in page


def test_what_was_not_marked_is_answered_like_what_is_not_there(cena: Cena, client: Client) -> None:
    Contrato.objects.update(publicavel=False)

    hidden, none = client.get(TEXTO), client.get(LISTA + "CCEAR-9/")

    assert hidden.status_code == none.status_code == 404
    assert hidden.content.replace(b"CCEAR-1", b"X") == none.content.replace(b"CCEAR-9", b"X")
    assert "CCEAR-1" not in client.get(LISTA).content.decode()


def test_the_document_is_there_once_all_have_signed(cena: Cena, client: Client) -> None:
    make_available(cena)
    before = client.get(PDF)

    Contrato.objects.update(assinatura="assinado", signed_at=cena.now)

    assert before.status_code == 404
    assert client.get(PDF).content.startswith(b"%PDF")
    assert PDF in client.get(TEXTO).content.decode()


def test_no_cpf_and_no_address_of_a_person_is_public(cena: Cena, client: Client) -> None:
    make_available(cena)
    Contrato.objects.update(assinatura="assinado", signed_at=cena.now)

    everything = b"".join(client.get(url).content for url in (LISTA, TEXTO, PDF))

    for private in (b"52998224725", b"529.982.247-25", b"pessoal@exemplo.test"):
        assert private not in everything


def test_the_queue_names_what_is_missing_and_whatever_is_whole_leaves_it(cena: Cena, client_of: ClientOf) -> None:
    assert cena.ccee.usuario
    browser = client_of(cena.ccee.usuario)
    whole = browser.get(FILA).content.decode()
    Contrato.objects.update(minuta=None)
    no_text = browser.get(FILA).content.decode()
    Contrato.objects.update(minuta=Minuta.objects.get(), assinatura="assinado")
    no_document = browser.get(FILA).content.decode()

    assert "Nada a publicar" in whole
    assert "Não tem minuta" in no_text
    assert "o documento assinado não está no portal" in no_document


def test_a_text_is_found_by_number_and_by_party(cena: Cena, client: Client) -> None:
    found = [client.get(LISTA, {"busca": busca}).content.decode() for busca in ("ccear", "sertão", "nada\0disso")]

    assert ["CCEAR-1/" in page for page in found] == [True, True, False]
    assert "Nenhum contrato público com essa busca" in found[2]


def test_hostile_text_stays_text(cena: Cena, client: Client) -> None:
    Minuta.objects.update(texto="<script>alert(1)</script>\n{{ 7|add:7 }}")

    page = client.get(TEXTO).content.decode()

    assert "&lt;script&gt;" in page
    assert "{{ 7|add:7 }}" in page
