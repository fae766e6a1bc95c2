"""An expression that cannot be read is answered with the column, what stands there and what could."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contratos.domain.prazos import ExpressaoInvalida, parse, parse_anchor
from portal.kernel.errors import DomainError


@pytest.mark.parametrize(
    ("texto", "coluna", "words"),
    [
        ("", 1, "a expressão termina; esperava uma data"),
        ("   ", 4, "esperava uma data"),
        ("X+2du", 1, "encontrei “X+2du”; esperava uma data"),
        (" K", 2, "encontrei “K”"),
        ("p+2du", 1, "encontrei “p+2du”"),
        ("P+2", 2, "esperava o fim, ou +N ou -N seguido de du"),
        ("P+2dx", 2, "seguido de du (dias úteis) ou dc (dias corridos)"),
        ("P+0du", 2, "de 1 a 3650 dias"),
        ("P+3651dc", 2, "de 1 a 3650 dias"),
        ("P P", 3, "encontrei “P”; esperava o fim"),
        ("P+2du lixo", 7, "encontrei “lixo”"),
        ("MS", 3, "como MS+9du"),
        ("MS-2du", 3, "como MS+9du"),
        ("MS+24du", 3, "de 1 a 23"),
        ("MS+2dc", 3, "como MS+9du"),
        ("M", 1, "esperava uma data"),
        ("D40@M", 1, "de D1 a D31"),
        ("D0@M", 1, "de D1 a D31"),
        ("D25@MS", 2, "esperava o fim"),
        ("max P", 5, "esperava “(”"),
        ("max(P;H)", 6, "esperava “,” e a segunda data"),
        ("max(P,H+2du", 12, "a expressão termina; esperava “)”"),
        ("max(P,)", 7, "encontrei “)”; esperava uma data"),
        ("CAL:", 1, "CAL:código"),
        ("max(P," * 11, 64, "um dentro do outro"),
        ("P" * 201, 201, "no máximo 200 caracteres"),
    ],
)
def test_the_error_points_at_the_column(texto: str, coluna: int, words: str) -> None:
    with pytest.raises(ExpressaoInvalida) as refused:
        parse(texto)

    assert refused.value.coluna == coluna
    assert refused.value.detail.startswith(f"Coluna {coluna}: ")
    assert words in refused.value.detail


@pytest.mark.parametrize(
    ("texto", "canonical"),
    [(" P + 2 du ", "P+2du"), ("max( P , H ) + 25du", "max(P,H)+25du"), (" N.A. ", "N.A."), ("D5@M-01", "D5@M-1")],
)
def test_spaces_do_not_matter(texto: str, canonical: str) -> None:
    assert str(parse(texto)) == canonical


@given(st.text(alphabet="PHMSDNACLAx0123456789+-@(),. duc:max31Jane", max_size=40))
def test_no_text_is_too_strange(texto: str) -> None:
    """It reads, and what it reads writes back to itself, or it says why not."""
    with suppress(ExpressaoInvalida):
        found = parse(texto)
        assert parse(str(found)) == found


@pytest.mark.parametrize(
    ("nome", "texto", "value"),
    [
        ("P", "2026-11-19", date(2026, 11, 19)),
        ("CAL:x", "2026-11-19", date(2026, 11, 19)),
        ("MS", "2026-11", date(2026, 11, 1)),
        ("ANO", "2026", date(2026, 1, 1)),
    ],
)
def test_an_anchor_is_read_in_its_own_form(nome: str, texto: str, value: date) -> None:
    assert parse_anchor(nome, texto) == value


@pytest.mark.parametrize(
    ("nome", "texto", "words"),
    [
        ("P", "19/11/2026", "esperava AAAA-MM-DD, como 2026-11-19"),
        ("P", "2026-02-30", "esperava AAAA-MM-DD"),
        ("MS", "2026-11-01", "esperava AAAA-MM, como 2026-11"),
        ("ANO", "26", "esperava AAAA, como 2026"),
        ("K", "2026-11-19", "Não há âncora “K”"),
    ],
)
def test_a_bad_anchor_is_told(nome: str, texto: str, words: str) -> None:
    with pytest.raises(DomainError, match=words):
        parse_anchor(nome, texto)
