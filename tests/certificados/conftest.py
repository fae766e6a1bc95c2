from collections.abc import Iterator
from datetime import datetime

import pytest
from pytest_django import Settings

from adesao import services as adesao
from certificados.models import Certificado
from portal.agentes import acesso
from portal.agentes.models import Agente, Usuario
from portal.demo.hierarquia import Hierarquia
from tests import factories, listas
from tests.certificados.publicadora import HORA, Include, Publicadora
from tests.saida.servidor import Servidor, serving


@pytest.fixture
def publicadora() -> Publicadora:
    return Publicadora()


@pytest.fixture
def servidor(publicadora: Publicadora, settings: Settings) -> Iterator[Servidor]:
    settings.SAIDA_HOSTS_PERMITIDOS = ["127.0.0.1"]
    settings.LCR_SEGUNDOS = 5
    with serving(publicadora) as servidor:
        yield servidor


@pytest.fixture
def include(agente: Agente, ana: Usuario, confianca: Hierarquia, servidor: Servidor, now: datetime) -> Include:
    """One more certificate in service, whose list is at these paths of the server, or at these addresses."""

    def included(host: str = "api", *urls: str, at: datetime | None = None) -> Certificado:
        where = [url if ":" in url else servidor.url(url) for url in urls or ("/ac.crl",)]
        issued = confianca.issue(
            cnpj=agente.cnpj, host=f"{host}.exemplo.test", not_before=now - HORA, extensions=[listas.points(*where)]
        )
        senha = "" if Certificado.objects.exists() else factories.SENHA_SISTEMICA
        ator = acesso.of_usuario(ana)
        files = [(f"{host}.cer", issued.der)]
        adesao.submit(agente, senha=senha, arquivos=files, excluir=(), ator=ator, now=at or now)
        return Certificado.objects.get(nome_arquivo=f"{host}.cer")

    return included
