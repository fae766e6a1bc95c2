"""What a CBR refuses, through the pages: whose an act is, a month without energy, and the end of a suspended one."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from pytest_django import Settings

from contratos import cbr, services
from contratos.models import Contrato, Fluxo, VersaoDoCbr
from tests.contratos.cbrs import ART_5, DO_ART_5, REGISTRO, adjust, ask, close, on, send, validate
from tests.contratos.cbrs import entre_classes as entre_classes
from tests.contratos.cbrs import enviado as enviado
from tests.contratos.cbrs import registrado as registrado
from tests.contratos.cena import Cena
from tests.contratos.paginas import as_actor, text

pytestmark = pytest.mark.django_db
MARCO, ABRIL = date(2027, 3, 1), date(2027, 4, 1)
DECISAO = {"causa": "judicial", "documento": "Processo 1", "finaliza_em": "2027-02-01"}


def of_month(cena: Cena, mes: date) -> list[Decimal]:
    return [each.montante for each in cbr.amounts(cena.fresh(), mes)]


def suspend(cena: Cena) -> None:
    services.suspend(
        cena.fresh(), de=date(2026, 11, 1), ate=date(2027, 6, 30), motivo="Despacho 1", ator=cena.ccee, now=cena.now
    )


@pytest.mark.clausula("3.28")
def test_the_wrong_side_is_told_the_clause_and_whose_the_act_is(enviado: Cena) -> None:
    seller = close(enviado, "R2", {"resultado": "validado"}, by="ana")
    ccee = close(enviado, "R2", {"resultado": "validado"}, by="ccee")
    validate(enviado)
    adjusted = ask(enviado, "cbr_ajuste", {}, by="davi")

    assert (seller.status_code, ccee.status_code, adjusted.status_code) == (403, 403, 403)
    assert "Esta atividade cabe a DISTRIBUIDORA SUL (comprador)" in text(seller)
    assert "cláusulas 3.26, 3.27, 3.28" in text(seller)
    assert "3.28" in text(adjusted)
    assert "cabe ao representante CCEE de vendedor" in text(adjusted)
    assert of_month(enviado, MARCO) == [Decimal("10.5")]


@pytest.mark.clausula("3.28")
def test_ccee_registers_no_cbr_for_the_parties(entre_classes: Cena) -> None:
    refused = as_actor(entre_classes.ccee).post(REGISTRO, {})

    assert refused.status_code == 403
    assert "Cláusula 3.28: “Registrar CBR” cabe a quem vende" in text(refused)


@pytest.mark.clausula("3.28.2")
@pytest.mark.parametrize("quem", ["ana", "davi"])
def test_of_art_5_no_party_registers(entre_classes: Cena, quem: str) -> None:
    refused = as_actor(getattr(entre_classes, quem)).post(ART_5, DO_ART_5)

    assert refused.status_code == 403
    assert "Cláusula 3.28.2: “Registrar CBR do art. 5º” cabe à CCEE" in text(refused)
    assert not Contrato.objects.filter(especie="cbr").exists()


@pytest.mark.clausula("3.28")
def test_a_month_is_adjusted_to_no_energy_at_all_where_that_is_said(registrado: Cena) -> None:
    asked = adjust(registrado, "", sem_energia="sim")
    before = of_month(registrado, MARCO)
    validated = validate(registrado, "J2")

    assert (asked.status_code, validated.status_code) == (302, 302)
    assert (before, of_month(registrado, MARCO)) == ([Decimal("10.5")], [])
    assert of_month(registrado, ABRIL) == [Decimal("10.5")]
    assert registrado.fresh().energia_mwh == Decimal("100130.514048") - Decimal("10.5") * 744


@pytest.mark.clausula("3.30")
@pytest.mark.parametrize(
    ("dados", "said"),
    [
        ({"periodos": ""}, "Cláusula 3.30: informe o período de vigência e o montante"),
        ({"periodos": "01/03/2027; 31/03/2027; 0"}, "cláusula 3.30: o montante tem de ser maior que zero"),
        ({"periodos": "01/03/2027; 31/03/2027; 5", "sem_energia": "sim"}, "também informado um montante"),
        (
            {"periodos": "", "sem_energia": "sim", "alcance": "suprimento"},
            "Cláusulas 3.28 e 3.32: só um mês se ajusta a zero",
        ),
    ],
)
def test_no_energy_is_never_a_slip(registrado: Cena, dados: dict[str, str], said: str) -> None:
    refused = adjust(registrado, **dados)

    assert refused.status_code == 422
    assert said in text(refused)
    assert VersaoDoCbr.objects.count() == 1


@pytest.mark.clausula("3.27")
def test_a_draft_whose_time_is_over_is_shown_as_without_effect(enviado: Cena, settings: Settings) -> None:
    on(enviado, settings, datetime(2027, 2, 16, 15, tzinfo=UTC))
    services.advance(now=enviado.now)

    for who in (enviado.ana, enviado.davi):
        page = text(as_actor(who).get(f"/contratos/{enviado.contrato.numero}/"))
        assert "sem efeito: não validado no prazo" in page
        assert "Sem efeito: não validada no prazo" in page


@pytest.mark.clausula("3.7", "3.32")
def test_a_suspension_bars_what_parties_agree_on_and_says_until_when(registrado: Cena) -> None:
    suspend(registrado)
    agreed = ask(registrado, "cbr_finalizacao", {"finaliza_em": "2027-03-16"})

    assert agreed.status_code == 422
    assert "Cláusula 3.7: o contrato está suspenso desde 01/11/2026 a 30/06/2027" in text(agreed)
    assert "o ato volta a ser possível quando a suspensão terminar" in text(agreed)


@pytest.mark.clausula("3.7", "3.32")
def test_no_decision_waits_for_the_end_of_a_suspension(registrado: Cena, settings: Settings) -> None:
    suspend(registrado)
    on(registrado, settings, datetime(2027, 2, 1, 12, tzinfo=UTC))
    decided = ask(registrado, "cbr_termino", DECISAO, by="ccee")

    assert decided.status_code == 302
    assert (registrado.fresh().registro, registrado.fresh().cessa_em) == ("encerrado", date(2027, 2, 1))


@pytest.mark.clausula("3.32", "3.33")
def test_what_was_decided_before_a_suspension_closes_on_its_day(registrado: Cena, settings: Settings) -> None:
    ask(registrado, "cbr_termino", DECISAO, by="ccee")
    suspend(registrado)
    come_to(registrado, settings)

    assert registrado.fresh().registro == "encerrado"


@pytest.mark.clausula("3.7", "3.33")
def test_what_was_agreed_before_a_suspension_closes_after_it(registrado: Cena, settings: Settings) -> None:
    ask(registrado, "cbr_finalizacao", {"finaliza_em": DECISAO["finaliza_em"]})
    close(registrado, "F2")
    suspend(registrado)
    come_to(registrado, settings)
    while_suspended = registrado.fresh().registro
    services.resume(registrado.contrato, motivo="cessou", ator=registrado.ccee, now=registrado.now)
    services.advance(now=registrado.now)

    assert (while_suspended, registrado.fresh().registro) == ("suspenso", "encerrado")
    assert of_month(registrado, MARCO) == []  # its amounts stopped on the day that was agreed


def come_to(cena: Cena, settings: Settings) -> None:
    """The first day without energy."""
    on(cena, settings, datetime(2027, 2, 1, 12, tzinfo=UTC))
    services.advance(now=cena.now)


@pytest.mark.clausula("3.26.1")
def test_what_is_invalid_is_not_made_valid_again(registrado: Cena) -> None:
    ask(registrado, "cbr_invalidade", {"invalidade": "O despacho foi revogado."}, by="ccee")
    again = ask(registrado, "cbr_invalidade", {"invalidade": "De novo."}, by="ccee")
    fluxo = Fluxo.objects.get(procedimento="cbr_invalidade")
    path = f"/contratos/{registrado.contrato.numero}/fluxos/{fluxo.pk}/cancelar/"
    undone: Any = as_actor(registrado.ccee).post(path, {"motivo": "engano"})

    assert (again.status_code, undone.status_code) == (422, 409)
    assert "Cláusula 3.26.1: o registro inválido não volta a valer; cabe um novo registro" in text(undone)
    assert "Cabe um novo registro" in text(again)


@pytest.mark.clausula("3.29")
@pytest.mark.parametrize("origem", ["chamada_publica", "desverticalizacao", "sistema_isolado", "anterior_10848"])
def test_each_origin_that_asks_for_its_share_of_a_plant_is_refused_without(entre_classes: Cena, origem: str) -> None:
    refused = send(entre_classes, origem=origem, parcela_usina="")

    assert refused.status_code == 422
    assert "Cláusula 3.29: contrato de origem" in text(refused)
    assert "precisa da parcela de usina no registro. Informe-a." in text(refused)
