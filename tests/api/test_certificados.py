"""Check a file, list, download."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from adesao.models import Anexo, Solicitacao
from certificados.models import Certificado
from portal.agentes.models import Agente, Usuario
from portal.auditoria.models import Evento
from portal.demo.hierarquia import Hierarquia
from tests import factories
from tests.api.conftest import API, assert_problem

ClientOf = Callable[[Usuario], Client]
RULES = [
    "formato-der",
    "certificado-unico",
    "x509-v3",
    "chave-rsa-2048",
    "assinatura-sha2",
    "validade-menor-395-dias",
    "vigente",
    "servidor-web-ssl",
    "cadeia-icp-brasil",
    "cnpj-do-agente",
    "subject-unico",
    "limite-por-cnpj",
    "chave-reutilizada",
]


def check(client: Client, data: bytes, **fields: str) -> Any:
    arquivo = SimpleUploadedFile("novo.cer", data, "application/octet-stream")
    return client.post(f"{API}/certificados/verificar/", {"arquivo": arquivo, **fields})


def situations(response: Any) -> dict[str, str]:
    assert response.status_code == 200, response.content
    return {regra["codigo"]: regra["situacao"] for regra in response.json()["regras"]}


def test_a_good_certificate_is_reported_rule_by_rule_and_not_stored(
    ours: Client, agente: Agente, confianca: Hierarquia
) -> None:
    before = Evento.objects.count()

    response = check(ours, factories.issue(confianca, agente), cnpj="12.abc.345/01DE-35")

    assert list(situations(response)) == RULES
    assert set(situations(response).values()) == {"ok"}
    assert response.json()["aceito"]
    assert not any(model.objects.exists() for model in (Certificado, Anexo, Solicitacao))
    assert Evento.objects.count() == before


def test_without_a_company_its_rules_are_not_evaluated(ours: Client, agente: Agente, confianca: Hierarquia) -> None:
    found = situations(check(ours, factories.issue(confianca, agente)))

    assert {code for code, situacao in found.items() if situacao == "nao-avaliada"} == set(RULES[-4:])


def test_a_company_that_is_not_the_callers_is_only_compared_with(
    ours: Client, davi: Usuario, outro_agente: Agente, confianca: Hierarquia
) -> None:
    """Same answer as for a company that does not exist: no record of theirs is looked at."""
    factories.adhere(outro_agente, davi, confianca)
    theirs = factories.issue(confianca, outro_agente)

    found = situations(check(ours, theirs, cnpj=outro_agente.cnpj))

    assert found["cnpj-do-agente"] == "ok"
    assert {found[code] for code in RULES[-3:]} == {"nao-avaliada"}
    nobody = factories.make_cnpj(99_999_999)
    assert {
        code for code, value in situations(check(ours, theirs, cnpj=nobody)).items() if value != "nao-avaliada"
    } == {code for code, value in found.items() if value != "nao-avaliada"}


@pytest.mark.parametrize(
    ("data", "formato"), [(b"", "vazio"), (b"<html></html>", "html"), (b"\x00" * 70_000, "desconhecido")]
)
def test_any_file_gets_a_report(data: bytes, formato: str, ours: Client, confianca: Hierarquia) -> None:
    response = check(ours, data)

    assert response.json()["formato"] == formato
    assert response.json()["certificado"] is None
    assert not response.json()["aceito"]


@pytest.mark.parametrize("fields", [{}, {"arquivo": "texto"}])
def test_the_file_is_compulsory(fields: dict[str, str], ours: Client) -> None:
    body = assert_problem(ours.post(f"{API}/certificados/verificar/", fields), 422)

    assert list(body["erros"]) == ["arquivo"]


@pytest.mark.parametrize("cnpj", ["123", "12ABC34501DE36", "\x00"])
def test_a_mistyped_cnpj_is_told(cnpj: str, ours: Client, agente: Agente) -> None:
    body = assert_problem(check(ours, b"x", cnpj=cnpj), 422)

    assert list(body["erros"]) == ["cnpj"]


def test_who_may_only_look_may_check(
    client_of: ClientOf, bruno: Usuario, agente: Agente, confianca: Hierarquia
) -> None:
    assert check(client_of(bruno), factories.issue(confianca, agente), cnpj=agente.cnpj).json()["aceito"]


def test_the_list_names_each_certificate_in_service(
    ours: Client, ana: Usuario, agente: Agente, confianca: Hierarquia
) -> None:
    factories.adhere(agente, ana, confianca)
    stored = Certificado.objects.get()

    (row,) = ours.get(f"{API}/agentes/{agente.cnpj}/certificados/").json()

    assert row["id"] == stored.pk
    assert (row["nome"], row["versao"], row["cnpj"], row["situacao"]) == ("api.cer", 3, agente.cnpj, "vigente")
    assert row["incluido_por"] == "ana"
    assert row["valido_ate"].endswith("Z")
    assert row["sha256"] == stored.sha256


@pytest.mark.parametrize("accept", ["*/*", "application/pkix-cert", "application/json"])
def test_the_file_comes_back_byte_by_byte(
    accept: str, ours: Client, ana: Usuario, agente: Agente, confianca: Hierarquia
) -> None:
    factories.adhere(agente, ana, confianca)
    stored = Certificado.objects.get()

    response = ours.get(f"{API}/agentes/{agente.cnpj}/certificados/{stored.pk}/arquivo/", headers={"Accept": accept})

    assert response.content == bytes(stored.arquivo.der)
    assert response.headers["Content-Type"] == "application/pkix-cert"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{stored.sha256[:16]}.cer"'


def test_a_download_by_who_represents_nobody_is_in_the_ledger(
    client_of: ClientOf, aneel: Usuario, ana: Usuario, agente: Agente, confianca: Hierarquia
) -> None:
    factories.adhere(agente, ana, confianca)
    url = f"{API}/agentes/{agente.cnpj}/certificados/{Certificado.objects.get().pk}/arquivo/"

    client_of(ana).get(url)
    client_of(aneel).get(url)

    assert list(Evento.objects.filter(tipo="certificado.baixado").values_list("ator", flat=True)) == ["aneel"]


def test_a_certificate_is_only_found_under_its_own_company(
    ours: Client, agente: Agente, davi: Usuario, outro_agente: Agente, confianca: Hierarquia
) -> None:
    factories.adhere(outro_agente, davi, confianca)
    theirs = Certificado.objects.get()

    under_ours = ours.get(f"{API}/agentes/{agente.cnpj}/certificados/{theirs.pk}/arquivo/")
    under_theirs = ours.get(f"{API}/agentes/{outro_agente.cnpj}/certificados/{theirs.pk}/arquivo/")
    nobodys = ours.get(f"{API}/agentes/{agente.cnpj}/certificados/{10**30}/arquivo/")

    assert_problem(under_theirs, 404)
    assert_problem(under_ours, 404)
    assert under_ours.content == nobodys.content
