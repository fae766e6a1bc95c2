"""The door itself: nginx with mTLS and auth_request before a service, and curl with a certificate and its key."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pytest_django.live_server_helper import LiveServer

from adesao import services as adesao
from certificados import services as certificados
from certificados.models import Certificado
from portal import clock
from portal.agentes import acesso
from portal.agentes.models import Agente, Escopo, Papel
from portal.agentes.services import issue_key
from portal.demo.hierarquia import Emitido, Hierarquia
from portal.icp import services as icp
from tests import factories
from tests.gateway.porta import Porta, Vez

pytestmark = pytest.mark.django_db(transaction=True)
SENHA = factories.SENHA_SISTEMICA


@pytest.fixture
def raiz(db: None, hierarquia: Hierarquia, now: datetime) -> Hierarquia:
    icp.include(hierarquia.authorities, raiz=True, by=factories.BY, origem="teste", now=now)
    return hierarquia


@pytest.fixture
def porta(tmp_path: Path, live_server: LiveServer, now: datetime, raiz: Hierarquia) -> Porta:
    chave = issue_key("gateway", escopo=Escopo.GATEWAY, agente=None, by=factories.BY, now=now)
    return Porta(tmp_path, portal=live_server.url.removeprefix("http://"), chave=chave)


def enrolled(hierarquia: Hierarquia, *, now: datetime, host: str = "api", days: float = 365) -> tuple[Agente, Emitido]:
    """A company that has adhered with one certificate, and that certificate with its key."""
    agente = factories.create_agente()
    ana = factories.create_usuario(f"ana.{agente.pk}")
    factories.represent(ana, agente, Papel.REPRESENTANTE_CCEE)
    emitido = hierarquia.issue(
        cnpj=agente.cnpj, nome=agente.razao_social, host=f"{host}.{agente.cnpj.lower()}.exemplo.test",
        not_before=now - timedelta(days=1), days=days,
    )  # fmt: skip
    ator, arquivos = acesso.of_usuario(ana), [("api.cer", emitido.der)]
    adesao.submit(agente, senha=SENHA, arquivos=arquivos, excluir=(), ator=ator, now=now)
    return agente, emitido


def test_the_door_opens_to_its_owner_and_to_nobody_else(porta: Porta, raiz: Hierarquia, now: datetime) -> None:
    agente, ours = enrolled(raiz, now=now)
    outro, theirs = enrolled(raiz, now=now)
    stranger = raiz.issue(cnpj=agente.cnpj, nome=agente.razao_social, host="ladrao.exemplo.test")

    opened = porta.curl(usuario=agente.cnpj, senha=SENHA, com=ours, headers=("X-CNPJ: 1", "X-Certificado: x"))
    assert opened == Vez(
        200, {"X-CNPJ": agente.cnpj, "X-Sigla": agente.sigla.replace(" ", "%20"), "Authorization": None}
    )

    refused = {
        "certificado-de-outro": porta.curl(usuario=agente.cnpj, senha=SENHA, com=theirs),
        "certificado-desconhecido": porta.curl(usuario=agente.cnpj, senha=SENHA, com=stranger),
        "certificado-ausente": porta.curl(usuario=agente.cnpj, senha=SENHA, com=None),
    }
    assert {motivo: (vez.status, vez.corpo["motivo"]) for motivo, vez in refused.items()} == {
        motivo: (403, motivo) for motivo in refused
    }
    wrong = porta.curl(usuario=agente.cnpj, senha="11112222", com=ours)
    assert (wrong.status, wrong.corpo["motivo"]) == (401, "senha-incorreta")
    assert porta.curl(usuario=outro.cnpj, senha=SENHA, com=theirs).status == 200
    assert SENHA not in porta.log()


def test_it_shuts_with_the_removal(porta: Porta, raiz: Hierarquia, now: datetime) -> None:
    agente, ours = enrolled(raiz, now=now)
    assert porta.curl(usuario=agente.cnpj, senha=SENHA, com=ours).status == 200

    certificados.remove(Certificado.objects.get(agente=agente), by="ana", now=clock.now(), motivo="teste")

    after = porta.curl(usuario=agente.cnpj, senha=SENHA, com=ours)
    assert (after.status, after.corpo["motivo"]) == (403, "certificado-excluido")


def test_it_shuts_with_the_end_of_the_certificate(porta: Porta, raiz: Hierarquia, now: datetime) -> None:
    """Real time: it is registered with seconds left, and nobody takes it out of service."""
    agente, ours = enrolled(raiz, now=clock.now(), days=1 + 8 / 86_400)
    assert porta.curl(usuario=agente.cnpj, senha=SENHA, com=ours).status == 200

    while clock.now() <= ours.cert.not_valid_after_utc:
        pass

    assert porta.curl(usuario=agente.cnpj, senha=SENHA, com=ours).status in {400, 403}


def test_it_stays_shut_where_the_portal_does_not_answer(tmp_path: Path, raiz: Hierarquia, now: datetime) -> None:
    agente, ours = enrolled(raiz, now=now)
    porta = Porta(tmp_path, portal="127.0.0.1:1", chave="x")

    assert porta.curl(usuario=agente.cnpj, senha=SENHA, com=ours).status == 503


def test_a_revoked_key_of_the_gateway_opens_nothing(
    tmp_path: Path, live_server: LiveServer, raiz: Hierarquia, now: datetime
) -> None:
    agente, ours = enrolled(raiz, now=now)
    porta = Porta(tmp_path, portal=live_server.url.removeprefix("http://"), chave="ccee_outra")

    vez = porta.curl(usuario=agente.cnpj, senha=SENHA, com=ours)

    assert (vez.status, vez.corpo["motivo"]) == (403, "autenticacao-necessaria")
