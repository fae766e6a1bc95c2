"""When people are told of an activity, and its due date in words."""

from datetime import date

import pytest

from notificacoes.domain.momentos import due, reach
from portal.kernel.business_days import Calendario

FERIADO = date(2026, 11, 20)
CALENDARIO = Calendario({FERIADO: "Consciência Negra"}, first=date(2026, 1, 1), last=date(2026, 12, 31))
QUINTA, SEGUNDA = date(2026, 11, 19), date(2026, 11, 23)


def test_the_early_notice_reaches_three_business_days_ahead() -> None:
    assert reach(QUINTA, 3, CALENDARIO) == (QUINTA, date(2026, 11, 25), date(2026, 11, 18))
    saturday = date(2026, 11, 21)
    assert reach(saturday, 3, CALENDARIO).atraso_ate == date(2026, 11, 18)  # no business day has begun since Thursday


@pytest.mark.parametrize("calendario", [None, CALENDARIO])
def test_where_the_holidays_are_not_known_running_days_stand_in(calendario: Calendario | None) -> None:
    day = date(2027, 1, 4)
    assert reach(day, 3, calendario) == (day, date(2027, 1, 9), date(2027, 1, 3))


@pytest.mark.parametrize(
    ("vence", "today", "words"),
    [
        (None, QUINTA, ""),
        (date(2026, 11, 24), QUINTA, "vence em 2 dias úteis, terça-feira, 24/11/2026"),
        (SEGUNDA, QUINTA, "vence no próximo dia útil, segunda-feira, 23/11/2026"),
        (FERIADO, QUINTA, "vence amanhã, sexta-feira, 20/11/2026 (Consciência Negra)"),
        (date(2026, 11, 22), QUINTA, "vence em 3 dias, domingo, 22/11/2026"),
        (QUINTA, date(2026, 11, 21), "venceu há 2 dias, quinta-feira, 19/11/2026"),
        (QUINTA, FERIADO, "venceu há 1 dia, quinta-feira, 19/11/2026"),
        (QUINTA, SEGUNDA, "venceu há 1 dia útil, quinta-feira, 19/11/2026"),
        (QUINTA, date(2026, 11, 24), "venceu há 2 dias úteis, quinta-feira, 19/11/2026"),
        (date(2027, 1, 8), date(2026, 12, 30), "vence em 9 dias, sexta-feira, 08/01/2027"),
    ],
)
def test_a_due_date_in_words(vence: date | None, today: date, words: str) -> None:
    assert due(vence, today=today, calendario=CALENDARIO) == words


def test_without_a_calendar_days_are_counted_as_they_run() -> None:
    assert due(SEGUNDA, today=QUINTA, calendario=None).startswith("vence em 4 dias")
