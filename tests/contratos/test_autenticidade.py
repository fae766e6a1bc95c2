"""Anybody who holds a signed document can check it, and learns only what a third party may know."""

import hashlib

import pytest
from django.test import Client

from contratos.models import Documento
from portal.demo.hierarquia import Hierarquia
from tests.contratos import cena as cenas
from tests.contratos.test_assinaturas import ANA, DAVI, send, signed

pytestmark = pytest.mark.django_db


@pytest.fixture
def documento(assinantes: Hierarquia) -> Documento:
    cena = cenas.create()
    cena.open()
    for codigo in ("N1", "M2", "M3v", "M3c", "M4", "M5v", "M5c", "M6", "M7"):
        cena.close(codigo)
    first = signed(assinantes, cena, ANA)
    send(cena, first)
    send(cena, signed(assinantes, cena, DAVI, first), por="davi")
    return Documento.objects.get()


@pytest.mark.clausula("3.13")
def test_the_number_leads_to_the_document_and_to_no_whole_cpf(client: Client, documento: Documento) -> None:
    typed = str(documento.protocolo).lower().replace("-", " ")
    page = client.get("/autenticidade/", {"protocolo": typed}, follow=True).content.decode()
    assert str(documento.protocolo) in page
    assert hashlib.sha256(bytes(documento.assinado or b"")).hexdigest() in page
    assert "***.982.247-**" in page
    for secret in (ANA[1], DAVI[1], "529.982.247-25", "demonstracao.test"):
        assert secret not in page
    pdf = client.get(f"/autenticidade/{documento.protocolo}.pdf")
    assert pdf.content.startswith(b"%PDF")


def test_a_wrong_number_is_told_apart_from_one_that_was_never_given(client: Client, documento: Documento) -> None:
    number = str(documento.protocolo)
    slip = number[:-1] + ("0" if number[-1] != "0" else "1")
    swapped = client.get("/autenticidade/", {"protocolo": slip})
    assert (swapped.status_code, "caractere trocado" in swapped.content.decode()) == (422, True)
    assert slip in swapped.content.decode()  # what was typed is still there
    Documento.objects.update(protocolo=None)
    unknown = client.get("/autenticidade/", {"protocolo": number})
    assert (unknown.status_code, "não foi emitido por este portal" in unknown.content.decode()) == (404, True)
    assert client.get("/autenticidade/").status_code == 200
