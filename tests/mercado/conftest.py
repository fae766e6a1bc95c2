"""The portal of PERFIL=ote inside a test: its profile, its addresses, its pages and languages."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.utils import translation

from portal import settings_mercado
from portal.demo.hierarquia import Hierarquia
from portal.mercado.perfis.ote import OTE
from tests.mercado.cena import Cena, build
from tests.notificacoes.conftest import servidor

__all__ = ["cena", "ote", "servidor"]  # the last one: a real mail server


@pytest.fixture
def ote(settings: Any) -> Iterator[None]:
    """What portal.settings and portal.settings_mercado make of the profile."""
    (engine,) = settings.TEMPLATES
    folder = settings_mercado._FOLDER / "templates" / OTE.templates
    middleware = [name for name in settings.MIDDLEWARE if name not in settings.MERCADO.na_frente]
    after = middleware.index("django.contrib.sessions.middleware.SessionMiddleware") + 1
    settings.MERCADO = OTE
    settings.ROOT_URLCONF = OTE.urls
    settings.LANGUAGE_CODE, settings.LANGUAGES = OTE.idioma, list(OTE.idiomas)
    settings.MIDDLEWARE = [*middleware[:after], *OTE.depois_da_sessao, *middleware[after:]]
    settings.TEMPLATES = [{**engine, "DIRS": [folder, *engine["DIRS"]]}]
    settings.FUSO = settings.TIME_ZONE = OTE.fuso
    settings.ATENDIMENTO = {"telefones": list(OTE.telefones), "email": OTE.email}
    with translation.override(OTE.idioma):
        yield


@pytest.fixture
def cena(db: None, ote: None, hierarquia: Hierarquia, now: datetime) -> Cena:
    return build(hierarquia, now=now)
