"""Days and dates in the words of the mails."""

from datetime import date

import pytest

from notificacoes.domain import palavras
from portal.kernel.business_days import Calendario

CALENDARIO = Calendario(
    {date(2027, 2, 8): "Carnaval", date(2027, 2, 9): "Carnaval", date(2027, 4, 21): "Tiradentes"},
    first=date(2026, 1, 1),
    last=date(2027, 12, 31),
)
CARNAVAL = date(2027, 2, 9)


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2027, 1, 10), "vence em 30 dias, terça-feira, 09/02/2027 (Carnaval); último dia útil antes: 05/02/2027"),
        (date(2027, 2, 4), "vence em 5 dias, terça-feira, 09/02/2027 (Carnaval); último dia útil antes: 05/02/2027"),
        (date(2027, 2, 5), "vence em 4 dias, terça-feira, 09/02/2027 (Carnaval); hoje é o último dia útil antes"),
        (date(2027, 2, 6), "vence em 3 dias, terça-feira, 09/02/2027 (Carnaval); não há mais dia útil antes"),
        (date(2027, 2, 8), "vence amanhã, terça-feira, 09/02/2027 (Carnaval); não há mais dia útil antes"),
        (date(2027, 2, 9), "vence hoje, terça-feira, 09/02/2027 (Carnaval); não há mais dia útil antes"),
    ],
)
def test_a_holiday_is_named_and_the_last_business_day_told(today: date, words: str) -> None:
    assert palavras.expiry(CARNAVAL, today=today, calendario=CALENDARIO) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2027, 2, 13), "vence em 2 dias, sábado, 13/02/2027; último dia útil antes: 12/02/2027"),
        (date(2027, 2, 14), "vence em 3 dias, domingo, 14/02/2027; último dia útil antes: 12/02/2027"),
        (date(2027, 2, 12), "vence amanhã, sexta-feira, 12/02/2027; hoje é o último dia útil antes"),
    ],
)
def test_a_weekend_needs_no_name(day: date, words: str) -> None:
    assert palavras.expiry(day, today=date(2027, 2, 11), calendario=CALENDARIO) == words


@pytest.mark.parametrize("calendario", [None, CALENDARIO])
def test_a_day_that_no_calendar_holds_is_still_told(calendario: Calendario | None) -> None:
    words = palavras.expiry(date(2031, 3, 3), today=date(2031, 3, 1), calendario=calendario)

    assert words == "vence em 2 dias, segunda-feira, 03/03/2031"


def test_lists_and_numbers_read_well() -> None:
    assert [palavras.joined(["a", "b", "c"][:n]) for n in range(4)] == ["", "a", "a e b", "a, b e c"]
    assert [palavras.counted(n, "certificado", "certificados") for n in (1, 2)] == ["1 certificado", "2 certificados"]
