"""What a company keeps of a contract that it ceded: to look at, as it was until that day, and nothing more (3.87)."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from contratos import services
from contratos.models import Contrato, Documento
from portal.agentes import acesso
from portal.agentes.models import Papel, Usuario
from tests import factories
from tests.contratos.cena import AGORA
from tests.contratos.paginas import as_actor, text
from tests.contratos.test_sucessao import CESSAO, CONTRATO, NO_DIA, Sucedendo, effected, on
from tests.contratos.test_sucessao import sucedendo as sucedendo

pytestmark = [pytest.mark.django_db, pytest.mark.clausula("3.87")]
NAO_HA = "Não encontramos este contrato entre os das empresas que você representa."


@pytest.fixture
def cedido(sucedendo: Sucedendo, settings: Settings) -> Sucedendo:
    """By the company of ana to that of rita, on 3 July 2028; a week later."""
    effected(sucedendo, settings, CESSAO)
    Documento.objects.update(completed_at=AGORA, protocolo="PA-1")
    on(sucedendo, settings, datetime(2028, 7, 10, 15, tzinfo=UTC))
    return sucedendo


def see(cena: Sucedendo, who: str = "ana", path: str = "") -> Any:
    return as_actor(getattr(cena, who)).get(f"{CONTRATO}{path}")


def test_the_one_that_ceded_it_finds_its_end_and_what_it_did(cedido: Sucedendo) -> None:
    page = text(see(cedido))

    assert "SOL DO SERTAO cedeu este contrato a NOVA SOL, com efeito em 03/07/2028" in page
    assert "CCEAR-1: SOL DO SERTAO → DISTRIBUIDORA SUL" in page
    assert "30,000000 MWmédio" in page
    assert "Informar a alteração societária" in page  # an entry of its own in the ledger, with what it was about
    assert "PA-1" in page


def test_it_may_do_nothing_there(cedido: Sucedendo) -> None:
    page = text(see(cedido))

    assert 'method="post"' not in page.split("<main")[1].split("</main>")[0]
    assert "Abrir fluxo" not in page
    assert "pedidos/" not in page


def test_what_happens_afterwards_is_not_its_matter(cedido: Sucedendo) -> None:
    before = text(see(cedido))
    services.suspend(
        cedido.contrato, de=NO_DIA.date(), ate=None, motivo="Segredo da sucessora", ator=cedido.ccee, now=cedido.now
    )
    cedido.open("aditamento_ato", ancoras={"L": NO_DIA.date()})
    first = Documento.objects.get()
    Documento.objects.create(
        contrato=cedido.contrato, fluxo=cedido.contrato.fluxos.latest("pk"), tipo="formulario", titulo="Novo aditivo",
        emitido=b"%PDF-novo", sha256="0" * 64, issued_at=cedido.now, completed_at=cedido.now,
    )  # fmt: skip
    after = text(see(cedido))
    new = see(cedido, path=f"documentos/{Documento.objects.latest('pk').pk}/documento.pdf")

    assert after == before
    assert "Novo aditivo" in text(see(cedido, "rita"))
    assert new.status_code == 404
    assert see(cedido, path=f"documentos/{first.pk}/documento.pdf").content == bytes(first.emitido)


def test_every_other_address_of_the_contract_is_as_if_there_were_none(cedido: Sucedendo) -> None:
    row, client = cedido.row("X4"), as_actor(cedido.ana)
    looked = [f"atividades/{row.pk}/", "contrato.zip", "garantias/nova/", "pedidos/sucessao/", f"documentos/{row.pk}0/"]
    answers = [client.get(f"{CONTRATO}{path}") for path in looked]
    answers += [client.post(f"{CONTRATO}{path}", {}) for path in looked[:1] + looked[2:4]]

    assert {answer.status_code for answer in answers} == {404}
    assert client.post(CONTRATO).status_code == 405


def test_it_is_in_its_list_apart_and_in_nobody_elses(cedido: Sucedendo) -> None:
    own, successors = (text(as_actor(who).get("/contratos/")) for who in (cedido.ana, cedido.rita))

    assert "Contratos cedidos" in own
    assert "SOL DO SERTAO → NOVA SOL, com efeito em 03/07/2028" in own
    assert "Nenhum contrato das suas empresas" in own
    for who in (cedido.davi, cedido.rita, cedido.ccee):
        assert "Contratos cedidos" not in text(as_actor(who).get("/contratos/"))
    assert "CCEAR-1" in successors


def test_the_parties_and_ccee_see_the_contract_itself(cedido: Sucedendo) -> None:
    for who in ("rita", "davi", "ccee"):
        page = text(see(cedido, who))
        assert "só para consulta" not in page
        assert "Trilha do contrato" in page


def test_whoever_only_looks_for_the_company_looks_here_too_and_no_longer_than_that(
    cedido: Sucedendo, client_of: Callable[[Usuario], Client]
) -> None:
    lia = factories.create_usuario("lia.legal")
    factories.represent(lia, cedido.vendedor, Papel.REPRESENTANTE_LEGAL)
    looked = client_of(lia).get(CONTRATO)
    lia.representacoes.update(ate=factories.DESDE)
    gone = client_of(lia).get(CONTRATO)

    assert (looked.status_code, gone.status_code) == (200, 404)


def test_a_stranger_cannot_tell_it_from_one_that_does_not_exist(cedido: Sucedendo) -> None:
    zoe = acesso.of_usuario(factories.create_usuario("zoe"))
    there, nowhere = as_actor(zoe).get(CONTRATO), as_actor(zoe).get("/contratos/CCEAR-9/")
    document = as_actor(zoe).get(f"{CONTRATO}documentos/{Documento.objects.get().pk}/documento.pdf")

    assert (there.status_code, nowhere.status_code, document.status_code) == (404, 404, 404)
    assert NAO_HA in text(there)
    assert text(there).replace("CCEAR-1", "CCEAR-9") == text(nowhere)
    assert Client().get(CONTRATO).status_code == 302


def test_before_the_effect_there_is_nothing_ceded(sucedendo: Sucedendo) -> None:
    sucedendo.ask()
    sucedendo.agree()
    sucedendo.sign()

    assert "Cedido" not in text(see(sucedendo))
    assert "Contratos cedidos" not in text(as_actor(sucedendo.ana).get("/contratos/"))


def test_a_company_that_came_back_sees_the_contract_and_no_relic(cedido: Sucedendo) -> None:
    Contrato.objects.update(vendedor=cedido.vendedor)

    assert "só para consulta" not in text(see(cedido))
    assert "Contratos cedidos" not in text(as_actor(cedido.ana).get("/contratos/"))
