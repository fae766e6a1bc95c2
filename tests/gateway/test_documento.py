"""What the gateway's own address answers is what the OpenAPI document says that it answers."""

from typing import Any

import pytest
from django.test import Client

from certificados.models import Certificado
from portal.agentes.models import Agente
from portal.api import schema
from portal.gateway.esquema import PEDIDO, RECUSAS
from tests import factories
from tests.api.conftest import issue_key, machine
from tests.api.test_esquema import valid

pytestmark = pytest.mark.django_db
URL, JSON = "/api/v1/autorizacao/", "application/json"
CALLS: dict[str, tuple[int, str, dict[str, str]]] = {
    "the owner": (200, "autorizado", {}),
    "a wrong password": (200, "senha-incorreta", {"senha": "11112222"}),
    "nobody of that name": (200, "usuario-desconhecido", {"usuario": "00000000000191"}),
    "no certificate": (200, "certificado-ausente", {"certificado_sha256": ""}),
}


@pytest.fixture
def campos(certificado: Certificado) -> dict[str, str]:
    sha256, senha = certificado.sha256, factories.SENHA_SISTEMICA
    return {"usuario": certificado.agente.cnpj, "senha": senha, "certificado_sha256": sha256}


def promised(response: Any) -> None:
    """The body is of the schema that the document has for that status, and of no other type."""
    answer = schema()["paths"][URL]["post"]["responses"][str(response.status_code)]
    content = answer["content"][response.headers["Content-Type"]]
    valid(content["schema"], response.json())
    assert set(answer.get("headers", {})) <= set(response.headers)


@pytest.mark.parametrize("name", CALLS)
def test_a_decision(name: str, chave: str, campos: dict[str, str]) -> None:
    status, motivo, changed = CALLS[name]

    response = machine(chave).post(URL, campos | changed, content_type=JSON)

    assert (response.status_code, response.json()["motivo"]) == (status, motivo)
    promised(response)


def test_every_refusal(chave: str, campos: dict[str, str], agente: Agente, settings: Any) -> None:
    ours = machine(chave)
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    refused = [
        ours.post(URL, {"usuario": "9" * 2000}, content_type=JSON),
        machine("nenhuma").post(URL, campos, content_type=JSON),
        machine(issue_key(agente)).post(URL, campos, content_type=JSON),
        ours.post(URL, {name: campos[name] for name in campos if name != "senha"}, content_type=JSON),
    ]
    settings.GATEWAY_SENHAS_ERRADAS_POR_MINUTO = 0
    refused.append(ours.post(URL, campos, content_type=JSON))

    assert [response.status_code for response in refused] == list(RECUSAS)
    for response in refused:
        promised(response)


def test_what_must_be_sent_is_what_is_asked_for(chave: str, campos: dict[str, str]) -> None:
    assert PEDIDO["required"] == list(campos)
    for name in campos:
        rest = {other: value for other, value in campos.items() if other != name}
        assert list(machine(chave).post(URL, rest, content_type=JSON).json()["erros"]) == [name]


def test_its_answers_carry_the_headers_that_every_answer_carries(chave: str, campos: dict[str, str]) -> None:
    with_all = Client().get("/entrar/").headers
    answers = [machine(chave).post(URL, campos, content_type=JSON), machine("nenhuma").get(f"{URL}nginx/")]

    for response in answers:
        assert response.headers["Cache-Control"] == "no-store"
        for name in ("X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy", "Content-Security-Policy"):
            assert response.headers[name] == with_all[name], name
