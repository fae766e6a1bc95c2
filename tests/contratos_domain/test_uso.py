"""Business days that each party held a flow."""

from datetime import date

from contratos.domain.uso import Posse, days_used
from tests.contratos_domain.calendarios import PADRAO as CALENDARIO

QUI, SEX, SEG, TER, QUA = (date(2026, 11, day) for day in (19, 20, 23, 24, 25))  # the Friday is a holiday


def test_the_day_of_opening_is_not_counted_and_the_day_of_closing_is() -> None:
    assert days_used([Posse("Vendedor", QUI, TER)], CALENDARIO, hoje=QUA) == {"Vendedor": 2}


def test_what_opens_and_closes_on_one_day_uses_none() -> None:
    assert days_used([Posse("CCEE", SEG, SEG)], CALENDARIO, hoje=QUA) == {"CCEE": 0}


def test_what_is_open_counts_until_today() -> None:
    assert days_used([Posse("CCEE", QUI)], CALENDARIO, hoje=QUA) == {"CCEE": 3}


def test_two_activities_held_at_once_use_the_days_once() -> None:
    posses = [Posse("Vendedor", QUI, TER), Posse("Vendedor", QUI, SEG), Posse("Vendedor", SEG, QUA)]

    assert days_used(posses, CALENDARIO, hoje=QUA) == {"Vendedor": 3}


def test_days_between_two_activities_are_nobodys() -> None:
    posses = [Posse("Vendedor", QUI, SEG), Posse("Vendedor", TER, QUA)]

    assert days_used(posses, CALENDARIO, hoje=QUA) == {"Vendedor": 2}


def test_each_party_has_its_own_count_in_the_order_of_their_turns() -> None:
    posses = [Posse("CCEE", SEG, TER), Posse("Vendedor", QUI, SEG)]

    assert list(days_used(posses, CALENDARIO, hoje=QUA).items()) == [("Vendedor", 1), ("CCEE", 1)]


def test_what_opened_after_the_hour_of_the_deadline_uses_no_negative_days() -> None:
    assert days_used([Posse("CCEE", TER)], CALENDARIO, hoje=SEG) == {"CCEE": 0}


def test_a_flow_that_nobody_held_has_no_days() -> None:
    assert days_used([], CALENDARIO, hoje=QUA) == {}
