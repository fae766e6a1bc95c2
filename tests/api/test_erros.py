"""Every refusal is problem+json in words, never a 500."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from rest_framework.throttling import UserRateThrottle

from portal import clock
from portal.agentes import services
from portal.agentes.models import Agente, ChaveDeMaquina
from tests.api.conftest import API, assert_problem, issue_key, machine

MULTIPART = "multipart/form-data; boundary=limite"


@pytest.mark.parametrize(
    "header", ["", "Chave", "Chave x", "Chave a b", "Bearer x", "Chave \xff", "Chave " + "x" * 9000]
)
def test_without_a_good_key_nobody_comes_in(header: str, agente: Agente) -> None:
    response = Client(headers={"Authorization": header} if header else {}).get(f"{API}/agentes/")

    assert_problem(response, 401)
    assert response.headers["WWW-Authenticate"] == "Chave"


def test_a_revoked_or_expired_key_is_refused_from_that_moment_on(agente: Agente) -> None:
    revoked, expired = machine(issue_key(agente)), machine(issue_key(agente))
    assert revoked.get(f"{API}/agentes/").status_code == expired.get(f"{API}/agentes/").status_code == 200
    newest, oldest = ChaveDeMaquina.objects.all()

    services.revoke_key(oldest, by="teste", now=clock.now())
    ChaveDeMaquina.objects.filter(pk=newest.pk).update(expires_at=clock.now() - timedelta(seconds=1))

    assert_problem(revoked.get(f"{API}/agentes/"), 401)
    assert_problem(expired.get(f"{API}/agentes/"), 401)


@pytest.mark.parametrize("path", ["agentes/", "agentes/12ABC34501DE35/", "agentes/12ABC34501DE35/certificados/"])
def test_a_gateways_key_is_told_what_it_is_for(path: str, gateway: Client, agente: Agente) -> None:
    body = assert_problem(gateway.get(f"{API}/{path}"), 403)

    assert "chave é de gateway" in str(body["detail"])


@pytest.mark.parametrize("path", ["", "nada/", "agentes/12ABC34501DE35/nada/", "agentes/a/b/c/d/"])
def test_an_address_that_does_not_exist(path: str, ours: Client) -> None:
    assert_problem(ours.get(f"{API}/{path}"), 404)


def test_a_method_that_is_not_taken(ours: Client) -> None:
    response = ours.delete(f"{API}/agentes/")

    assert_problem(response, 405)
    assert "GET" in response.headers["Allow"]


@pytest.mark.parametrize("override", ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"])
def test_a_method_cannot_be_overridden(override: str, ours: Client, agente: Agente) -> None:
    response = ours.get(f"{API}/agentes/{agente.cnpj}/solicitacoes/", headers={override: "POST"})

    assert_problem(response, 405)
    fields = {"_method": "DELETE", "method": "DELETE"}
    assert_problem(ours.post(f"{API}/agentes/", fields, headers={override: "GET"}), 405)


def test_an_answer_in_another_format(ours: Client) -> None:
    assert_problem(ours.get(f"{API}/agentes/", headers={"Accept": "text/html"}), 406)


@pytest.mark.parametrize("path", ["schema/", "docs/"])
def test_also_where_the_answer_is_no_json(path: str, db: None) -> None:
    assert_problem(Client().get(f"{API}/{path}", headers={"Accept": "image/png"}), 406)
    assert_problem(Client().post(f"{API}/{path}"), 405)


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "application/x-www-form-urlencoded"])
def test_a_body_of_another_kind(kind: str, ours: Client) -> None:
    assert_problem(ours.post(f"{API}/certificados/verificar/", b"{}", content_type=kind), 415)


def parts(*contents: bytes, disposition: bytes) -> bytes:
    head = b"--limite\r\nContent-Disposition: form-data; " + disposition + b"\r\n\r\n"
    return b"".join(head + content + b"\r\n" for content in contents) + b"--limite--"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=", b"x"),
        (MULTIPART, parts(*[b"x"] * 30, disposition=b'name="a"; filename="f"')),
        (MULTIPART, parts(*[b"x"] * 2000, disposition=b'name="a"')),
        (MULTIPART, parts(b"1" * 2_000_000, disposition=b'name="cnpj"')),
    ],
)
def test_a_malformed_upload(kind: str, body: bytes, ours: Client) -> None:
    assert_problem(ours.post(f"{API}/certificados/verificar/", body, content_type=kind), 400)


@pytest.mark.parametrize("body", [b"", b"--limite--", b"--limite\r\n\r\n", b"\x00\xff" * 100, b"--outro\r\n--limite"])
def test_a_body_in_which_nothing_is_found(body: bytes, ours: Client) -> None:
    response = ours.post(f"{API}/certificados/verificar/", body, content_type=MULTIPART)

    assert response.status_code in (400, 422)
    assert_problem(response, response.status_code)


def test_a_file_over_50_mb(ours: Client) -> None:
    huge = SimpleUploadedFile("grande.cer", b"0" * (50 * 1024 * 1024 + 1))

    body = assert_problem(ours.post(f"{API}/certificados/verificar/", {"arquivo": huge}), 413)

    assert "50 MB" in str(body["detail"])


@pytest.fixture
def two_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(UserRateThrottle.THROTTLE_RATES, "user", "2/min")


def test_too_many_requests_are_told_when_to_come_back(two_a_minute: None, ours: Client, theirs: Client) -> None:
    assert [ours.get(f"{API}/agentes/").status_code for _ in range(2)] == [200, 200]

    response = ours.get(f"{API}/agentes/")

    assert_problem(response, 429)
    assert 0 < int(response.headers["Retry-After"]) <= 60
    assert theirs.get(f"{API}/agentes/").status_code == 200


def test_options_tells_the_methods_and_nothing_else(ours: Client) -> None:
    response = ours.options(f"{API}/agentes/")

    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
