"""Every URL of portal.urls × method × role against matriz.py; looking changes nothing; the outsider learns nothing."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.template import Origin
from django.template.loaders.base import Loader
from django.test import Client

from portal.agentes.models import Agente
from portal.demo.hierarquia import Hierarquia
from tests import factories
from tests.permissoes.cena import METHODS, SAFE, Cena, build, outcome, routes, send, url_of
from tests.permissoes.matriz import AREAS, GRUPOS
from tests.permissoes.papeis import TODOS, Grupo

# What a look may write: the trail of it, the hour at which a key or a calendar feed was last used, and the directory,
# which is brought up to date before it is read: what it says follows from the trail alone.
TRACES = {
    "auditoria_evento", "auditoria_cadeia", "agentes_chavedemaquina", "notificacoes_agenda", "django_session",
    "gateway_entrada", "gateway_publicacao",
}  # fmt: skip
DRAWN = ("GET", "POST")  # an empty form comes back as a page with its errors: that is drawn, too
OF_A_COMPANY = [route for route in routes() if "cnpj" in route]
TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]+')


@pytest.fixture
def cena(agente: Agente, confianca: Hierarquia, settings: Any) -> Cena:
    settings.EMAIL_BACKEND = "notificacoes.mail.OutboxBackend"
    # Emptied before each of tens of thousands of calls, so that no rate limit answers.
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    return build(agente, confianca)


def group_of(route: str) -> Grupo:
    (found,) = (grupo for grupo in GRUPOS if grupo.has(route))
    return found


class Blank(Loader):
    """Every page is its status: who gets in is told by that."""

    def get_template_sources(self, template_name: str) -> Iterator[Origin]:
        yield Origin(name=template_name, template_name=template_name, loader=self)

    def get_contents(self, origin: Origin) -> str:
        return "{{ status }}"


@pytest.fixture
def short_refusals(settings: Any) -> None:
    """Most answers are refusals, and their page is the same each time: here its status alone, as the client sees it.

    The whole page is compared further down, and looked at in tests/seguranca.
    """
    refusal = ("django.template.loaders.locmem.Loader", {"erro.html": "{{ status }}"})
    of_files = (f"django.template.loaders.{kind}.Loader" for kind in ("filesystem", "app_directories"))
    _load_from(settings, refusal, *of_files)


@pytest.fixture
def blank_pages(settings: Any) -> None:
    """For methods that show no page of their own: drawing that of GET again took most of the time."""
    _load_from(settings, f"{__name__}.Blank")


def _load_from(settings: Any, *loaders: Any) -> None:
    (engine,) = settings.TEMPLATES
    options = {**engine["OPTIONS"], "loaders": [("django.template.loaders.cached.Loader", list(loaders))]}
    settings.TEMPLATES = [{**engine, "APP_DIRS": False, "OPTIONS": options}]


def test_every_address_is_in_one_group_and_every_group_has_one() -> None:
    homes = {route: [grupo.titulo for grupo in GRUPOS if grupo.has(route)] for route in routes()}

    assert {route: found for route, found in homes.items() if len(found) != 1} == {}
    assert {grupo.titulo for grupo in GRUPOS} == {titulo for (titulo,) in homes.values()}


def test_every_group_decides_for_every_method_and_role() -> None:
    for grupo in GRUPOS:
        for method in METHODS:
            assert {role: grupo.expected(method, role) for role in TODOS}, grupo.titulo


@pytest.mark.parametrize("method", DRAWN)
@pytest.mark.parametrize("area", AREAS)
def test_each_role_gets_in_where_it_should_and_nowhere_else(
    area: str, method: str, cena: Cena, short_refusals: None
) -> None:
    check(area, [method], cena)


@pytest.mark.parametrize("area", AREAS)
def test_so_it_is_with_the_other_methods(area: str, cena: Cena, blank_pages: None) -> None:
    check(area, [method for method in METHODS if method not in DRAWN], cena)


def check(area: str, methods: Sequence[str], cena: Cena) -> None:
    assert set(cena.clientes) == TODOS
    wrong, meddled = [], []
    for route, method in product(routes(), methods):
        if (grupo := group_of(route)) not in AREAS[area]:
            continue
        for role, client in sorted(cena.clientes.items()):
            cache.clear()
            response, written = send(client, method, url_of(route, cena))
            found, expected = outcome(response), grupo.expected(method, role)
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
            cache.clear()
            theirs, _ = send(cena.clientes[role], method, url_of(route, cena))
            none, _ = send(cena.clientes[role], method, url_of(route, cena, cnpj=nobodys))

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
