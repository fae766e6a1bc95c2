"""The pages that need no session: manual, authorities, health; and the start page."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from portal.agentes.models import Usuario
from portal.demo.hierarquia import Hierarquia
from portal.icp.domain.trust import PINNED_ROOTS
from portal.icp.models import AutoridadeCertificadora

ClientOf = Callable[[Usuario], Client]

FACTS = [
    "RSA de 2048 bits",
    "menor que 395 dias",
    "SHA-256 ou SHA-512",
    "ICP-Brasil",
    "X.509 binário codificado por DER",
    "Copiar para arquivo",
    "openssl x509",
    "representante CCEE",
    "exatamente 8 números",
    "30, 15 e 7 dias",
    "usuário é o CNPJ",
    "0800 881 2233",
    "0800 72 15 445",
    "atendimento@ccee.org.br",
]


@pytest.mark.parametrize("fact", FACTS)
def test_manual_carries_the_facts(client: Client, db: None, fact: str) -> None:
    text = re.sub(r"<[^>]+>", "", client.get("/manual/").content.decode())

    assert fact in text


def test_authorities_are_listed_by_root_with_their_fingerprints(client: Client, confianca: Hierarquia) -> None:
    page = client.get("/certificadoras/").content.decode()

    rows = AutoridadeCertificadora.objects.filter(ativa=True)
    assert [row.sha256 for row in rows if row.sha256 not in page] == []
    assert page.count("Raiz da ICP-Brasil, fixada no portal") == rows.filter(sha256__in=PINNED_ROOTS).count() > 0
    assert "Raiz incluída pela operação" in page


def test_each_authority_stands_under_exactly_one_root(client: Client, confianca: Hierarquia) -> None:
    cadeias = client.get("/certificadoras/").context["cadeias"]

    shown = [row.sha256 for cadeia in cadeias for row in (cadeia.raiz, *cadeia.intermediarias)]
    assert sorted(shown) == sorted(AutoridadeCertificadora.objects.values_list("sha256", flat=True))


def test_what_is_no_longer_accepted_is_not_listed(client: Client, confianca: Hierarquia) -> None:
    row = AutoridadeCertificadora.objects.filter(raiz=False)[0]
    AutoridadeCertificadora.objects.filter(pk=row.pk).update(ativa=False)

    assert row.sha256 not in client.get("/certificadoras/").content.decode()


def test_search_ignores_accents_and_case(client: Client, confianca: Hierarquia) -> None:
    row = AutoridadeCertificadora.objects.filter(raiz=False)[0]
    AutoridadeCertificadora.objects.filter(pk=row.pk).update(nome="AC São João <b>Única</b>")

    page = client.get("/certificadoras/", {"busca": "sao joao <b>unica"}).content.decode()

    assert "AC São João &lt;b&gt;Única" in page
    assert page.count("Emitida por") == 1


def test_search_by_fingerprint_and_search_in_vain(client: Client, confianca: Hierarquia) -> None:
    row = AutoridadeCertificadora.objects.filter(raiz=False)[0]

    assert row.nome in client.get("/certificadoras/", {"busca": row.sha256[:20]}).content.decode()
    assert "Nenhuma certificadora encontrada" in client.get("/certificadoras/", {"busca": "não há"}).content.decode()


def test_authorities_page_costs_two_queries(
    client: Client, confianca: Hierarquia, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(2):
        client.get("/certificadoras/")


def test_start_page_leads_each_to_their_work(
    client: Client, client_of: ClientOf, ana: Usuario, operacao: Usuario
) -> None:
    assert client.get("/").headers["Location"] == "/entrar/?next=/"
    assert client_of(ana).get("/").headers["Location"] == "/adesao/"
    assert client_of(operacao).get("/").headers["Location"] == "/admin/"
