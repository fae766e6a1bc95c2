"""Refusals in words: a page for people, problem+json for machines, and no hint of what is not yours."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.agentes.models import Agente, Usuario
from tests.agentes.entrada import without_tokens

ClientOf = Callable[[Usuario], Client]
NOBODYS = "11222333000181"
PATHS = [
    "/adesao/{}/",
    "/adesao/{}/certificados/1/arquivo.cer",
    "/adesao/{}/recibos/PI-2026-000001/",
    "/api/v1/agentes/{}/",
]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_is_not_yours_and_what_is_not_look_the_same(
    client_of: ClientOf, ana: Usuario, outro_agente: Agente, path: str, method: str
) -> None:
    client = client_of(ana)
    client.get("/manual/")  # the session's first answer sets the csrf cookie

    answers = []
    for cnpj in (outro_agente.cnpj, NOBODYS):
        with CaptureQueriesContext(connection) as queries:
            response = client.generic(method, path.format(cnpj))
        body = without_tokens(response.content).replace(cnpj.encode(), b"CNPJ")
        headers = {name: value for name, value in response.headers.items() if name != "Content-Length"}
        answers.append((response.status_code, body, headers, len(queries)))

    assert answers[0] == answers[1]
    assert answers[0][0] in (404, 405)
    assert outro_agente.sigla.encode() not in answers[0][1]


PAGES = [
    ("GET", "/nao-existe/", 404, "Não encontrado"),
    ("POST", "/manual/", 405, "Método não aceito"),
    ("DELETE", "/entrar/", 405, "Método não aceito"),
    ("GET", "/caixa-de-saida/99999999999999999999/", 404, "Não encontrado"),
]


@pytest.mark.parametrize(("method", "path", "status", "words"), PAGES)
def test_people_get_a_page_in_words(client: Client, db: None, method: str, path: str, status: int, words: str) -> None:
    response = client.generic(method, path)

    assert (response.status_code, response.headers["Content-Type"]) == (status, "text/html; charset=utf-8")
    assert f"<h1>{words}</h1>" in response.content.decode()


def test_refused_method_names_those_that_would_do(client: Client, db: None) -> None:
    assert client.post("/manual/").headers["Allow"] == "GET, HEAD"


def test_machines_get_problem_json(client: Client, db: None) -> None:
    response = client.get("/api/v1/nao-existe/")

    assert (response.status_code, response.headers["Content-Type"]) == (404, "application/problem+json")
    assert set(response.json()) == {"type", "title", "status", "detail"}


def test_stale_form_is_explained(db: None) -> None:
    response = Client(enforce_csrf_checks=True).post("/entrar/", {"login": "ana", "password": "x"})

    assert response.status_code == 403
    assert "recarregue a página" in response.content.decode()


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/form-data; boundary=x", b"--y\r\nlixo"),
        ("multipart/form-data", b"sem boundary"),
        ("application/x-www-form-urlencoded", b"&".join(b"a=1" for _ in range(1100))),
        ("application/x-www-form-urlencoded", b"a=" + b"x" * (1024 * 1024 + 1)),
    ],
)
def test_malformed_bodies_are_400_in_words(client: Client, db: None, content_type: str, body: bytes) -> None:
    response = client.generic("POST", "/entrar/", body, content_type=content_type)

    assert response.status_code in (200, 400)
    assert response.status_code == 200 or "Pedido malformado" in response.content.decode()


def test_strange_host_is_400_in_words(client: Client, db: None) -> None:
    response = client.get("/manual/", headers={"host": "mal.test"})

    assert response.status_code == 400


def test_failure_page_needs_no_database_and_tells_nothing(client: Client, transactional_db: None) -> None:
    client.raise_request_exception = False
    good = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict["PORT"] = 1
    try:
        response = client.get("/certificadoras/")
        machine = client.get("/api/v1/agentes/", headers={"authorization": "Chave x"})
    finally:
        connection.settings_dict.update(good)

    assert response.status_code == machine.status_code == 500
    assert "Algo falhou do nosso lado" in response.content.decode()
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    assert machine.headers["Content-Type"] == "application/problem+json"
    assert "psycopg" not in response.content.decode() + machine.content.decode()


def too_much(**fields: str) -> tuple[bytes, str]:
    """A form with a file of 50 MB and one byte, the file first."""
    head = b'--x\r\nContent-Disposition: form-data; name="arquivos"; filename="a.cer"\r\n\r\n'
    tail = b"".join(
        f'\r\n--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}'.encode()
        for name, value in fields.items()
    )
    return head + b"\0" * (50 * 1024 * 1024 + 1) + tail + b"\r\n--x--\r\n", "multipart/form-data; boundary=x"


@pytest.mark.parametrize("path", ["/adesao/12ABC34501DE35/anexos/", "/entrar/", "/api/v1/certificados/verificar/"])
def test_more_than_50_mb_is_413_also_before_the_token_is_read(client_of: ClientOf, ana: Usuario, path: str) -> None:
    browser = client_of(ana)
    browser.get("/trilha/")  # sets the csrf cookie
    browser.handler.enforce_csrf_checks = True
    body, content_type = too_much(csrfmiddlewaretoken="x")

    response = browser.generic("POST", path, body, content_type=content_type)

    assert response.status_code == 413
    assert "50 MB" in response.content.decode()
