"""The table of sentences holds: each has a test that exists or a reason, and the page says them."""

import ast
import html
import os
import re
from functools import cache
from pathlib import Path

import pytest
from django.test import Client

from tests.mercado.cena import Cena
from tests.mercado.frases import FRASES, Frase

TESTS = Path(__file__).resolve().parents[1]
# The page as it was read; it is no part of the project, so whoever has it may compare.
DOCUMENTO = os.environ.get("PAGINA_DA_OTE", "")
SPACES = re.compile(r"\s+")


@cache
def functions_in(path: str) -> set[str]:
    tree = ast.parse((TESTS / path).read_text())
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


@pytest.mark.parametrize("frase", FRASES, ids=lambda frase: frase.texto[:40])
def test_each_sentence_has_tests_that_exist_or_a_reason(frase: Frase) -> None:
    assert frase.testes or frase.info
    for name in frase.testes:
        path, _, function = name.partition("::")
        assert function in functions_in(path), name


@pytest.fixture
def pagina(cena: Cena) -> str:
    """The start page in Czech, as text on one line."""
    page = Client(headers={"accept-language": "cs"}).get("/").content.decode()
    return SPACES.sub(" ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


def test_the_page_says_it_in_the_operators_own_words(pagina: str) -> None:
    assert [frase.texto for frase in FRASES if frase.na_pagina and frase.texto not in pagina] == []


def test_the_page_leads_to_the_lists(cena: Cena) -> None:
    client = Client(headers={"accept-language": "cs"})
    page = client.get("/").content.decode()

    for path, title in (
        ("/autoridades/", "Povolené certifikační autority"),
        ("/certificados-do-operador/", "Certifikáty operátora"),
    ):
        assert f'href="{path}"' in page
        assert f"<h1>{title}</h1>" in client.get(path).content.decode()


def test_each_authority_leads_to_its_own_page(cena: Cena) -> None:
    page = Client().get("/autoridades/").content.decode()

    assert 'href="https://autorita.example/"' in page


def test_the_page_itself_tells_how_to_export_and_register(pagina: str) -> None:
    for words in ("Kopírovat do souboru", "Ne, neexportovat privátní klíč", "Zaregistrovat pár"):
        assert words in pagina


@pytest.mark.skipif(not DOCUMENTO, reason="PAGINA_DA_OTE não aponta para o texto da página")
def test_no_sentence_of_the_page_is_left_out() -> None:
    """What is left of the page when every sentence of the table is taken away is no letter."""
    left = SPACES.sub(" ", Path(DOCUMENTO).read_text())
    for frase in sorted(FRASES, key=lambda frase: -len(frase.texto)):
        assert frase.texto in left, frase.texto
        left = left.replace(frase.texto, " ", 1)

    assert re.findall(r"[^\W\d_]{2,}", left) == []
