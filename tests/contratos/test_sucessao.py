"""One company takes another's place, by the pages: cessão, and distrato with a new contract; everything passes."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from pytest_django import Settings

from contratos import services
from contratos.domain.contrato import Especie
from contratos.models import Contrato, Documento, Fluxo, Sucessao, TipoDeLeilao
from contratos.services.andamento import Andamento, lock
from contratos.services.atividades import conclude
from portal.agentes import acesso
from portal.agentes.acesso import Ator
from portal.agentes.models import Agente, Papel
from portal.auditoria.models import Evento
from tests import factories
from tests.contratos import cena as cenas
from tests.contratos.cena import AGORA, EVIDENCIA, Cena
from tests.contratos.paginas import as_actor, text

pytestmark = pytest.mark.django_db
CONTRATO = "/contratos/CCEAR-1/"
PEDIDO = f"{CONTRATO}pedidos/sucessao/"
EFEITO = date(2028, 7, 3)
CESSAO = {
    "sucessao_tipo": "cessao",
    "sucedida": "vendedor",
    "sucessora": "NOVA SOL",
    "ato_tipo": "Resolução Autorizativa",
    "ato_numero": "20.100/2028",
    "ato_publicado_em": "2028-06-01",
    "efeito_em": EFEITO.isoformat(),
    "muda_titularidade": "não",
    "documentos": "Ata da incorporação, registrada na Junta Comercial.",
}
DISTRATO = CESSAO | {"sucessao_tipo": "distrato", "novo_inicio": EFEITO.isoformat(), "novo_fim": "2047-12-31"}
PEDIDA = datetime(2028, 6, 5, 15, tzinfo=UTC)
NO_DIA = datetime(2028, 7, 3, 15, tzinfo=UTC)
RITA = ("Rita Moura", "12345678909")


@dataclass
class Sucedendo(Cena):
    rita: Ator = None  # type: ignore[assignment]  # representante CCEE of the successor
    sucessora: Agente = None  # type: ignore[assignment]  # set with it

    def ask(self, dados: dict[str, str] | None = None, ator: Ator | None = None) -> Any:
        return as_actor(ator or self.ana).post(PEDIDO, dados or CESSAO)

    def post(self, codigo: str, dados: dict[str, str], ator: Ator | None = None) -> Any:
        row = self.row(codigo)
        path = f"/contratos/{row.fluxo.contrato.numero}/atividades/{row.pk}/"
        return as_actor(ator or self.ccee).post(path, dados)

    def agree(self) -> Any:
        return self.post("X2", {"parecer": "Documentos conferidos.", "resultado": "de_acordo"})

    @transaction.atomic
    def sign(self) -> None:
        """As accepted signatures close it; how they are judged is tests/contratos/test_assinaturas.py's matter."""
        for codigo in ("X3v", "X3c", "X3s"):
            andamento = Andamento(lock(Sucessao.objects.get().fluxo_id), self.now)
            definicao = andamento.procedimento.por_codigo[codigo]
            conclude(andamento, andamento.rows[codigo], definicao, by="teste", evidencia={})


@pytest.fixture
def sucedendo(cena: Cena, settings: Settings) -> Sucedendo:
    return succeeding(cena, settings)


def succeeding(cena: Cena, settings: Settings) -> Sucedendo:
    Contrato.objects.update(assinatura="assinado", registro="registrado", signed_at=AGORA)
    cena.contrato.refresh_from_db()
    usuario = factories.create_usuario("rita.sucessora")
    sucessora = factories.create_agente("NOVA SOL")
    factories.represent(usuario, sucessora, Papel.REPRESENTANTE_CCEE)
    found = Sucedendo(**vars(cena), rita=acesso.of_usuario(usuario), sucessora=sucessora)
    on(found, settings, PEDIDA)
    return found


def on(cena: Cena, settings: Settings, now: datetime) -> None:
    settings.DATA_DE_REFERENCIA = cena.now = now


def effected(cena: Sucedendo, settings: Settings, dados: dict[str, str]) -> Any:
    cena.ask(dados)
    cena.agree()
    cena.sign()
    on(cena, settings, NO_DIA)
    return cena.post("X4", {})


@pytest.mark.clausula("3.86", "3.87")
def test_by_a_cessao_the_side_passes_with_what_is_open_its_deadlines_and_its_history(
    sucedendo: Sucedendo, settings: Settings
) -> None:
    services.request(
        sucedendo.contrato, "alteracao_solicitacao", solicitante=sucedendo.vendedor, evidencia=EVIDENCIA,
        ator=sucedendo.ana, now=sucedendo.now,
    )  # fmt: skip
    sucedendo.open("ccg", ancoras={"P": date(2028, 6, 1), "H": date(2028, 5, 1)})
    before = {row.codigo: row.vence_em for row in sucedendo.contrato.fluxos.get(procedimento="ccg").atividades.all()}

    assert effected(sucedendo, settings, CESSAO).status_code == 302

    contrato = sucedendo.fresh()
    assert (contrato.vendedor, contrato.comprador, contrato.registro) == (
        sucedendo.sucessora, sucedendo.comprador, "registrado",
    )  # fmt: skip
    after = {row.codigo: row.vence_em for row in contrato.fluxos.get(procedimento="ccg").atividades.all()}
    assert after == before
    assert contrato.fluxos.get(procedimento="alteracao_solicitacao").solicitante == sucedendo.sucessora
    page = text(as_actor(sucedendo.rita).get(CONTRATO))
    assert "SOL DO SERTAO → NOVA SOL, com efeito em 03/07/2028" in page
    assert "cadastrou o contrato" in page  # written when the seller was another


@pytest.mark.clausula("3.87")
def test_what_the_predecessor_owed_the_successor_does_and_the_predecessor_may_not(
    sucedendo: Sucedendo, settings: Settings
) -> None:
    sucedendo.open("aditamento_ato", ancoras={"L": date(2028, 7, 1)})
    effected(sucedendo, settings, CESSAO)

    assert sucedendo.post("A1", EVIDENCIA, sucedendo.ana).status_code == 404
    assert sucedendo.post("A1", EVIDENCIA, sucedendo.rita).status_code == 302
    assert sucedendo.row("A1").closed_by == "rita.sucessora"


@pytest.mark.clausula("3.86", "3.86.1", "3.87")
def test_by_a_distrato_a_new_contract_has_the_supply_that_was_left_and_what_was_open(
    sucedendo: Sucedendo, settings: Settings
) -> None:
    aditamento = sucedendo.open("aditamento_ato", ancoras={"L": date(2028, 7, 1)})
    vencem = list(aditamento.atividades.values_list("vence_em", flat=True))

    assert effected(sucedendo, settings, DISTRATO).status_code == 302

    antigo, novo = sucedendo.fresh(), Contrato.objects.get(numero="CCEAR-1-S1")
    assert (antigo.registro, antigo.cessa_em, antigo.vendedor) == ("distratado", EFEITO, sucedendo.vendedor)
    assert (novo.registro, novo.assinatura, novo.sucede) == ("registrado", "assinado", antigo)
    assert (novo.vendedor, novo.comprador) == (sucedendo.sucessora, sucedendo.comprador)
    assert (novo.suprimento_inicio, novo.suprimento_fim) == (EFEITO, date(2047, 12, 31))
    hours = ((date(2047, 12, 31) - EFEITO).days + 1) * 24
    assert (novo.montante_mwmed, novo.energia_mwh, novo.preco) == (Decimal(30), Decimal(30 * hours), antigo.preco)
    aditamento.refresh_from_db()
    assert (aditamento.contrato, aditamento.closed_at) == (novo, None)
    assert list(aditamento.atividades.values_list("vence_em", flat=True)) == vencem
    assert [g.nome for g in novo.garantias.all()] == [g.nome for g in antigo.garantias.all()]
    for numero, tipo in (("CCEAR-1", "sucessao_efetivada"), (novo.numero, "sucessao_assumida")):
        assert Evento.objects.filter(objeto=f"contrato {numero}", tipo=f"contrato.{tipo}").exists()


@pytest.mark.clausula("3.87")
def test_both_contracts_name_each_other_and_the_successor_looks_up_what_it_inherited(
    sucedendo: Sucedendo, settings: Settings
) -> None:
    effected(sucedendo, settings, DISTRATO)
    new = text(as_actor(sucedendo.rita).get("/contratos/CCEAR-1-S1/"))
    old = text(as_actor(sucedendo.rita).get(CONTRATO))
    predecessors = text(as_actor(sucedendo.ana).get(CONTRATO))

    assert 'Sucede a</dt><dd><a href="/contratos/CCEAR-1/">' in new
    assert 'Sucedido por</dt><dd><a href="/contratos/CCEAR-1-S1/">' in old
    assert "Sem efeito a partir de</dt><dd>03/07/2028" in old
    assert "Sucedido por</dt><dd>CCEAR-1-S1" in predecessors  # which is not its contract any more: no link
    refused = as_actor(sucedendo.rita).post(f"{CONTRATO}pedidos/alteracao_solicitacao/", EVIDENCIA)
    assert refused.status_code == 403


@pytest.mark.clausula("3.86.1")
@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"novo_inicio": "2028-07-04"}, "o novo contrato começa no dia em que se celebra o distrato, 03/07/2028"),
        ({"novo_fim": "2040-12-31"}, "dura exatamente o que restava ao original, até 31/12/2047"),
        ({"novo_inicio": ""}, "Cláusula 3.86.1: o novo contrato começa no dia em que se celebra o distrato"),
        ({"efeito_em": "2048-01-01"}, "não resta nada a suceder em 01/01/2048"),
        ({"sucessao_tipo": "cessao"}, "Na cessão o contrato é o mesmo: deixe em branco"),
        ({"sucessora": "NINGUEM"}, "Não há agente com a sigla ou o CNPJ “NINGUEM”"),
        ({"sucessora": "DISTRIBUIDORA SUL"}, "já é parte do contrato"),
    ],
)
def test_what_does_not_agree_is_refused_beside_its_field(
    sucedendo: Sucedendo, other: dict[str, str], said: str
) -> None:
    refused = sucedendo.ask(DISTRATO | other)
    assert refused.status_code == 422
    assert said in text(refused)
    assert not Fluxo.objects.exists()


@pytest.mark.clausula("3.94")
def test_a_successor_that_is_no_active_agent_neither_signs_nor_takes_over(sucedendo: Sucedendo) -> None:
    sucedendo.ask()
    sucedendo.sucessora.situacao = "candidato"
    sucedendo.sucessora.save()
    refused = sucedendo.agree()
    assert refused.status_code == 422
    assert "Cláusula 3.94: a sucessora NOVA SOL está como" in text(refused)
    assert "conclua antes a adesão" in text(refused)


@pytest.mark.clausula("3.86.1", "3.87")
def test_before_its_day_a_succession_has_no_effect(sucedendo: Sucedendo) -> None:
    sucedendo.ask()
    sucedendo.agree()
    unsigned = sucedendo.post("X4", {})
    sucedendo.sign()
    early = sucedendo.post("X4", {})

    assert unsigned.status_code == early.status_code == 422
    assert "ainda espera por: X3v, X3c, X3s" in text(unsigned)
    assert "a sucessão tem efeito em 03/07/2028" in text(early)
    assert sucedendo.row("X3v").vence_em == date(2028, 7, 7)  # L+25du, with Corpus Christi on 15/06
    assert sucedendo.row("X4").vence_em == EFEITO
    assert sucedendo.fresh().vendedor == sucedendo.vendedor


@pytest.mark.clausula("3.88")
def test_ccee_asks_for_more_documents_and_what_is_stated_last_counts(sucedendo: Sucedendo) -> None:
    sucedendo.ask()
    sucedendo.post("X2", {"parecer": "Falta a ata.", "resultado": "pendente"})
    again = sucedendo.post("X1", CESSAO | {"efeito_em": "2028-08-01"}, sucedendo.ana)

    assert again.status_code == 302
    assert Sucessao.objects.get().efeito_em == date(2028, 8, 1)
    assert (sucedendo.row("X2").situacao, sucedendo.row("X4").vence_em) == ("aberta", date(2028, 8, 1))
    assert not Documento.objects.exists()


@pytest.mark.clausula("3.86.2")
@pytest.mark.parametrize(("dados", "numero"), [(CESSAO, "CCEAR-1"), (DISTRATO, "CCEAR-1-S1")])
def test_with_another_holder_the_guarantee_is_a_pendency_that_blocks_nothing(
    sucedendo: Sucedendo, settings: Settings, dados: dict[str, str], numero: str
) -> None:
    effected(sucedendo, settings, dados | {"muda_titularidade": "sim"})
    fluxo = Fluxo.objects.get(procedimento="distrato_garantia")
    assert (fluxo.contrato.numero, fluxo.contrato.registro, fluxo.closed_at) == (numero, "registrado", None)
    path = f"/contratos/{numero}/atividades/"
    for codigo in ("W1", "W2"):
        row = fluxo.atividades.get(codigo=codigo)
        as_actor(sucedendo.rita).post(f"{path}{row.pk}/", EVIDENCIA)
    fluxo.refresh_from_db()
    assert fluxo.estado == "garantia substituída"


@pytest.mark.clausula("3.86")
def test_either_side_or_ccee_informs_it_one_at_a_time_and_a_stranger_not(sucedendo: Sucedendo) -> None:
    stranger = sucedendo.ask(ator=sucedendo.rita)
    taken = sucedendo.ask(ator=sucedendo.ccee)
    second = sucedendo.ask(ator=sucedendo.davi)

    assert (stranger.status_code, taken.status_code, second.status_code) == (404, 302, 409)
    assert "Já há uma sucessão em andamento" in text(second)
    assert Sucessao.objects.get().fluxo.solicitante is None


@pytest.mark.clausula("3.7")
def test_a_suspended_contract_is_not_dissolved_but_may_be_ceded(sucedendo: Sucedendo, settings: Settings) -> None:
    Contrato.objects.update(registro="suspenso", suspenso_de=date(2028, 6, 1))
    refused = sucedendo.ask(DISTRATO)
    assert refused.status_code == 422
    assert "Cláusula 3.7: o contrato está suspenso desde 01/06/2028" in text(refused)
    assert effected(sucedendo, settings, CESSAO).status_code == 302


def test_the_other_side_of_a_cer_is_ccee_which_nobody_succeeds(settings: Settings) -> None:
    cena = succeeding(cenas.create(Especie.CER, TipoDeLeilao.RESERVA), settings)
    refused = cena.ask(CESSAO | {"sucedida": "comprador"})
    assert refused.status_code == 422
    assert "o vendedor pode ser sucedido" in text(refused)
