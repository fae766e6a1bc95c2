"""The clauses as data: all of them, each with what it needs, and two revisions side by side."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from contratos.domain.clausulas import REGISTRO, Classe, Clausula, ClausulaDesconhecida, Registro, Revisao, clausula
from contratos.domain.prazos import parse

TODAS = list(REGISTRO.clausulas.values())
SUBCLAUSULAS = {13: 2, 15: 1, 26: 1, 28: 2, 32: 1, 39: 1, 40: 1, 44: 2, 49: 1, 51: 4, 78: 2, 80: 1, 86: 2}
SEIS, SETE = Revisao("6.0", date(2022, 4, 1), "REN 1.012/2022"), Revisao("7.0", date(2027, 3, 1), "REN inventada")


def two_revisions() -> Registro:
    """3.10 as it is, and a made-up 7.0 of it with another deadline."""
    secao = next(secao for secao in REGISTRO.secoes if clausula("3.10") in secao.clausulas)
    nova = replace(clausula("3.10"), revisao="7.0", prazos=("max(P,H)+30du",))
    return Registro([SEIS, SETE], [replace(secao, clausulas=(*secao.clausulas, nova))])


def test_every_clause_is_there_in_the_order_of_the_document() -> None:
    expected = [
        f"3.{number}{sub}"
        for number in range(1, 113)
        for sub in ("", *(f".{n}" for n in range(1, SUBCLAUSULAS.get(number, 0) + 1)))
    ]

    assert [c.numero for c in TODAS] == expected
    assert len(expected) == 133


def test_the_classes_are_those_of_the_analysis() -> None:
    assert Counter(c.classe for c in TODAS) == {
        Classe.ENFORCE: 52,
        Classe.TRACK: 46,
        Classe.COMPUTE: 17,
        Classe.REPORT: 10,
        Classe.INFO: 8,
    }


@pytest.mark.parametrize("found", [c for c in TODAS if c.prazos], ids=lambda c: c.numero)
def test_a_deadline_is_written_as_the_grammar_writes_it(found: Clausula) -> None:
    assert [str(parse(prazo)) for prazo in found.prazos] == list(found.prazos)


def test_only_what_informs_says_why_it_asks_nothing() -> None:
    assert {c.numero for c in TODAS if c.porque} == {c.numero for c in TODAS if c.classe is Classe.INFO}


def test_no_class_is_given_twice() -> None:
    assert [c.numero for c in TODAS if len(set(c.classes)) != len(c.classes)] == []


def test_each_has_its_own_words_and_somebody_who_acts() -> None:
    assert len({c.texto for c in TODAS}) == len(TODAS)
    assert [c.numero for c in TODAS if not c.quem or not c.texto.endswith(".")] == []


def test_clauses_refer_to_clauses_that_exist() -> None:
    numbers = {c.numero for c in TODAS}
    words = {c.numero: f"{c.texto} {c.prazo_texto} {c.nota} {c.porque}" for c in TODAS}

    named = {n: set(re.findall(r"(?<![\w.])3\.\d+(?:\.\d+)?(?![\w/])", text)) for n, text in words.items()}
    assert {n: found - numbers for n, found in named.items() if found - numbers} == {}
    assert "3.63" in named["3.66"]


def test_the_latest_revision_is_the_one_given() -> None:
    registro = two_revisions()

    assert registro.clausula("3.10").prazos == ("max(P,H)+30du",)
    assert registro.clausula("3.10", revisao="6.0").prazos == ("max(P,H)+25du",)
    assert registro.clausula("3.9").revisao == "6.0"


@pytest.mark.parametrize(("day", "revisao"), [(date(2027, 2, 28), "6.0"), (date(2027, 3, 1), "7.0")])
def test_a_revision_rules_from_its_first_day(day: date, revisao: str) -> None:
    registro = two_revisions()

    in_force = [c.revisao for _, clausulas in registro.em_vigor(day) for c in clausulas if c.numero == "3.10"]
    assert in_force == [registro.clausula("3.10", em=day).revisao] == [revisao]
    assert registro.revisao(day) == (SETE if revisao == "7.0" else SEIS)


def test_before_the_first_revision_nothing_is_in_force() -> None:
    day = date(2022, 3, 31)

    assert (REGISTRO.em_vigor(day), REGISTRO.revisao(day)) == ([], None)
    with pytest.raises(ClausulaDesconhecida, match=r"não tem cláusula 3\.10 em vigor em 31/03/2022"):
        clausula("3.10", em=day)


def test_revision_ten_comes_after_revision_nine() -> None:
    nove, dez = (replace(clausula("3.1"), revisao=numero) for numero in ("9.0", "10.0"))
    revisoes = [Revisao(c.revisao, date(2030, 1, 1), "inventada") for c in (nove, dez)]

    registro = Registro(revisoes, [replace(REGISTRO.secoes[0], clausulas=(dez, nove))])

    assert registro.clausula("3.1") is dez


@pytest.mark.parametrize(("numero", "revisao"), [("3.113", ""), ("3.10", "7.0"), ("", ""), ("3.13.3", "")])
def test_what_does_not_exist_is_refused_in_words(numero: str, revisao: str) -> None:
    with pytest.raises(ClausulaDesconhecida, match=rf"não tem cláusula {numero}( na revisão 7.0)?\."):
        clausula(numero, revisao=revisao)


def test_the_same_clause_twice_is_refused() -> None:
    secao = replace(REGISTRO.secoes[0], clausulas=(clausula("3.1"), clausula("3.1")))

    with pytest.raises(ValueError, match=r"3\.1 stands twice"):
        Registro([SEIS], [secao])


def test_a_clause_of_no_known_revision_is_refused() -> None:
    with pytest.raises(ValueError, match=r"3\.1: no revision 6\.0"):
        Registro([SETE], REGISTRO.secoes)


def test_a_clause_says_its_number_and_revision_and_its_class_what_it_asks() -> None:
    found = clausula("3.10")
    assert str(found) == "3.10 (rev. 6.0)"
    assert "agenda" in found.classe.explicacao
