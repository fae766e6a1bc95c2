"""Gateways hear of what is new in the directory's feed."""

import json
from collections.abc import Callable

import pytest

from certificados import services as certificados
from certificados.models import Certificado
from portal import clock
from portal.agentes import acesso
from portal.agentes.models import Agente, Usuario
from portal.demo.hierarquia import Hierarquia
from portal.gateway.diretorio import services as diretorio
from portal.gateway.models import Entrada
from portal.kernel.errors import Forbidden
from portal.webhooks.models import Entrega
from portal.webhooks.services.cadastro import SO_OPERACAO
from tests import factories
from tests.saida.servidor import Servidor
from tests.webhooks.conftest import Feito, received, run

pytestmark = pytest.mark.django_db
EVENTOS = ("diretorio.entrada",)


def test_each_entry_since_then_arrives_as_the_feed_has_it(
    create: Callable[..., Feito], servidor: Servidor, operacao: Usuario, agente: Agente, ana: Usuario,
    confianca: Hierarquia,
) -> None:  # fmt: skip
    diretorio.publish(now=clock.now())
    create(servidor.url(), of=None, eventos=EVENTOS, by=acesso.of_usuario(operacao))
    factories.adhere(agente, ana, confianca)
    diretorio.publish(now=clock.now())
    certificados.remove(Certificado.objects.get(), by="teste", now=clock.now(), motivo="x")
    diretorio.publish(now=clock.now())

    assert run() == 2

    told = sorted((json.loads(body)["dados"] for _, body in received(servidor)), key=lambda dados: dados["cursor"])
    assert [dados["ativo"] for dados in told] == [True, False]
    assert {dados["cursor"] for dados in told} == {str(row.cursor) for row in Entrada.objects.all()}
    assert {dados["cnpj"] for dados in told} == {agente.cnpj}


def test_a_company_hears_nothing_of_the_directory(
    destino: Feito, servidor: Servidor, agente: Agente, ana: Usuario, confianca: Hierarquia
) -> None:
    factories.adhere(agente, ana, confianca)
    diretorio.publish(now=clock.now())
    run()

    assert {row.tipo for row in Entrega.objects.all()} == {"certificado.incluido", "senha.definida"}


def test_only_operations_make_them(create: Callable[..., Feito], ana: Usuario, leitura: Usuario) -> None:
    for usuario in (ana, leitura):
        with pytest.raises(Forbidden, match=SO_OPERACAO):
            create("https://exemplo.com.br/", of=None, eventos=EVENTOS, by=acesso.of_usuario(usuario))
