from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from certificados.models import Certificado
from portal.agentes.models import Agente, Escopo, Usuario
from portal.agentes.services import issue_key
from portal.demo.hierarquia import Hierarquia
from portal.gateway import services
from portal.gateway.lembranca import Lembranca
from portal.gateway.services import Pedido, Resposta
from tests import factories


@pytest.fixture(autouse=True)
def _forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that has just begun: nothing is remembered from another test."""
    monkeypatch.setattr(services, "_lembranca", Lembranca())


@pytest.fixture
def certificado(agente: Agente, ana: Usuario, confianca: Hierarquia, now: datetime) -> Certificado:
    """Of `agente`, which has adhered with it."""
    factories.adhere(agente, ana, confianca, now=now)
    return Certificado.objects.get(agente=agente)


@pytest.fixture
def chave(db: None, now: datetime) -> str:
    return issue_key("gateway", escopo=Escopo.GATEWAY, agente=None, by=factories.BY, now=now)


Pergunta = Callable[..., Resposta]


@pytest.fixture
def ask(certificado: Certificado, chave: str, now: datetime) -> Pergunta:
    """As the agente itself, unless told otherwise."""

    def question(**changed: Any) -> Resposta:
        at = changed.pop("em", now)
        asked = {"usuario": certificado.agente.cnpj, "senha": factories.SENHA_SISTEMICA, "sha256": certificado.sha256}
        pedido = Pedido(**asked | changed)
        ficha = services.look_up(pedido, chave=chave, now=at)
        assert ficha is not None
        return services.decide(ficha, pedido, now=at)

    return question
