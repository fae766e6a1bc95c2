"""The manual's three leads."""

from datetime import date

from notificacoes.domain.marcos import due_on, next_tighter


def test_each_lead_has_a_tighter_one_but_the_last() -> None:
    assert [next_tighter(lead) for lead in (30, 15, 7)] == [15, 7, None]


def test_a_notice_is_due_so_many_civil_days_before() -> None:
    assert due_on(date(2027, 3, 1), 7) == date(2027, 2, 22)
