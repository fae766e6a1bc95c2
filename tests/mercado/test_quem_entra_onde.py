"""Every address of portal.urls_ote × role: who gets in where. An address that is not in the table fails the test."""

import re

import pytest
from django.test import Client
from django.urls import get_resolver

from tests.mercado.cena import Cena, browser
from tests.permissoes.cena import _walk

# Role -> status of GET. `entrar`: 302 to the sign-in page. The account of the address is petr's.
ROLES = ("anonimo", "titular", "administra", "sem_valido", "estranho", "operador")
ABERTA = dict.fromkeys(ROLES, 200)
DE_QUEM_ENTROU = {**ABERTA, "anonimo": 302}
DA_CONTA = {"anonimo": 302, "titular": 200, "administra": 200, "sem_valido": 404, "estranho": 404, "operador": 200}
TABELA: dict[str, dict[str, int]] = {
    r"|autoridades/|contatos/|certificados-do-operador/|saude/(viva/)?|metricas": ABERTA,
    r"certificados-do-operador/<int:pk>\.cer": dict.fromkeys(ROLES, 404),  # there is none
    r"caixa-de-saida/(<int:pk>/)?": dict.fromkeys(ROLES, 404),  # in the demonstration alone
    r"contas/": DE_QUEM_ENTROU,
    r"contas/<int:pk>/|contas/<int:pk>/pares/<int:par>/(assinatura|cifra)\.cer": DA_CONTA,
    r"contas/<int:pk>/registrar/|contas/<int:pk>/pares/<int:substitui>/renovar/": {**DA_CONTA, "operador": 403},
    r"contas/<int:pk>/pares/<int:par>/excluir/": dict.fromkeys(ROLES, 405),
    r"idioma/": dict.fromkeys(ROLES, 302),  # a look chooses nothing
    r"empresas/nova/": {**dict.fromkeys(ROLES, 403), "anonimo": 302, "operador": 200},
    r"empresas/<int:pk>/contas/nova/": {**dict.fromkeys(ROLES, 404), "anonimo": 302, "administra": 200},
    r"api/v1/entrada/": dict.fromkeys(ROLES, 401),
}
OF_ALLAUTH = re.compile(r"(entrar|sair|conta)/")
ADMIN = "admin/"


@pytest.fixture
def clientes(cena: Cena) -> dict[str, Client]:
    people = {"titular": cena.petr, "administra": cena.jana, "sem_valido": cena.eva, "estranho": cena.estranho}
    signed_in = {role: browser(conta.usuario) for role, conta in people.items()}
    return {"anonimo": Client(), "operador": browser(cena.operador), **signed_in}


def group_of(route: str) -> dict[str, int]:
    (found,) = (expected for pattern, expected in TABELA.items() if re.fullmatch(pattern, route))
    return found


def test_every_address_is_in_the_table(ote: None) -> None:
    routes = [route for route in _walk(get_resolver()) if not (OF_ALLAUTH.match(route) or route.startswith(ADMIN))]

    assert len({route for route in routes if group_of(route)}) == len(routes) >= 20


def test_each_role_gets_in_where_it_should(cena: Cena, clientes: dict[str, Client]) -> None:
    wrong = []
    for route in _walk(get_resolver()):
        if OF_ALLAUTH.match(route) or route.startswith(ADMIN):
            continue
        for role, client in clientes.items():
            status = client.get(url_of(route, cena)).status_code
            if status != group_of(route)[role]:
                wrong.append(f"{route} por {role}: {status}, esperado {group_of(route)[role]}")

    assert not wrong, "\n".join(wrong)


def test_what_is_posted_is_decided_by_the_same_table(cena: Cena, clientes: dict[str, Client]) -> None:
    """A stranger and whoever has not signed in change nothing, anywhere."""
    par = cena.petr.pares.get()
    for route in _walk(get_resolver()):
        for role in ("anonimo", "estranho", "sem_valido"):
            if not (OF_ALLAUTH.match(route) or route.startswith(ADMIN)):
                clientes[role].post(url_of(route, cena))

    par.refresh_from_db()
    assert par.slot == 1


def url_of(route: str, cena: Cena) -> str:
    known = {"pk": cena.petr.pk, "par": cena.petr.pares.get().pk, "substitui": cena.petr.pares.get().pk}
    if route.startswith("empresas/"):
        known["pk"] = cena.empresa.pk
    elif not route.startswith("contas/"):
        known["pk"] = 10**6
    return "/" + re.sub(r"<int:(\w+)>", lambda match: str(known[match[1]]), route)
