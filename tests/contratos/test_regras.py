"""The public page of clauses."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.template.loader import render_to_string
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from contratos.domain.clausulas import REGISTRO, Registro, clausula
from contratos.paginas.regras import page

PAGE = "/contratos/regras/"
TODAS = [c.numero for c in REGISTRO.clausulas.values()]


def shown(client: Client, **query: str) -> list[str]:
    return re.findall(r'class="clausula" id="([\d.]+)"', client.get(PAGE, query).text)


def test_anybody_reads_every_clause_without_a_query(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, db: None
) -> None:
    with django_assert_num_queries(0):
        numbers = shown(client)

    assert numbers == TODAS


def test_a_clause_is_shown_with_who_acts_by_when_and_what_that_means(client: Client) -> None:
    text = client.get(PAGE, {"busca": "3.31"}).text

    for words in (clausula("3.31").texto, "Sistema", "Calcula", "Impede", "Pendente", clausula("3.31").nota):
        assert words in text


def test_the_page_says_which_revision_it_is_and_how_much_is_built(client: Client) -> None:
    text = client.get(PAGE).text

    assert "Revisão 6.0, em vigor desde 01/04/2022" in text
    assert "133 cláusulas: " in text
    assert "8 informativas" in text


@pytest.mark.parametrize(
    ("busca", "numbers"),
    [
        ("3.1", ["3.1"]),
        ("3.40", ["3.40", "3.40.1"]),
        ("3.40.", ["3.40", "3.40.1"]),
        (" 3.13.1 ", ["3.13.1"]),
        ("d25@m-1", ["3.104"]),
        ("SIMPLES sucedaneo", ["3.49"]),
        ("conuer", ["3.45", "3.46", "3.47"]),
        ("3.200", []),
    ],
)
def test_search_by_number_and_by_word(client: Client, busca: str, numbers: list[str]) -> None:
    assert shown(client, busca=busca) == numbers


def test_three_is_the_whole_chapter(client: Client) -> None:
    assert shown(client, busca="3") == TODAS


def test_filter_by_class_takes_the_second_one_too(client: Client) -> None:
    found = shown(client, classe="calcula")

    assert {"3.10", "3.31", "3.111"} < set(found)
    assert len(found) == sum("calcula" in c.classes for c in REGISTRO.clausulas.values())


def test_filters_add_up(client: Client) -> None:
    assert shown(client, situacao="informativa", busca="Regras") == ["3.73", "3.76", "3.78"]


def test_what_is_not_an_option_is_told_and_everything_shown(client: Client) -> None:
    answer = client.get(PAGE, {"classe": "tudo"})

    assert answer.status_code == 200
    assert "Faça uma escolha válida" in answer.text
    assert 'id="3.112"' in answer.text


def test_nothing_found_says_what_to_do(client: Client) -> None:
    assert "Procure por um número" in client.get(PAGE, {"busca": "xyz"}).text


@pytest.mark.django_db
def test_deadlines_lead_to_the_calculator(client: Client) -> None:
    links = set(re.findall(r'href="(/prazos/\?expressao=[^"]+)"', client.get(PAGE).text))

    assert len(links) >= 20
    refused = [link for link in links if client.get(link.replace("&amp;", "&")).status_code != 200]
    assert refused == []


@pytest.mark.django_db
def test_every_page_leads_there(client: Client) -> None:
    assert f'href="{PAGE}"' in client.get("/prazos/").text


def test_code_is_named_where_the_clause_is_built() -> None:
    pronta = replace(clausula("3.1"), realizada_em=("contratos.selectors.deadline",))
    falta = replace(clausula("3.2"), realizada_em=("contratos.nowhere",))
    registro = Registro(REGISTRO.revisoes.values(), [replace(REGISTRO.secoes[0], clausulas=(pronta, falta))])

    text = render_to_string("contratos/regras.html", page({}, on=date(2026, 11, 21), registro=registro))

    assert "1 construída, 0 informativas, 1 pendente." in text
    assert "<code>contratos.selectors.deadline</code>" in text
    assert "contratos.nowhere" not in text


def test_before_the_first_revision_the_page_is_empty() -> None:
    text = render_to_string("contratos/regras.html", page({}, on=date(2022, 3, 31)))

    assert "Nenhuma cláusula" in text
    assert "em vigor desde" not in text
