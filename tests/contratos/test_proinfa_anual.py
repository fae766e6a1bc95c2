"""A year of PROINFA: the act, ACEP's curve or CCEE's, plants that change, histories in time (3.43, 3.63 to 3.68)."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from pytest_django import Settings

from contratos import services
from contratos.models import AnoDoProinfa, Anuncio, CotaAnual, CurvaDoProinfa, UnidadeConsumidora, UsinaDoProinfa
from portal.auditoria.models import Evento
from tests import factories
from tests.contratos import proinfas
from tests.contratos.paginas import text
from tests.contratos.proinfas import Proinfa

pytestmark = pytest.mark.django_db
DEZEMBRO = datetime(2026, 12, 10, 15, tzinfo=UTC)
JANEIRO = datetime(2027, 1, 4, 15, tzinfo=UTC)
ATO = {
    "ano": "2027", "ato_tipo": "Resolução Homologatória", "ato_numero": "3.500/2026",
    "ato_publicado_em": "2026-12-01", "montante_mwh": "12000", "usinas": "PCH-1; 1200",
}  # fmt: skip
MES_A_MES = [f"{mes:02}/2027" for mes in range(1, 13)]


@pytest.fixture
def proinfa(settings: Settings) -> Proinfa:
    cena = proinfas.create(settings)
    cena.register(cena.distribuidora)
    UsinaDoProinfa.objects.create(codigo="PCH-1", nome="Salto", garantia_fisica_mwmed=Decimal("9.6"))
    return cena.at(DEZEMBRO)


def state(proinfa: Proinfa, **dados: str) -> Any:
    quotas = {"cotas": f"{proinfa.da_distribuidora.numero}; 12000"}
    return proinfa.ask("proinfa_ato", proinfa.conta, **(ATO | quotas | dados))


def curve(cotas: str = "1000", acep: str = "900", usina: str = "100", **others: str) -> str:
    lines = [f"{mes}; {cotas}; {acep}; {usina}" for mes in MES_A_MES]
    return "\n".join(["Mês; Cotas; ACEP; PCH-1", *(others.get(line[:2], line) for line in lines)])


def seasonalise(proinfa: Proinfa, table: str) -> Any:
    return proinfa.close("Z1", proinfa.eva, proinfa.conta, curva=table)


@pytest.mark.clausula("3.63", "3.64", "3.67", "3.68")
def test_the_acep_seasonalises_every_contract_has_its_months_and_quota_holders_are_told(proinfa: Proinfa) -> None:
    stated, done = state(proinfa), seasonalise(proinfa, curve())
    early = proinfa.close("I1", None, proinfa.conta, comunicado="Comunicado 900/2026")
    proinfa.at(DEZEMBRO)  # the routine takes it to each contract
    told = proinfa.close("I1", None, proinfa.conta, comunicado="Comunicado 900/2026")

    assert (stated.status_code, done.status_code, told.status_code) == (302, 302, 302)
    assert "ainda não chegou a 1 contrato(s)" in text(early)
    assert proinfa.row("I1", proinfa.conta).vence_em == date(2026, 12, 15)
    assert [proinfa.amount(proinfa.da_distribuidora, date(2027, mes, 1)) for mes in (1, 12)] == [Decimal(1000)] * 2
    row = CurvaDoProinfa.objects.get()
    assert (row.calculo, row.entrada["montante_mwh"]) == ("acep 1 (cláusula 3.63)", "12000.000000")
    assert Evento.objects.filter(tipo="contrato.cotistas_informados", cnpj=proinfa.distribuidora.cnpj).exists()
    page = text(proinfa.browser(proinfa.davi).get("/contratos/proinfa/"))
    assert "Sazonalização de 2027" in page
    assert "PCH-1" in page


@pytest.mark.clausula("3.68")
def test_quota_holders_and_the_acep_take_the_curve_away_and_a_stranger_does_not(proinfa: Proinfa) -> None:
    state(proinfa)
    seasonalise(proinfa, curve())

    by_acep, by_distributor, by_stranger = (
        proinfa.browser(ator).get("/contratos/proinfa/2027.csv") for ator in (proinfa.eva, proinfa.davi, proinfa.caio)
    )

    assert by_acep.content.decode("utf-8-sig").splitlines()[:2] == [
        "Mês;Cotas;ACEP;PCH-1", "01/2027;1000,000000;900,000000;100,000000",
    ]  # fmt: skip
    assert (by_distributor.status_code, by_stranger.status_code) == (200, 404)
    assert "Sazonalização de" not in text(proinfa.browser(proinfa.caio).get("/contratos/proinfa/"))


@pytest.mark.clausula("3.64", "3.66")
@pytest.mark.parametrize(
    ("table", "said"),
    [
        (curve(usina="101"), "Cláusula 3.64: em 01/2027 os perfis das usinas e o do ACEP somam 1001 MWh"),
        (curve("1001", "901"), "o total a manter é 12000,000000 MWh"),
        (curve(acep="800", usina="200"), "Cláusula 3.64: PCH-1 soma 2400 MWh no ano, e o ato lhe dá 1200 MWh"),
        (curve(**{"02": "02/2027; 1.000; 900; x"}), "Linha 3, coluna COTAS"),
        ("Mês; Cotas; ACEP\n01/2027; 1; 1", "falta a coluna PCH-1"),
    ],
)
def test_what_does_not_add_up_is_refused_and_nothing_is_kept(proinfa: Proinfa, table: str, said: str) -> None:
    state(proinfa)

    refused = seasonalise(proinfa, table)

    assert refused.status_code == 422
    assert said in text(refused)
    assert not CurvaDoProinfa.objects.exists()


@pytest.mark.clausula("3.63")
def test_the_acts_quotas_add_up_to_its_amount_and_name_contracts_and_plants_that_exist(proinfa: Proinfa) -> None:
    numero = proinfa.da_distribuidora.numero

    short = state(proinfa, cotas=f"{numero}; 11999,999999")
    unknown = state(proinfa, cotas="PROINFA-9; 12000", usinas="PCH-9; 1")
    too_much = state(proinfa, usinas="PCH-1; 12001")
    elsewhere = proinfa.ask("proinfa_ato", proinfa.da_distribuidora, **ATO, cotas=f"{numero}; 12000")

    assert "a diferença é 0,000001 MWh" in text(short)
    assert "PROINFA-9 não é contrato de distribuidora" in text(unknown)
    assert "não há usina PCH-9" in text(unknown)
    assert "Cláusula 3.64: as usinas somam 12001 MWh" in text(too_much)
    assert "Cláusula 3.63: o que é do ano se registra no contrato PROINFA-ACEP-" in text(elsewhere)
    assert not AnoDoProinfa.objects.exists()


@pytest.mark.clausula("3.63", "3.66")
def test_what_the_acep_did_not_do_ccee_does_in_january_once(proinfa: Proinfa) -> None:
    state(proinfa)
    proinfa.settings.DATA_DE_REFERENCIA = JANEIRO
    late = seasonalise(proinfa, curve())

    done, again = services.open_proinfa(now=JANEIRO), services.open_proinfa(now=JANEIRO)

    assert late.status_code == 422
    assert "Cláusula 3.63: o prazo do ACEP terminou em 31/12/2026" in text(late)
    assert (done > 0, again) == (True, 0)
    row = CurvaDoProinfa.objects.get()
    assert (row.calculo, sum(map(Decimal, row.saida["cotas"].values()))) == ("automatica 1 (cláusula 3.66)", 12000)
    assert proinfa.row("Z2", proinfa.conta).vence_em == date(2027, 1, 31)
    assert proinfa.amount(proinfa.da_distribuidora, date(2027, 1, 1)) == Decimal(row.saida["cotas"]["2027-01-01"])
    assert proinfa.flow("sazo_proinfa").estado == "sazonalizado pela CCEE"


@pytest.mark.clausula("3.66")
def test_a_curve_that_has_not_the_amount_of_a_new_act_is_replaced_in_january(proinfa: Proinfa) -> None:
    state(proinfa)
    seasonalise(proinfa, curve())
    more = state(proinfa, montante_mwh="24000", cotas=f"{proinfa.da_distribuidora.numero}; 24000")

    proinfa.at(DEZEMBRO)
    in_december = CurvaDoProinfa.objects.count()
    proinfa.at(JANEIRO)

    assert more.status_code == 302
    assert in_december == 1
    assert [row.origem for row in CurvaDoProinfa.objects.order_by("versao")] == ["acep", "automatica"]
    assert proinfa.da_distribuidora.energia_mwh == Decimal(24000)


@pytest.mark.clausula("3.65")
def test_a_plant_that_changes_moves_the_months_from_then_on_in_proportion(proinfa: Proinfa) -> None:
    state(proinfa)
    seasonalise(proinfa, curve())
    proinfa.at(datetime(2027, 5, 10, 15, tzinfo=UTC))
    said = {"ato_tipo": "Portaria", "ato_numero": "77/2027", "ato_publicado_em": "2027-05-03", "desde": "2027-06"}

    unknown = proinfa.ask("proinfa_garantia", proinfa.conta, **said, usina="PCH-2", garantia_mwmed="9")
    same = proinfa.ask("proinfa_garantia", proinfa.conta, **said, usina="PCH-1", garantia_mwmed="9,6")
    other_year = proinfa.ask(
        "proinfa_garantia", proinfa.conta, **said | {"desde": "2028-01"}, usina="PCH-1", garantia_mwmed="9"
    )
    changed = proinfa.ask("proinfa_garantia", proinfa.conta, **said, usina="PCH-1", garantia_mwmed="9,3")
    proinfa.at(proinfa.now)

    assert "não há usina PCH-2" in text(unknown)
    assert "já é esta a garantia física" in text(same)
    assert "2028 ainda não tem curva" in text(other_year)
    assert changed.status_code == 302
    row = CurvaDoProinfa.objects.latest("versao")
    assert [row.saida["usinas"]["PCH-1"][f"2027-0{mes}-01"] for mes in (5, 6)] == ["100.000000", "96.875000"]
    assert [proinfa.amount(proinfa.da_distribuidora, date(2027, mes, 1)) for mes in (5, 6)] == [
        Decimal("1000.000000"), Decimal("996.875000"),
    ]  # fmt: skip
    assert proinfa.flow("proinfa_informe").dados == {"ano": "2027", "versao": "2"}


@pytest.mark.clausula("3.43")
def test_a_unit_without_its_history_is_listed_without_a_quota_and_one_with_it_has_one(proinfa: Proinfa) -> None:
    other = UnidadeConsumidora.objects.create(
        codigo="UC-88", nome="Oficina", consumidor=proinfa.consumidor, distribuidora=proinfa.distribuidora,
        regime="especial",
    )  # fmt: skip
    for codigo in ("UC-77", other.codigo):
        proinfa.register(proinfa.consumidor, unidade_codigo=codigo, parcela="100")
    Anuncio.objects.create(
        codigo="proinfa_anual", referencia=date(2027, 1, 1), de=date(2026, 10, 15), ate=date(2026, 12, 15),
        comunicado="Comunicado 700/2026",
    )  # fmt: skip
    state(proinfa)
    proinfas.give_history(proinfa)
    proinfa.at(DEZEMBRO)
    without = proinfa.close("H1", proinfa.caio, other.cotas_proinfa.get().contrato)
    services.advance(now=proinfa.at(datetime(2026, 12, 16, 15, tzinfo=UTC)).now)

    assert "Cláusula 3.43: falta consumo declarado e validado da unidade UC-88 em 10/2025" in text(without)
    found = {
        row.contrato.cota_proinfa.unidade.codigo: row for row in CotaAnual.objects.exclude(contrato__cota_proinfa=None)
    }
    assert found["UC-77"].energia_mwh == Decimal("60.000000")
    assert found["UC-88"].energia_mwh is None
    assert "histórico de consumo não estava atualizado" in found["UC-88"].motivo
    assert "2027: sem cota." in text(proinfa.browser(proinfa.caio).get("/contratos/proinfa/"))


@pytest.mark.clausula("3.63")
def test_without_a_configured_acep_nothing_is_registered_and_ccee_reads_why(settings: Settings) -> None:
    proinfa = proinfas.create(settings)
    settings.ACEP_CNPJ = ""

    refused = proinfa.register(proinfa.distribuidora, vendedor=factories.create_agente("OUTRA").sigla)

    assert "Configure ACEP_CNPJ" in text(refused)
    assert "O ACEP não está configurado" in text(proinfa.browser(proinfa.ccee).get("/contratos/proinfa/"))
    assert services.open_proinfa(now=proinfa.now) == 0
