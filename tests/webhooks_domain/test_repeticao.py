"""When to try again, as data."""

from datetime import timedelta

from portal.webhooks.domain.repeticao import ESPERAS, PAUSAS, SEGUIDAS, pause, wait


def test_each_wait_is_longer_than_the_one_before_and_then_there_is_none() -> None:
    waits = [wait(number) for number in range(1, len(ESPERAS) + 2)]

    assert waits == [*ESPERAS, None]
    assert sorted(ESPERAS) == list(ESPERAS)
    assert sum(ESPERAS, timedelta()) > timedelta(days=2)


def test_the_circuit_opens_for_longer_each_time_up_to_a_limit() -> None:
    assert pause(SEGUIDAS - 1) is None
    assert [pause(SEGUIDAS + number) for number in range(len(PAUSAS) + 3)] == [*PAUSAS, *[PAUSAS[-1]] * 3]
