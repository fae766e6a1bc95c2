from functools import lru_cache

import pytest
from pytest_django import Settings

from portal.demo.hierarquia import Hierarquia
from portal.icp import services as icp
from tests import factories
from tests.contratos import cena as cenas
from tests.contratos.cena import AGORA, Cena


@pytest.fixture
def cena(db: None, settings: Settings) -> Cena:
    """The contract before its flow is opened; the pages' clock shows the scene's own day."""
    settings.DATA_DE_REFERENCIA = AGORA
    return cenas.create()


@lru_cache
def _of_that_day() -> Hierarquia:
    return Hierarquia.create(at=AGORA)


@pytest.fixture
def assinantes(db: None) -> Hierarquia:
    """Accepted authorities of the day on which the scene plays: its certificates are good then, whatever day it is."""
    hierarquia = _of_that_day()
    icp.include(hierarquia.authorities, raiz=True, by=factories.BY, origem="teste", now=AGORA)
    return hierarquia
