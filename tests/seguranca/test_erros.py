"""Refusals in words: a page for people, problem+json for machines, and no hint of what is not yours."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.agentes.models import Agente, Usuario
from portal.auditoria.models import Evento
from portal.auditoria.services import act
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


def test_without_a_database_the_answer_is_503_and_tells_nothing(client: Client, transactional_db: None) -> None:
    client.raise_request_exception = False
    good = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict["PORT"] = 1
    try:
        response = client.get("/certificadoras/")
        machine = client.get("/api/v1/agentes/", headers={"authorization": "Chave x"})
    finally:
        connection.settings_dict.update(good)

    assert response.status_code == machine.status_code == 503
    assert response.headers["Retry-After"] == machine.headers["Retry-After"] == "10"
    assert "Serviço ocupado" in response.content.decode()
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    assert machine.headers["Content-Type"] == "application/problem+json"
    assert "psycopg" not in response.content.decode() + machine.content.decode()


def test_a_fault_of_ours_is_500_in_words_and_tells_nothing(client: Client, db: None) -> None:
    client.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE icp_autoridadecertificadora RENAME TO longe")

    response = client.get("/certificadoras/")

    assert response.status_code == 500
    assert "Algo falhou do nosso lado" in response.content.decode()
    assert "icp_autoridade" not in response.content.decode()


def test_an_act_that_waits_too_long_for_the_ledger_is_503_and_changes_nothing(
    client_of: ClientOf, ana: Usuario, agente: Agente, transactional_db: None
) -> None:
    """Somebody else's act holds the head of the chain for longer than lock_timeout."""
    client = client_of(ana)
    client.raise_request_exception = False
    before = Evento.objects.count()

    with ThreadPoolExecutor(1) as other, held_head(other), connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '200ms'")
        response = client.post(f"/adesao/{agente.cnpj}/", {"senha": "1"})
        cursor.execute("SET lock_timeout = '10s'")

    assert response.status_code == 503
    assert "nada do seu pedido foi alterado" in response.content.decode()
    assert Evento.objects.count() == before


@contextmanager
def held_head(other: ThreadPoolExecutor) -> Iterator[None]:
    """The ledger's head locked by another connection until the block ends."""
    locked, release = Event(), Event()

    def hold() -> None:
        try:
            with act():
                locked.set()
                release.wait(20)
        finally:
            connection.close()

    holding = other.submit(hold)
    assert locked.wait(10)
    try:
        yield
    finally:
        release.set()
        holding.result(10)


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
