"""PROINFA through the API: quotas as they may be seen, the curve of a year, histories declared and answered."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from contratos import proinfa as leitura
from contratos.models import HistoricoDeConsumo, RepresentanteDeCotista, UsinaDoProinfa
from portal.agentes import acesso
from portal.agentes.grupos import REGULADOR
from portal.agentes.models import Agente
from portal.auditoria.models import Evento
from tests import factories
from tests.api.conftest import API, assert_problem, issue_key, machine
from tests.contratos import proinfas
from tests.contratos.paginas import as_actor
from tests.contratos.proinfas import DIA_1, DIA_4, Proinfa
from tests.contratos.test_proinfa_anual import DEZEMBRO, curve, seasonalise, state

pytestmark = pytest.mark.django_db
COTAS, HISTORICOS = f"{API}/proinfa/", f"{API}/proinfa/historicos/"
CURVA = f"{API}/proinfa/curvas/2027/"
TABELA = "Mês; MWh\n08/2026; 1500,5\n09/2026; 1499,123456"


@pytest.fixture
def proinfa(settings: Settings) -> Proinfa:
    return proinfas.create(settings)


@pytest.fixture
def consumer(proinfa: Proinfa) -> Client:
    return of(proinfa.consumidor)


@pytest.fixture
def distributor(proinfa: Proinfa) -> Client:
    return of(proinfa.distribuidora)


def post(client: Client, path: str, **body: Any) -> Any:
    return client.post(path, body, content_type="application/json")


def declare(client: Client, **body: Any) -> Any:
    return post(client, HISTORICOS, **({"unidade": "uc-77", "tabela": TABELA} | body))


def answer(client: Client, resultado: str = "validado", **body: Any) -> Any:
    pk = HistoricoDeConsumo.objects.latest("pk").pk
    return post(client, f"{HISTORICOS}{pk}/resposta/", resultado=resultado, **body)


def of(agente: Agente) -> Client:
    return machine(issue_key(agente))


@pytest.mark.clausula("3.40")
def test_quotas_are_of_who_is_a_side_and_what_is_not_published_only_ccee_sees(settings: Settings) -> None:
    proinfa = proinfas.with_quota(settings).at(DIA_1)
    consumer, ccee = of(proinfa.consumidor), as_actor(proinfa.ccee)

    unpublished, ccees = consumer.get(COTAS).json(), ccee.get(COTAS).json()
    proinfa.at(DIA_4).close("Q2")
    published, distributors = consumer.get(COTAS).json(), of(proinfa.distribuidora).get(COTAS).json()

    (cota,) = unpublished["resultados"]
    assert (cota["contrato"], cota["cotista"]["sigla"]) == (proinfa.da_unidade.numero, "FABRICA NORTE")
    assert (cota["unidade"], cota["renunciada_de"], cota["ultima"], cota["anual"]) == ("UC-77", None, None, None)
    assert [each["ultima"] and each["ultima"]["situacao"] for each in ccees["resultados"]] == [None, "apurada"]
    ultima = published["resultados"][0]["ultima"]
    assert (ultima["mes"], ultima["energia_mwh"]) == ("2026-10-01", "60.000000")
    assert (ultima["situacao"], ultima["calculo"]) == ("publicada", "cota 1 (cláusula 3.39)")
    (own,) = distributors["resultados"]
    assert own["meses"] == [{"mes": "2026-10-01", "energia_mwh": "12000.000000"}]
    assert own["unidade"] is None


def test_quotas_come_a_page_at_a_time(settings: Settings) -> None:
    proinfa = proinfas.with_quota(settings)

    first, beyond = of(proinfa.acep).get(COTAS).json(), of(proinfa.acep).get(COTAS, {"pagina": 2}).json()

    assert (first["total"], first["pagina"], first["paginas"], len(first["resultados"])) == (2, 1, 1, 2)
    assert (beyond["total"], beyond["resultados"]) == (2, [])
    assert_problem(of(proinfa.acep).get(COTAS, {"pagina": 0}), 422)


@pytest.mark.clausula("3.68")
def test_the_curve_of_a_year_is_of_quota_holders_and_a_stranger_learns_nothing(proinfa: Proinfa) -> None:
    proinfa.register(proinfa.distribuidora)
    UsinaDoProinfa.objects.create(codigo="PCH-1", nome="Salto", garantia_fisica_mwmed=Decimal("9.6"))
    state(proinfa.at(DEZEMBRO))
    seasonalise(proinfa, curve())

    found = of(proinfa.distribuidora).get(CURVA).json()
    stranger = assert_problem(of(proinfa.consumidor).get(CURVA), 404)
    none = assert_problem(of(proinfa.consumidor).get(CURVA.replace("2027", "2031")), 404)

    assert (found["ano"], found["versao"], found["calculo"]) == (2027, 1, "acep 1 (cláusula 3.63)")
    assert "3.500/2026" in found["ato"]
    assert [(each["nome"], each["energia_mwh"]) for each in found["colunas"]] == [
        ("Cotas", "12000.000000"), ("ACEP", "10800.000000"), ("PCH-1", "1200.000000"),
    ]  # fmt: skip
    assert found["colunas"][2]["meses"][11] == {"mes": "2027-12-01", "energia_mwh": "100.000000"}
    assert stranger == none


@pytest.mark.parametrize("ano", ["0", "99999", "99999999999999999999"])
def test_a_year_that_nobody_means_is_not_found(proinfa: Proinfa, ano: str) -> None:
    assert_problem(as_actor(proinfa.ccee).get(CURVA.replace("2027", ano)), 404)


@pytest.mark.clausula("3.39.1")
def test_one_machine_declares_the_other_validates_and_the_history_counts(
    proinfa: Proinfa, consumer: Client, distributor: Client
) -> None:
    declared = declare(consumer)
    (waiting,) = distributor.get(HISTORICOS).json()["resultados"]
    own = answer(consumer)
    validated = answer(distributor)

    assert declared.status_code == 201
    assert (declared.json()["situacao"], declared.json()["pode_responder"]) == ("declarado", False)
    assert (waiting["unidade"], waiting["distribuidora"], waiting["pode_responder"]) == ("UC-77", None, True)
    assert waiting["meses"][1] == {"mes": "2026-09-01", "energia_mwh": "1499.123456"}
    assert waiting["total_mwh"] == "2999.623456"
    assert "valida o que FABRICA NORTE declarou" in assert_problem(own, 403)["detail"]
    assert (validated.status_code, validated.json()["situacao"]) == (200, "validado")
    assert validated.json()["answered_by"]
    assert list(leitura.history(proinfa.unidade).values()) == [Decimal("1500.5"), Decimal("1499.123456")]


@pytest.mark.clausula("3.39.1")
def test_declared_twice_it_is_kept_once_and_given_back_it_is_declared_anew(
    consumer: Client, distributor: Client
) -> None:
    declare(consumer)

    twice = declare(consumer)
    without = answer(distributor, "devolvido", motivo="  ")
    back = answer(distributor, "devolvido", motivo="Setembro foi lido duas vezes.")
    answered = answer(distributor)
    anew = declare(consumer)

    assert_problem(twice, 409)
    assert assert_problem(without, 422)["erros"] == {"motivo": ["Para devolver, diga o que corrigir."]}
    assert (back.json()["situacao"], back.json()["motivo"]) == ("devolvido", "Setembro foi lido duas vezes.")
    assert_problem(answered, 409)
    assert anew.status_code == 201
    assert [each["situacao"] for each in consumer.get(HISTORICOS).json()["resultados"]] == ["declarado", "devolvido"]


@pytest.mark.clausula("3.39.1")
def test_of_an_area_its_distributor_declares_and_no_machine_but_ccee_answers(
    proinfa: Proinfa, distributor: Client, consumer: Client
) -> None:
    area = {"unidade": "", "distribuidora": proinfa.distribuidora.cnpj}

    by_consumer, declared = declare(consumer, **area), declare(distributor, **area)
    own, validated = answer(distributor), answer(as_actor(proinfa.ccee))

    assert_problem(by_consumer, 404)
    assert declared.json()["distribuidora"]["sigla"] == "DISTRIBUIDORA SUL"
    assert_problem(own, 403)
    assert validated.status_code == 200


@pytest.mark.clausula("3.69")
def test_the_key_of_a_representative_acts_for_the_quota_holder_in_its_place(proinfa: Proinfa, consumer: Client) -> None:
    RepresentanteDeCotista.objects.create(
        representado=proinfa.consumidor, representante=proinfa.acep, desde=proinfa.now.date()
    )

    assert_problem(declare(consumer), 403)
    assert declare(of(proinfa.acep)).json()["declarante"]["sigla"] == "ENBPAR"


@pytest.mark.clausula("3.39.1")
def test_what_is_wrong_is_told_by_field_and_nothing_is_kept(proinfa: Proinfa, consumer: Client) -> None:
    cell = assert_problem(declare(consumer, tabela="08/2026; 1.500,5"), 422)
    both = assert_problem(declare(consumer, distribuidora=proinfa.distribuidora.cnpj), 422)
    neither = assert_problem(declare(consumer, unidade=""), 422)
    number = assert_problem(declare(consumer, unidade="", distribuidora="123"), 422)
    unknown = assert_problem(declare(consumer, unidade="UC-1"), 404)

    assert "Linha 1, coluna 2: “1.500,5”" in cell["erros"]["tabela"][0]
    assert list(both["erros"]) == list(neither["erros"]) == ["unidade"]
    assert list(number["erros"]) == ["distribuidora"]
    assert "unidade ou área" in unknown["detail"]
    assert not HistoricoDeConsumo.objects.exists()
    assert not Evento.objects.filter(tipo="contrato.historico_declarado").exists()


def test_a_history_is_found_before_what_was_sent_is_read(proinfa: Proinfa, consumer: Client, theirs: Client) -> None:
    pk = declare(consumer).json()["id"]

    hidden, none, huge = (
        assert_problem(post(theirs, f"{HISTORICOS}{each}/resposta/"), 404) for each in (pk, pk + 1, 10**30)
    )

    assert hidden == none == huge
    assert theirs.get(HISTORICOS).json()["resultados"] == []
    assert theirs.get(COTAS).json()["total"] == 0


def test_whoever_only_looks_declares_and_answers_nothing(proinfa: Proinfa, consumer: Client) -> None:
    declare(consumer)
    regulator = as_actor(acesso.of_usuario(factories.create_usuario("aneel", grupo=REGULADOR)))

    seen = regulator.get(HISTORICOS).json()["resultados"]
    answered, declared = answer(regulator), declare(regulator)

    assert [each["pode_responder"] for each in seen] == [False]
    assert_problem(answered, 403)
    assert_problem(declared, 403)
