"""The policy simulator in the admin: the table by pages, the CSV, what is wrong with a file, and who may."""

import csv
import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from certificados.admin import simulador
from portal.agentes.models import Agente, Papel, Usuario
from portal.auditoria.models import Evento
from portal.demo.hierarquia import Hierarquia
from tests import factories
from tests.certificados.cena import AE_S, example, include

ClientOf = Callable[[Usuario], Client]
PAGE = "admin:certificados_politica_simular"


@pytest.fixture
def client(operacao: Usuario, client_of: ClientOf) -> Client:
    return client_of(operacao)


def simulate(client: Client, text: str = "", **data: Any) -> Any:
    return client.post(reverse(PAGE), {"toml": text or example(), **data})


def test_it_is_reached_from_the_policies(client: Client, leitura: Usuario, client_of: ClientOf) -> None:
    link = f'href="{reverse(PAGE)}"'.encode()
    listing = reverse("admin:certificados_politica_changelist")

    assert link in client.get(listing).content
    assert client.get(reverse(PAGE)).status_code == 200
    reader = client_of(leitura)
    assert link not in reader.get(listing).content
    assert simulate(reader).status_code == 403


def test_the_table_names_rules_and_dates_and_writes_nothing(
    client: Client, agente: Agente, ana: Usuario, confianca: Hierarquia, now: datetime
) -> None:
    include(agente, ana, confianca, now=now, host="velho")
    include(agente, ana, confianca, now=now, host="novo", oid=AE_S)
    before = Evento.objects.count()

    page = simulate(client).content.decode()

    assert "Conferidos: 2; reprovados: <strong>1</strong>" in page
    assert "velho.cer" in page
    assert "novo.cer" not in page
    assert "01/01/2027" in page
    assert "<li>Hierarquia: ICP-Brasil (1)</li>" in page
    assert "cadeia-icp-brasil" not in page
    assert "Avisar as empresas…" in page
    assert Evento.objects.count() == before


def test_a_file_does_as_well_as_a_paste(client: Client) -> None:
    file = SimpleUploadedFile("regras.toml", example().encode("utf-8-sig"))

    response = client.post(reverse(PAGE), {"arquivo": file})

    assert "Nenhum certificado em uso seria reprovado." in response.content.decode()
    assert response.context["toml"] == example()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("  ", ["Cole o texto da política ou escolha um arquivo"]),
        ("rsa_bits = 'x'\ncor = 1", ["“rsa_bits” precisa ser", "“cor” não é uma chave", "Falta “codigo”"]),
        (
            'base = "ccee-2022-12"\ncodigo = "x"\ntitulo = "x"\ndesde = 2020-01-01\nate = 2020-12-31',
            ["já terminou, em 31/12/2020"],
        ),
        ("a = \x00", ["Caracteres nulos"]),
    ],
)
def test_what_is_wrong_is_told_in_the_form(client: Client, text: str, words: list[str]) -> None:
    response = simulate(client, text)

    page = response.content.decode()
    assert response.status_code == 422
    assert [word for word in words if word not in page] == []


def test_companies_come_page_by_page_and_the_totals_stay(
    client: Client, confianca: Hierarquia, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(simulador, "POR_PAGINA", 2)
    for number in range(3):
        agente, person = factories.create_agente(f"EMPRESA {number}"), factories.create_usuario(f"p{number}")
        factories.represent(person, agente, Papel.REPRESENTANTE_CCEE)
        include(agente, person, confianca, now=now, host="um")

    first = simulate(client)
    last = simulate(client, depois=first.context["depois"])

    assert [empresa.agente.sigla for empresa in first.context["empresas"]] == ["EMPRESA 0", "EMPRESA 1"]
    assert [empresa.agente.sigla for empresa in last.context["empresas"]] == ["EMPRESA 2"]
    assert first.context["totais"] == last.context["totais"]
    assert last.context["totais"]["reprovados"] == 3
    assert last.context["depois"] is None
    for bad in ("x", "-1", "٣", "9" * 30):
        assert simulate(client, depois=bad).context["primeira"], bad


def test_the_csv_is_for_a_spreadsheet(
    client: Client, ana: Usuario, confianca: Hierarquia, now: datetime, agente: Agente
) -> None:
    row = include(agente, ana, confianca, now=now, host="velho")
    Agente.objects.filter(pk=agente.pk).update(sigla="=1+1")

    response = simulate(client, exportar="csv")

    content = b"".join(response.streaming_content)
    assert content.startswith("\ufeffCNPJ;Sigla;".encode())
    (line,) = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert (line["CNPJ"], line["Sigla"], line["SHA-256"]) == ("12.ABC.345/01DE-35", "'=1+1", row.sha256)
    assert (line["Reprovado desde"], line["Regra"]) == ("01/01/2027", "cadeia-icp-brasil")
    assert "simulacao-ae-s-ae-h-2027.csv" in response.headers["Content-Disposition"]


def test_hostile_text_is_escaped(client: Client, agente: Agente) -> None:
    text = example().replace("Só certificados", "<script>alert(1)</script>")

    assert b"<script>alert" not in simulate(client, text).content
