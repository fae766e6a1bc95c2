"""Text as it is searched and as it is shown."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.text import searchable, visible


@pytest.mark.parametrize(
    ("typed", "found"),
    [("São  João", "SAO JOAO"), ("ENERGIA Ltda.", "ENERGIA LTDA."), ("  ipê ", "IPE"), ("ﬁ", "FI"), ("", "")],
)
def test_searchable_forgets_accents_case_and_spaces(typed: str, found: str) -> None:
    assert searchable(typed) == found


@given(st.text())
def test_searchable_twice_is_searchable_once(text: str) -> None:
    assert searchable(searchable(text)) == searchable(text)


@given(st.text(max_size=400))
def test_visible_is_one_printable_line(text: str) -> None:
    shown = visible(text, 100)

    assert all(c == " " or unicodedata.category(c)[0] not in "CZ" for c in shown)
    assert "\n" not in shown


def test_visible_shows_what_would_mislead() -> None:
    assert visible("a\x00b\u202ec\nd") == "a\\u0000b\\u202ec\\u000ad"
    assert visible("x" * 300, 10) == "x" * 10 + "…"
