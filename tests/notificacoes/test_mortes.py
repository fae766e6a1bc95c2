"""A few of the kills of bench/mortes.py."""

import pytest
from pytest_django import Settings

from tests.matanca import Matanca


@pytest.mark.django_db(transaction=True)
def test_killed_again_and_again_workers_lose_nothing_and_mark_every_repeat(settings: Settings) -> None:
    matanca = Matanca(semente=7, lote=60, configuracao=settings, juntos=2)

    matanca.run(15)

    assert matanca.mortes >= 15
    assert not {name: count for name, count in matanca.check().items() if count}
