"""How long a message waits."""

from datetime import timedelta

from notificacoes.domain.repeticao import Prazos


def test_it_waits_longer_and_then_always_eight_hours() -> None:
    minutes = [Prazos().wait(number, sorte=0) / timedelta(minutes=1) for number in range(1, 10)]

    assert minutes == [1, 5, 15, 60, 120, 240, 480, 480, 480]


def test_those_that_failed_together_do_not_come_back_together() -> None:
    hours = [Prazos().wait(20, sorte=sorte) / timedelta(hours=1) for sorte in (-1, 1)]

    assert hours == [6.4, 9.6]


def test_a_lease_outlasts_a_message_that_still_begins() -> None:
    prazos = Prazos()

    assert prazos.folga > timedelta(seconds=120)
    assert prazos.arrendamento > prazos.folga
    assert prazos.corrida + timedelta(seconds=120) < timedelta(seconds=600)  # Celery's time limit
