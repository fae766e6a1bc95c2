"""Both clocks in hand, and a real server that is not waited for long."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from notificacoes.mail import smtp
from tests.correio import Servidor, point_to
from tests.notificacoes.entregas import Relogio


@pytest.fixture
def relogio() -> Relogio:
    return Relogio()


@pytest.fixture
def servidor(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Servidor]:
    settings.EMAIL_TIMEOUT = 0.4
    monkeypatch.setattr(smtp, "ORCAMENTO", 1.0)
    with Servidor({}) as servidor:
        point_to(settings, servidor)
        yield servidor
