"""Every answer, whatever its status, carries the security headers."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from portal.agentes.models import Usuario

ClientOf = Callable[[Usuario], Client]

WANTED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
POLICY = ["default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"]

ANSWERS = [
    ("GET", "/manual/", 200),
    ("GET", "/entrar/", 200),
    ("GET", "/saude/", 200),
    ("GET", "/trilha/", 302),
    ("GET", "/admin/", 302),
    ("POST", "/sair/", 302),
    ("GET", "/nao-existe/", 404),
    ("GET", "/api/v1/nao-existe/", 404),
    ("GET", "/api/v1/agentes/", 401),
    ("POST", "/manual/", 405),
    ("GET", "/static/css/portal.css", 200),
]


@pytest.mark.parametrize(("method", "path", "status"), ANSWERS)
def test_every_answer_has_them(client: Client, db: None, method: str, path: str, status: int) -> None:
    response = client.generic(method, path)
    response.close()  # a static file is open until then

    assert response.status_code == status
    assert {name: response.headers.get(name) for name in WANTED} == WANTED
    assert [part for part in POLICY if part not in response.headers["Content-Security-Policy"]] == []
    assert "unsafe" not in response.headers["Content-Security-Policy"]


def test_refused_form_failure_and_flood_have_them_too(client: Client, ana: Usuario) -> None:
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    flood = [client.post("/entrar/", {"login": "ana", "password": "errada demais"}) for _ in range(9)][-1]

    for response in (strict.post("/entrar/", {}), flood):
        assert response.status_code in (403, 429)
        assert "default-src 'self'" in response.headers["Content-Security-Policy"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["/entrar/", "/manual/", "/trilha/", "/nao-existe/", "/api/v1/agentes/"])
def test_nothing_but_static_files_is_kept_by_browsers_or_proxies(client: Client, db: None, path: str) -> None:
    assert "no-store" in client.get(path).headers["Cache-Control"]


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(client: Client, ana: Usuario) -> None:
    client.get("/entrar/")
    client.post("/entrar/", {"login": "ana", "password": "uma senha longa de teste"})

    for name in ("sessao", "csrf"):
        assert client.cookies[name]["httponly"]
        assert client.cookies[name]["samesite"] == "Lax"


def test_plain_http_is_redirected_with_the_headers(client: Client, db: None, settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    secured = Client()

    response = secured.get("/manual/")

    assert (response.status_code, response.headers["Location"]) == (301, "https://testserver/manual/")
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]


def test_only_the_api_documentation_may_style_itself(client_of: ClientOf, ana: Usuario) -> None:
    response = client_of(ana).get("/api/v1/docs/")

    assert response.headers["Content-Security-Policy"].endswith("style-src 'self' 'unsafe-inline'")
    assert "script-src" not in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/manual/", "/certificadoras/", "/entrar/", "/saude/"])
def test_head_and_options_are_sane(client: Client, db: None, path: str) -> None:
    head, got = client.head(path), client.get(path)

    assert head.status_code == got.status_code == 200
    assert head.content == b""
    assert client.options(path).status_code in (200, 405)
