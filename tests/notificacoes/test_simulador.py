"""Months of outages, refusals and renewals: every notice ends once, and none that could go was forgotten.

Two months outlast the longest outage and the widest lead; two years, a thousand certificates: ./dev bench simulador.
"""

import pytest

from notificacoes.models import Aviso
from tests.simulador import Mundo


@pytest.mark.parametrize(("semente", "morrem"), [(11, True), (20261122, False)])
def test_planned_is_sent_or_superseded_or_cancelled_or_dead(db: None, semente: int, morrem: bool) -> None:
    mundo = Mundo(certificados=60, semente=semente)

    mundo.live(60)

    assert list(mundo.breaches()) == []
    assert Aviso.objects.filter(situacao="enviada").exists()
    assert Aviso.objects.filter(situacao="morta").exists() is morrem
    assert mundo.devidos, "nothing was ever due: the simulation shows nothing"
