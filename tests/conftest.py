"""Who is who in every test: `agente` is ours (ana, bruno, carla), `outro_agente` is theirs (davi)."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from pytest_django import DjangoDbBlocker

from portal import clock
from portal.agentes.models import Agente, Papel, Usuario
from portal.demo.hierarquia import Hierarquia
from portal.icp import services as icp
from tests import factories


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Transactional tests empty the tables by TRUNCATE, which the ledger refuses everywhere else."""
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("ALTER TABLE auditoria_evento DISABLE TRIGGER auditoria_sem_truncar")


@pytest.fixture(autouse=True)
def _fresh_rate_limits() -> None:
    cache.clear()


@pytest.fixture
def now() -> datetime:
    """The instant that the pages see too."""
    return clock.now()


@pytest.fixture(scope="session")
def hierarquia() -> Hierarquia:
    return Hierarquia.create(at=clock.now())


@pytest.fixture
def confianca(db: None, hierarquia: Hierarquia, now: datetime) -> Hierarquia:
    """The demonstration hierarchy, accepted by the trust store of this test."""
    icp.include(hierarquia.authorities, raiz=True, by=factories.BY, origem="teste", now=now)
    return hierarquia


@pytest.fixture
def agente(db: None) -> Agente:
    return factories.create_agente(
        "SERRA AZUL", cnpj="12ABC34501DE35", razao_social="Serra Azul Geração de Energia S.A."
    )


@pytest.fixture
def outro_agente(db: None) -> Agente:
    return factories.create_agente(
        "VALE VERDE", cnpj="98765432000198", razao_social="Vale Verde Comercializadora Ltda."
    )


@pytest.fixture
def ana(agente: Agente) -> Usuario:
    """Representante CCEE: may change."""
    usuario = factories.create_usuario("ana", nome="Ana Souza")
    factories.represent(usuario, agente, Papel.REPRESENTANTE_CCEE)
    return usuario


@pytest.fixture
def bruno(agente: Agente) -> Usuario:
    usuario = factories.create_usuario("bruno", nome="Bruno Lima")
    factories.represent(usuario, agente, Papel.REPRESENTANTE_LEGAL)
    return usuario


@pytest.fixture
def carla(agente: Agente) -> Usuario:
    usuario = factories.create_usuario("carla", nome="Carla Dias")
    factories.represent(usuario, agente, Papel.REPRESENTANTE_CONTABIL)
    return usuario


@pytest.fixture
def davi(outro_agente: Agente) -> Usuario:
    """Representante CCEE of the other company: the outsider."""
    usuario = factories.create_usuario("davi", nome="Davi Rocha")
    factories.represent(usuario, outro_agente, Papel.REPRESENTANTE_CCEE)
    return usuario


@pytest.fixture
def operacao(db: None) -> Usuario:
    return factories.create_usuario("operacao", nome="Olga Operação", grupo="Operação", staff=True)


@pytest.fixture
def leitura(db: None) -> Usuario:
    return factories.create_usuario("leitura", nome="Lia Leitura", grupo="Operação (leitura)", staff=True)


@pytest.fixture
def aneel(db: None) -> Usuario:
    return factories.create_usuario("aneel", nome="Regulador", grupo="Regulador")


@pytest.fixture
def client_of() -> Callable[[Usuario], Client]:
    """A browser in which that person is signed in."""

    def signed_in(usuario: Usuario) -> Client:
        client = Client()
        client.force_login(usuario, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return signed_in
