"""What the adesão's tests share: files that people send, and a page's form as a browser would send it."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.contrib.auth.models import AbstractBaseUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from portal.agentes import acesso
from portal.agentes.acesso import Ator
from portal.agentes.models import Agente, Usuario
from portal.demo.hierarquia import Hierarquia
from tests import factories


@pytest.fixture
def ator(ana: Usuario) -> Ator:
    return acesso.of_usuario(ana)


@pytest.fixture
def cer(confianca: Hierarquia, agente: Agente, now: datetime) -> Callable[..., bytes]:
    """The DER of a good certificate of `agente`; the host makes the subject."""

    def issue(host: str = "api") -> bytes:
        return factories.issue(confianca, agente, host=host, now=now)

    return issue


@pytest.fixture
def page(client_of: Callable[[AbstractBaseUser], Client], ana: Usuario) -> Client:
    return client_of(ana)


def upload(nome: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(nome, content, content_type="application/octet-stream")
