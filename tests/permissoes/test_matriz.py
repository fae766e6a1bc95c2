"""Every URL of portal.urls × method × role against matriz.py; looking changes nothing; the outsider learns nothing."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from portal.agentes.models import Agente
from portal.demo.hierarquia import Hierarquia
from tests import factories
from tests.permissoes.cena import METHODS, SAFE, Cena, build, outcome, routes, send, url_of
from tests.permissoes.matriz import AREAS, GRUPOS, TODOS, Grupo

# What a look may write: the trail of it, and the hour at which a key or a calendar feed was last used.
TRACES = {"auditoria_evento", "auditoria_cadeia", "agentes_chavedemaquina", "notificacoes_agenda", "django_session"}
OF_A_COMPANY = [route for route in routes() if "cnpj" in route]
TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]+')


@pytest.fixture
def cena(agente: Agente, confianca: Hierarquia, settings: Any) -> Cena:
    settings.EMAIL_BACKEND = "notificacoes.mail.OutboxBackend"
    return build(agente, confianca)


def group_of(route: str) -> Grupo:
    (found,) = (grupo for grupo in GRUPOS if grupo.has(route))
    return found


def call(cena: Cena, role: str, method: str, url: str) -> tuple[HttpResponse, list[str]]:
    cache.clear()  # no rate limit between one call and the next
    return send(cena.clientes[role](), method, url)


def test_every_address_is_in_one_group_and_every_group_has_one() -> None:
    homes = {route: [grupo.titulo for grupo in GRUPOS if grupo.has(route)] for route in routes()}

    assert {route: found for route, found in homes.items() if len(found) != 1} == {}
    assert {grupo.titulo for grupo in GRUPOS} == {titulo for (titulo,) in homes.values()}


def test_every_group_decides_for_every_method_and_role() -> None:
    for grupo in GRUPOS:
        for method in METHODS:
            assert {role: grupo.expected(method, role) for role in TODOS}, grupo.titulo


@pytest.mark.parametrize("area", AREAS)
def test_each_role_gets_in_where_it_should_and_nowhere_else(area: str, cena: Cena) -> None:
    assert set(cena.clientes) == TODOS
    wrong, meddled = [], []
    for route in (route for route in routes() if group_of(route) in AREAS[area]):
        url = url_of(route, cena)
        for method in METHODS:
            for role in sorted(TODOS):
                response, written = call(cena, role, method, url)
                found, expected = outcome(response), group_of(route).expected(method, role)
                if found != expected:
                    wrong.append(f"{method} {route} por {role}: {found}, esperado {expected}")
                if method in SAFE and not set(written) <= TRACES:
                    meddled.append(f"{method} {route} por {role}: {sorted(set(written) - TRACES)}")

    assert not wrong, "\n".join(wrong)
    assert not meddled, "\n".join(meddled)


@pytest.mark.parametrize("role", ["de_outro", "encerrado", "futuro", "operacao", "leitura", "chave_de_outro"])
def test_a_company_of_others_is_answered_like_one_that_does_not_exist(role: str, cena: Cena) -> None:
    nobodys = factories.make_cnpj(99_999_999)
    for route in OF_A_COMPANY:
        for method in METHODS:
            theirs, _ = call(cena, role, method, url_of(route, cena))
            none, _ = call(cena, role, method, url_of(route, cena, cnpj=nobodys))

            assert seen(theirs, cena.agente.cnpj) == seen(none, nobodys), f"{method} {route}"


def seen(response: HttpResponse, cnpj: str) -> tuple[int, dict[str, str], bytes]:
    """All that a caller gets, but the token of the form and the CNPJ that they sent themselves."""
    body = TOKEN.sub(rb"\1", response.content).replace(cnpj.encode(), b"CNPJ")
    headers = {name: value.replace(cnpj, "CNPJ") for name, value in response.headers.items()}
    return response.status_code, headers, body


@pytest.mark.parametrize("header", ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"])
@pytest.mark.parametrize("path", ["/adesao/{}/", "/api/v1/agentes/{}/", "/adesao/{}/anexos/"])
def test_a_method_in_a_header_is_not_one(
    header: str, path: str, ana: Any, agente: Agente, client_of: Callable[[Any], Client]
) -> None:
    client, url = client_of(ana), path.format(agente.cnpj)

    plain, dressed = client.get(url), client.get(url, {"_method": "POST"}, headers={header: "POST"})

    assert plain.status_code == dressed.status_code
