import importlib.util
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pytest_django import Settings

from portal import clock
from portal.agentes import acesso
from portal.agentes.acesso import Ator
from portal.agentes.models import Agente, Usuario
from portal.auditoria.services import act, record
from portal.webhooks import services
from portal.webhooks.domain.dados import Dados
from portal.webhooks.models import Destino, Entrega
from tests.saida.servidor import Servidor, serving

EXEMPLO = Path(__file__).resolve().parents[2] / "docs/exemplos/webhook.py"
EVENTOS = ("certificado.incluido", "certificado.excluido", "senha.definida")
Create = Callable[..., Destino]


@pytest.fixture(autouse=True)
def _loopback(settings: Settings) -> None:
    """Operations allow this host; tests/saida shows what is refused without it."""
    settings.SAIDA_HOSTS_PERMITIDOS = ["127.0.0.1"]


@pytest.fixture
def servidor() -> Iterator[Servidor]:
    with serving() as found:
        yield found


@pytest.fixture
def ator(ana: Usuario) -> Ator:
    return acesso.of_usuario(ana)


@dataclass
class Feito:
    destino: Destino
    segredo: str


@pytest.fixture
def create(agente: Agente, ator: Ator, now: datetime) -> Callable[..., Feito]:
    def made(url: str, *, of: Agente | None = agente, eventos: tuple[str, ...] = EVENTOS, by: Ator = ator) -> Feito:
        return Feito(*services.create(of, Dados("ERP", url, eventos), ator=by, now=now))

    return made


@pytest.fixture
def destino(create: Callable[..., Feito], servidor: Servidor) -> Feito:
    return create(servidor.url("/portal?token=abc"))


@pytest.fixture(scope="session")
def exemplo() -> ModuleType:
    """The sample verifier of the documentation, as a receiver would use it."""
    spec = importlib.util.spec_from_file_location("webhook_exemplo", EXEMPLO)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def happen(tipo: str, agente: Agente, *, objeto: str = "um.cer", **dados: Any) -> None:
    """An entry of the ledger, as the services write it."""
    with act():
        record(tipo, at=clock.now(), ator="teste", cnpj=agente.cnpj, objeto=objeto, **dados)


def run(*, later: timedelta = timedelta()) -> int:
    """One round of planning and delivering, as the task does it, at that time from now."""
    services.plan(now=clock.instant() + later)
    return services.deliver(agora=clock.now, relogio=lambda: clock.instant() + later)


def received(servidor: Servidor) -> list[tuple[dict[str, str], bytes]]:
    """Headers and body of each request."""
    found = []
    for request in servidor.requests:
        head, _, body = request.partition(b"\r\n\r\n")
        lines = [line.partition(": ") for line in head.decode().split("\r\n")[1:]]
        found.append(({name: value for name, _, value in lines}, body))
    return found


def only() -> Entrega:
    return Entrega.objects.get()
