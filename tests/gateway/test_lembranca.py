"""What a process remembers of passwords that it worked out."""

from datetime import UTC, datetime, timedelta

import pytest

from portal.gateway import lembranca
from portal.gateway.lembranca import Lembranca

AT = datetime(2026, 11, 22, tzinfo=UTC)
SEGUNDO = timedelta(seconds=1)


def test_it_is_bounded_and_the_oldest_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lembranca, "MAIS", 3)
    known = Lembranca()
    marks = [known.mark(1, 1, f"{number:08d}") for number in range(50)]

    for mark in marks:
        known.keep(mark, right=False, now=AT, seconds=300)

    assert [mark for mark in marks if known.verdict(mark, now=AT) is not None] == marks[-3:]


def test_what_is_kept_again_is_the_youngest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lembranca, "MAIS", 2)
    known = Lembranca()
    first, second, third = (known.mark(1, 1, senha) for senha in ("1", "2", "3"))

    for mark in (first, second, first, third):
        known.keep(mark, right=True, now=AT, seconds=300)

    assert [known.verdict(mark, now=AT) for mark in (first, second, third)] == [True, None, True]


def test_it_ends_with_its_time_however_often_it_is_asked() -> None:
    known = Lembranca()
    mark = known.mark(1, 1, "40718263")
    known.keep(mark, right=True, now=AT, seconds=2)

    assert [known.verdict(mark, now=AT + wait * SEGUNDO) for wait in (0, 1, 2)] == [True, True, None]


def test_one_company_one_version_and_one_password_is_one_mark_and_only_in_this_process() -> None:
    known = Lembranca()
    marks = {known.mark(*of) for of in ((1, 1, "1"), (1, 1, "1"), (2, 1, "1"), (1, 2, "1"), (1, 1, "2"), (11, 1, ""))}

    assert len(marks) == 5
    assert Lembranca().mark(1, 1, "1") not in marks
