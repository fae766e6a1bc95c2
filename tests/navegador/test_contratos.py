"""The pages of contracts: accessible, within 360 px, quiet, and with nothing fetched from elsewhere."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from contratos import services
from contratos.domain.procedimentos.marcos import PADRAO
from contratos.models import Contrato, ExigenciaDoEdital
from portal.demo.hierarquia import Hierarquia
from portal.icp import services as icp
from tests import factories
from tests.contratos import cena as cenas
from tests.contratos.cena import AGORA, MARCOS, Cena
from tests.contratos.test_assinaturas import ANA, DAVI, send, signed
from tests.navegador.conftest import DESKTOP, NARROW, Janela

pytestmark = pytest.mark.navegador
Open = Callable[..., Janela]
CHAMADO: Any = {"numero": "77", "aberto_em": AGORA.date(), "descricao": "Sem resposta"}
DA_CCEE = {
    "relatorios": "relatorios/",
    "situacao": "relatorios/situacao/",
    "chamados": "relatorios/chamados/",
    "marcos-publicar": "marcos/publicar/",
    "marcos-adotar": "marcos/adotar/",
    "textos-a-publicar": "textos/a-publicar/",
}


@pytest.fixture
def cena(transactional_db: None, settings: Any) -> Cena:
    """A contract under way: an activity of each side is late."""
    settings.DATA_DE_REFERENCIA = AGORA + timedelta(days=14)
    cena = cenas.create(numero="CCEAR-2026.0001")
    cena.open()
    cena.close("N1")
    cena.close("M2")
    cena.now = settings.DATA_DE_REFERENCIA
    return cena


def look(window: Janela, prefix: str, pages: dict[str, str]) -> None:
    for name, path in pages.items():
        window.open(prefix + path)
        window.check(f"contratos-{name}")


def test_what_a_representative_sees(janela: Open, cena: Cena) -> None:
    """On a telephone; and on a desk what changes its shape there."""
    ExigenciaDoEdital.objects.create(leilao=cenas.auction(cena), texto="Certidão negativa", de_quem="vendedor")
    window, here = janela(cena.ana.usuario, size=NARROW), f"{cena.contrato.numero}/"
    wide = {"lista": "", "contrato": here}

    look(window, "/contratos/", {**wide, "agenda": "agenda/", "relatorio": "relatorios/nao-assinatura/"})
    activity = f"atividades/{cena.row('M3v').pk}/"
    look(window, f"/contratos/{here}", {"atividade": activity, "formulario": "signatarios/novo/"})
    window.page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    look(window, "/contratos/", wide)


def test_what_ccee_sees(janela: Open, cena: Cena) -> None:
    later = (*PADRAO[:-1], replace(PADRAO[-1], ate_du=22))
    services.publish_milestones(later, by="olga.ccee", now=cena.now)
    services.register_ticket(cena.contrato, cena.vendedor, **CHAMADO, ator=cena.ccee, now=cena.now)

    look(janela(cena.ccee.usuario, size=NARROW), "/contratos/", DA_CCEE | {"ccee": f"{cena.contrato.numero}/"})


def test_what_anybody_sees_of_a_signed_contract(janela: Open, cena: Cena) -> None:
    hierarquia = Hierarquia.create(at=cena.now)
    icp.include(hierarquia.authorities, raiz=True, by=factories.BY, origem="teste", now=cena.now)
    for codigo in MARCOS[1:]:
        cena.close(codigo)
    here, documento = f"/contratos/{cena.contrato.numero}/", cena.contrato.documentos.get()
    party, anybody = janela(cena.ana.usuario, size=NARROW), janela(size=NARROW)
    look(party, here, {"assinar": f"documentos/{documento.pk}/assinatura/"})
    first = signed(hierarquia, cena, ANA)
    send(cena, first)
    send(cena, signed(hierarquia, cena, DAVI, first), por="davi")
    Contrato.objects.update(publicavel=True)
    documento.refresh_from_db()

    look(party, here, {"assinado": ""})
    look(anybody, "/contratos/", {"textos": "textos/", "texto": f"textos/{cena.contrato.numero}/", "marcos": "marcos/"})
    look(anybody, "/autenticidade/", {"conferir": "?protocolo=1", "protocolo": f"{documento.protocolo}/"})
