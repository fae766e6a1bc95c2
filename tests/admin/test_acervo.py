"""Certificates, authorities, policies and keys: what operations do to them, and the Evento of each."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from certificados.models import Certificado, Politica
from portal.agentes.models import Agente, ChaveDeMaquina, Usuario
from portal.agentes.services import hash_key
from portal.auditoria.models import Evento
from portal.demo.hierarquia import Hierarquia
from portal.icp.models import AutoridadeCertificadora
from tests import factories
from tests.admin.formularios import add, change, errors

ClientOf = Callable[[Usuario], Client]


@pytest.fixture
def client(operacao: Usuario, client_of: ClientOf) -> Client:
    return client_of(operacao)


@pytest.fixture
def certificado(agente: Agente, ana: Usuario, confianca: Hierarquia) -> Certificado:
    factories.adhere(agente, ana, confianca)
    return Certificado.objects.get()


def test_a_file_read_by_operations_is_in_the_ledger(client: Client, certificado: Certificado) -> None:
    response = client.get(reverse("admin:certificados_certificado_arquivo", args=[certificado.pk]))

    evento = Evento.objects.latest("numero")
    assert response.content == bytes(certificado.arquivo.der)
    assert response.headers["Content-Type"] == "application/pkix-cert"
    assert (evento.tipo, evento.ator, evento.cnpj) == ("certificado.baixado", "operacao", certificado.agente.cnpj)


def test_a_certificate_goes_out_with_a_reason_only(client: Client, certificado: Certificado) -> None:
    page = reverse("admin:certificados_certificado_excluir", args=[certificado.pk])

    assert client.post(page, {"motivo": "   "}).status_code == 422
    certificado.refresh_from_db()
    assert certificado.slot == 1

    assert client.post(page, {"motivo": "Chave exposta"}).status_code == 302
    removed = Certificado.objects.get(slot=None)
    evento = Evento.objects.latest("numero")
    assert (removed.removed_by, removed.motivo) == ("operacao", "Chave exposta")
    assert (evento.tipo, evento.dados["motivo"]) == ("certificado.excluido", "Chave exposta")
    assert "já tinha sido excluído" in client.post(page, {"motivo": "De novo"}, follow=True).content.decode()


def test_authorities_are_uploaded_and_judged(client: Client, hierarquia: Hierarquia) -> None:
    raiz, ac = (SimpleUploadedFile("x.cer", issued.der) for issued in (hierarquia.raiz, hierarquia.ac))
    page = reverse("admin:icp_autoridadecertificadora_add")

    assert client.post(page, {}).status_code == 422
    assert "não chega a nenhuma raiz aceita" in client.post(page, {"arquivo": ac}, follow=True).content.decode()
    assert "inclua com a opção de raiz" in client.post(page, {"arquivo": raiz}, follow=True).content.decode()
    raiz.seek(0)
    ac.seek(0)
    client.post(page, {"arquivo": raiz, "raiz": "on"})
    client.post(page, {"arquivo": ac})

    names = {hierarquia.raiz.cert, hierarquia.ac.cert}
    assert Evento.objects.filter(tipo="certificadora.incluida", ator="operacao").count() == len(names)


def test_an_authority_stops_being_accepted_and_comes_back(client: Client, confianca: Hierarquia) -> None:
    row = AutoridadeCertificadora.objects.get(nome__startswith="AC Demonstracao")
    page = reverse("admin:icp_autoridadecertificadora_aceitacao", args=[row.pk])

    assert client.post(page, {}).status_code == 422
    for ativa, tipo in ((False, "certificadora.suspensa"), (True, "certificadora.aceita_de_novo")):
        assert client.post(page, {"motivo": "Descredenciada"}).status_code == 302
        row.refresh_from_db()
        assert (row.ativa, Evento.objects.latest("numero").tipo) == (ativa, tipo)


def policy(**changes: Any) -> str:
    return json.dumps({"codigo": "ccee-2027", "titulo": "Nova", "desde": "2027-01-01", **changes})


def test_a_policy_is_a_row(client: Client) -> None:
    assert add(client, "certificados_politica", dados=policy(max_dias=200)).status_code == 302

    row = Politica.objects.get(codigo="ccee-2027")
    assert (row.titulo, row.desde, row.dados["max_dias"]) == ("Nova", date(2027, 1, 1), 200)
    assert Evento.objects.latest("numero").tipo == "politica.incluida"

    change(client, "certificados_politica", row.pk, dados=policy(max_dias=100))
    row.refresh_from_db()
    assert (row.dados["max_dias"], Evento.objects.latest("numero").tipo) == (100, "politica.alterada")


@pytest.mark.parametrize(
    ("dados", "words"),
    [
        ("{", "Insira um JSON válido"),
        ("[]", "obrigatório"),
        ("1", "objeto JSON"),
        (policy(max_dias=0), "maior que zero"),
        (policy(max_dia=1), "Campo desconhecido"),
        (policy(severidades={"vigente": "aviso"}), "não pode ser alterada"),
        (policy(codigo="ccee-2022-12"), "Já existe a política"),
        (policy(desde="2022-12-07"), "já começa em 07/12/2022"),
    ],
)
def test_a_bad_policy_is_told_in_words(client: Client, dados: str, words: str) -> None:
    response = add(client, "certificados_politica", dados=dados)

    assert response.status_code == 200
    assert words in errors(response)


def test_a_policy_keeps_its_code(client: Client) -> None:
    row = Politica.objects.get()

    assert "O código não muda" in errors(change(client, "certificados_politica", row.pk, dados=policy()))


def test_a_key_is_shown_once_and_revoked(client: Client, agente: Agente) -> None:
    data = {"nome": "Integrador", "escopo": "agente", "cnpj": "12.ABC.345/01DE-35", "dias": 365}

    shown = add(client, "agentes_chavedemaquina", **data)

    key = shown.context["chave"]  # type: ignore[attr-defined]  # only the test client's answers have it
    chave = ChaveDeMaquina.objects.get(sha256=hash_key(key), agente=agente)
    page = reverse("admin:agentes_chavedemaquina_changelist")
    assert key in shown.content.decode()
    assert key not in client.get(page).content.decode()
    client.post(page, {"action": "revogar", "_selected_action": [chave.pk], "confirmado": "sim"})
    chave.refresh_from_db()
    assert chave.revoked_at
    assert Evento.objects.latest("numero").tipo == "chave.revogada"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"cnpj": ""}, "Informe o CNPJ"),
        ({"cnpj": "1"}, "não é um CNPJ"),
        ({"cnpj": "98765432000198"}, "Não há agente"),
        ({"escopo": "gateway"}, "não tem agente"),
        ({"escopo": "tudo"}, "Faça uma escolha válida"),
    ],
)
def test_a_key_needs_its_agent(client: Client, agente: Agente, changes: dict[str, str], words: str) -> None:
    data = {"nome": "Integrador", "escopo": "agente", "cnpj": agente.cnpj, "dias": 365, **changes}

    response = add(client, "agentes_chavedemaquina", **data)

    assert response.status_code == 422
    assert words in response.content.decode()
    assert not ChaveDeMaquina.objects.exists()
