"""“Teste sua conexão”: what a company sees of its way through the gateway."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from adesao import services as adesao
from certificados.models import Certificado
from portal import clock
from portal.agentes import acesso
from portal.agentes.models import Agente, Usuario
from portal.demo.hierarquia import Hierarquia
from tests import factories
from tests.gateway.conftest import Pergunta

pytestmark = pytest.mark.django_db
Entrar = Callable[[Usuario], Client]


@pytest.fixture
def page(client_of: Entrar, ana: Usuario, agente: Agente) -> Callable[[], str]:
    return lambda: client_of(ana).get(f"/adesao/{agente.cnpj}/conexao/").content.decode()


def add_successor(agente: Agente, ana: Usuario, hierarquia: Hierarquia) -> Certificado:
    now = clock.now()
    der = factories.issue(hierarquia, agente, host="novo", now=now)
    adesao.submit(agente, senha="", arquivos=[("novo.cer", der)], excluir=(), ator=acesso.of_usuario(ana), now=now)
    novo = Certificado.objects.get(nome_arquivo="novo.cer")
    Certificado.objects.filter(pk=novo.pk).update(valid_until=novo.valid_until + timedelta(days=9))
    return novo


def test_what_was_never_seen_says_so(ask: Pergunta, page: Callable[[], str]) -> None:
    assert "Nunca visto" in page()


def test_when_it_was_seen_and_why_it_was_refused(ask: Pergunta, page: Callable[[], str]) -> None:
    ask()
    ask(senha="11112222")

    seen = page()

    assert "Nunca visto" not in seen
    assert "A senha do usuário sistêmico não confere" in seen


def test_whoever_came_with_another_certificate_is_told_by_its_fingerprint(
    ask: Pergunta, page: Callable[[], str]
) -> None:
    assert "Com um certificado que não é dos acima" not in page()

    ask(sha256="ab" * 32)

    assert f"SHA-256 {'ab' * 32}" in page()


def test_a_successor_that_was_never_tried_is_a_warning_until_it_is(
    ask: Pergunta, page: Callable[[], str], agente: Agente, ana: Usuario, confianca: Hierarquia
) -> None:
    novo = add_successor(agente, ana, confianca)
    assert "nunca foi visto no gateway" not in page()  # nor was the one in use: nobody connects yet
    ask()
    assert "novo.cer, nunca foi visto no gateway" in page()

    ask(sha256=novo.sha256)

    assert "nunca foi visto no gateway" not in page()


def test_all_representatives_see_it_and_nobody_else(
    ask: Pergunta, client_of: Entrar, agente: Agente, bruno: Usuario, carla: Usuario, davi: Usuario
) -> None:
    url = f"/adesao/{agente.cnpj}/conexao/"

    assert [client_of(who).get(url).status_code for who in (bruno, carla, davi)] == [200, 200, 404]


def test_as_many_questions_for_two_certificates_as_for_one(
    ask: Pergunta,
    client_of: Entrar,
    agente: Agente,
    ana: Usuario,
    confianca: Hierarquia,
    django_assert_num_queries: Any,
    django_assert_max_num_queries: Any,
) -> None:
    client, url = client_of(ana), f"/adesao/{agente.cnpj}/conexao/"
    ask()
    with django_assert_max_num_queries(12) as one:
        client.get(url)
    add_successor(agente, ana, confianca)

    with django_assert_num_queries(len(one)):
        client.get(url)
