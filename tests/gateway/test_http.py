"""The two addresses as a gateway sees them."""

from base64 import b64encode
from typing import Any
from urllib.parse import quote

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_der_x509_certificate
from django.test import Client

from certificados.models import Arquivo, Certificado
from portal.agentes.models import Agente
from tests import factories
from tests.api.conftest import assert_problem, issue_key, machine

pytestmark = pytest.mark.django_db
URL, NGINX = "/api/v1/autorizacao/", "/api/v1/autorizacao/nginx/"
JSON, BEGIN = "application/json", "-----BEGIN%20CERTIFICATE-----"


@pytest.fixture
def gateway(chave: str) -> Client:
    return machine(chave)


@pytest.fixture
def campos(certificado: Certificado) -> dict[str, str]:
    senha = factories.SENHA_SISTEMICA
    return {"usuario": certificado.agente.cnpj, "senha": senha, "certificado_sha256": certificado.sha256}


def escaped(certificado: Certificado) -> str:
    """As nginx writes $ssl_client_escaped_cert."""
    der = bytes(Arquivo.objects.get(certificado=certificado).der)
    return quote(load_der_x509_certificate(der).public_bytes(Encoding.PEM).decode(), safe="")


def of_nginx(certificado: Certificado, senha: str = factories.SENHA_SISTEMICA, **changed: str) -> dict[str, str]:
    basic = b64encode(f"{certificado.agente.cnpj}:{senha}".encode()).decode()
    return {"X-Autorizacao": f"Basic {basic}", "X-Certificado": escaped(certificado)} | changed


@pytest.mark.parametrize("content_type", [JSON, "application/x-www-form-urlencoded"])
def test_json_and_a_form(gateway: Client, campos: dict[str, str], content_type: str, agente: Agente) -> None:
    body: Any = campos if content_type == JSON else "&".join(f"{key}={value}" for key, value in campos.items())

    response = gateway.post(URL, body, content_type=content_type)

    assert response.status_code == 200
    expected = {"autorizado": True, "motivo": "autorizado", "cnpj": agente.cnpj, "sigla": agente.sigla}
    assert response.json() == expected
    assert response.headers["Cache-Control"] == "no-store"


def test_a_refusal_says_why_and_not_who(gateway: Client, campos: dict[str, str]) -> None:
    response = gateway.post(URL, campos | {"senha": "11112222"}, content_type=JSON)

    refused = {"autorizado": False, "motivo": "senha-incorreta", "cnpj": None, "sigla": None}
    assert (response.status_code, response.json()) == (200, refused)


def test_a_fingerprint_with_colons(gateway: Client, campos: dict[str, str]) -> None:
    sha256 = campos["certificado_sha256"].upper()
    colons = ":".join(sha256[at : at + 2] for at in range(0, 64, 2))

    assert gateway.post(URL, campos | {"certificado_sha256": colons}, content_type=JSON).json()["autorizado"]


@pytest.mark.parametrize("body", ["", "[1]", "{", '{"usuario": 1, "senha": null}', '{"usuario": "\\ud800"}'])
def test_fields_that_lack_or_are_no_text_are_named(gateway: Client, body: str) -> None:
    response = gateway.post(URL, body, content_type=JSON)

    assert_problem(response, 422)


@pytest.mark.parametrize("authorization", ["", "Chave", "Chave x", "Bearer x", "Chave ccee_ç"])
def test_without_a_key(campos: dict[str, str], authorization: str) -> None:
    response = Client(headers={"Authorization": authorization}).post(URL, campos, content_type=JSON)

    assert_problem(response, 401)
    assert response.headers["WWW-Authenticate"] == "Chave"


def test_an_agents_key_is_told_to_bring_another(campos: dict[str, str], agente: Agente) -> None:
    assert_problem(machine(issue_key(agente)).post(URL, campos, content_type=JSON), 403)


def test_only_post(gateway: Client) -> None:
    assert gateway.get(URL).headers["Allow"] == "POST"
    assert_problem(gateway.get(URL), 405)


def test_in_the_clear_nothing_is_answered(gateway: Client, campos: dict[str, str], settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True

    assert_problem(gateway.post(URL, campos, content_type=JSON), 403)
    assert gateway.post(URL, campos, content_type=JSON, secure=True).json()["autorizado"]


def test_no_room_for_another_password_is_503_with_a_time_to_come_again(
    gateway: Client, campos: dict[str, str], settings: Any
) -> None:
    settings.GATEWAY_SENHAS_ERRADAS_POR_MINUTO = 0

    response = gateway.post(URL, campos, content_type=JSON)

    assert_problem(response, 503)
    assert response.headers["Retry-After"] == "1"
    assert gateway.get(NGINX, headers={"X-Autorizacao": "", "X-Certificado": ""}).status_code == 401


def test_nginx_lets_in_with_who_it_is(gateway: Client, certificado: Certificado, agente: Agente) -> None:
    response = gateway.get(NGINX, headers=of_nginx(certificado))

    assert (response.status_code, response.content) == (204, b"")
    assert (response.headers["X-CNPJ"], response.headers["X-Sigla"]) == (agente.cnpj, quote(agente.sigla))


@pytest.mark.parametrize(
    ("changed", "status", "motivo"),
    [
        ({"X-Autorizacao": ""}, 401, "usuario-desconhecido"),
        ({"X-Autorizacao": "Basic !"}, 401, "usuario-desconhecido"),
        ({"X-Autorizacao": "Basic /w=="}, 401, "usuario-desconhecido"),
        ({"X-Autorizacao": "Bearer eDp5"}, 401, "usuario-desconhecido"),
        ({"X-Certificado": ""}, 403, "certificado-ausente"),
        (
            {"X-Certificado": "-----BEGIN%20CERTIFICATE-----%0AAA%0A-----END%20CERTIFICATE-----"},
            403,
            "certificado-ausente",
        ),
    ],
)
def test_nginx_is_told_to_ask_again_or_not_to(
    gateway: Client, certificado: Certificado, changed: dict[str, str], status: int, motivo: str
) -> None:
    response = gateway.get(NGINX, headers=of_nginx(certificado, **changed))

    assert (response.status_code, response.headers["X-Motivo"]) == (status, motivo)
    assert ("WWW-Authenticate" in response.headers) == (status == 401)


def test_nginx_wrong_password(gateway: Client, certificado: Certificado) -> None:
    assert gateway.get(NGINX, headers=of_nginx(certificado, "11112222")).status_code == 401


def test_a_gateway_without_a_good_key_asks_no_caller_for_a_password(certificado: Certificado) -> None:
    response = machine("outra").get(NGINX, headers=of_nginx(certificado))

    assert (response.status_code, response.headers["X-Motivo"]) == (403, "autenticacao-necessaria")


def test_no_password_and_no_key_in_any_log(
    gateway: Client, campos: dict[str, str], chave: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("DEBUG"):
        gateway.post(URL, campos | {"senha": "83749201"}, content_type=JSON)
        gateway.post(URL, campos, content_type=JSON)

    assert "83749201" not in caplog.text
    assert factories.SENHA_SISTEMICA not in caplog.text
    assert chave not in caplog.text


def test_one_question_to_the_database_where_all_is_known(
    gateway: Client, campos: dict[str, str], django_assert_num_queries: Any
) -> None:
    gateway.post(URL, campos, content_type=JSON)

    with django_assert_num_queries(1):
        assert gateway.post(URL, campos, content_type=JSON).json()["autorizado"]


def test_who_is_refused_again_costs_little_more(
    gateway: Client, campos: dict[str, str], django_assert_num_queries: Any
) -> None:
    """A stranger who asks all day is neither written down at each call nor looked for in many places."""
    strangers = campos | {"certificado_sha256": "0" * 64}
    assert gateway.post(URL, strangers, content_type=JSON).json()["motivo"] == "certificado-desconhecido"

    with django_assert_num_queries(2):
        assert gateway.post(URL, strangers, content_type=JSON).json()["motivo"] == "certificado-desconhecido"
