"""Amounts of a CBR adjusted, ended or found invalid, through the pages: what ruled before rules until validated."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from pytest_django import Settings

from contratos import cbr, services
from contratos.models import Cbr, Contrato, Fluxo, VersaoDoCbr
from tests.contratos.cbrs import ATO, CBR, SEM_ATO, adjust, ask, close, on, validate
from tests.contratos.cbrs import entre_classes as entre_classes
from tests.contratos.cbrs import enviado as enviado
from tests.contratos.cbrs import registrado as registrado
from tests.contratos.cena import Cena
from tests.contratos.paginas import as_actor, text

pytestmark = pytest.mark.django_db
MARCO, ABRIL = date(2027, 3, 1), date(2027, 4, 1)


def of_month(cena: Cena, mes: date) -> list[Decimal]:
    return [each.montante for each in cbr.amounts(cena.fresh(), mes)]


@pytest.mark.clausula("3.28")
def test_the_version_before_rules_until_the_adjustment_is_validated(registrado: Cena) -> None:
    asked = adjust(registrado, "01/03/2027; 31/03/2027; 20")
    before = of_month(registrado, MARCO)
    validated = validate(registrado, "J2")

    assert (asked.status_code, validated.status_code) == (302, 302)
    assert (before, of_month(registrado, MARCO)) == ([Decimal("10.5")], [Decimal(20)])
    assert of_month(registrado, ABRIL) == [Decimal("10.5")]
    assert registrado.fresh().energia_mwh == Decimal("100130.514048") + Decimal("9.5") * 744
    assert list(VersaoDoCbr.objects.order_by("numero").values_list("situacao", flat=True)) == [
        "substituida", "validada",
    ]  # fmt: skip


@pytest.mark.clausula("3.28")
def test_to_the_end_of_the_supply_what_is_not_stated_has_no_energy(registrado: Cena) -> None:
    adjust(registrado, "01/05/2027; 31/05/2027; 7", mes="2027-04", alcance="suprimento")
    validate(registrado, "J2")

    assert of_month(registrado, MARCO) == [Decimal("10.5")]
    assert of_month(registrado, ABRIL) == []
    assert of_month(registrado, date(2027, 5, 1)) == [Decimal(7)]


@pytest.mark.clausula("3.26")
def test_each_adjustment_names_its_act(registrado: Cena) -> None:
    adjust(registrado, "01/03/2027; 31/03/2027; 20", **SEM_ATO)
    refused = validate(registrado, "J2")
    ask(registrado, "cbr_ato", ATO)

    assert "Cláusula 3.26" in text(refused)
    assert validate(registrado, "J2").status_code == 302


@pytest.mark.clausula("3.27")
def test_an_adjustment_not_validated_in_time_has_no_effect(registrado: Cena, settings: Settings) -> None:
    adjust(registrado, "01/03/2027; 31/03/2027; 20")
    on(registrado, settings, datetime(2027, 4, 14, 15, tzinfo=UTC))
    refused = validate(registrado, "J2")
    services.advance(now=registrado.now)

    assert "para 03/2027 o prazo terminou em 13/04/2027" in text(refused)
    assert of_month(registrado, MARCO) == [Decimal("10.5")]
    assert VersaoDoCbr.objects.latest("numero").situacao == "sem_efeito"


@pytest.mark.parametrize(
    ("dados", "said"),
    [
        ({"periodos": "01/03/2027; 30/04/2027; 1"}, "sai do intervalo possível, de 01/03/2027 a 31/03/2027"),
        ({"periodos": "01/11/2026; 30/11/2026; 1", "mes": "2026-11"}, "tem de estar no suprimento"),
        ({"periodos": "01/03/2027; 31/03/2027; 1", "alcance": ""}, "Informe este campo."),
        ({"periodos": "01/09/2026; 30/09/2026; 1", "mes": "2026-09"}, "para 09/2026 o prazo terminou em 14/10/2026"),
    ],
)
def test_what_cannot_be_adjusted_is_said_beside_its_field(registrado: Cena, dados: dict[str, str], said: str) -> None:
    refused = adjust(registrado, **dados)

    assert refused.status_code == 422
    assert said in text(refused)
    assert VersaoDoCbr.objects.count() == 1


def test_the_buyer_does_not_adjust_and_a_draft_is_not_adjusted(enviado: Cena) -> None:
    dados = {"mes_referencia": "2027-03", "alcance": "mes", "periodos": "01/03/2027; 31/03/2027; 1"}
    buyer = ask(enviado, "cbr_ajuste", dados, by="davi")
    draft = ask(enviado, "cbr_ajuste", dados)
    page = text(as_actor(enviado.ana).get(f"/contratos/{enviado.contrato.numero}/"))

    assert (buyer.status_code, draft.status_code) == (403, 409)
    assert "O registro ainda espera a validação do comprador" in text(draft)
    assert "Ajustar montantes" not in page


@pytest.mark.clausula("3.32", "3.32.1", "3.33")
def test_ended_by_agreement_the_amounts_stop_on_the_first_day_without_energy(
    registrado: Cena, settings: Settings
) -> None:
    asked = ask(registrado, "cbr_finalizacao", {"finaliza_em": "2027-03-16"})
    before, due = of_month(registrado, ABRIL), registrado.row("F2").vence_em
    validated = close(registrado, "F2")
    ended = registrado.fresh()
    on(registrado, settings, datetime(2027, 3, 16, 12, tzinfo=UTC))
    services.advance(now=registrado.now)

    assert (asked.status_code, validated.status_code) == (302, 302)
    assert (before, due) == ([Decimal("10.5")], date(2027, 4, 13))
    assert (ended.cessa_em, ended.registro) == (date(2027, 3, 16), "registrado")
    assert ended.energia_mwh == Decimal("10.5") * (31 + 28 + 15) * 24
    assert cbr.amounts(ended, MARCO)[0].fim == date(2027, 3, 15)
    assert of_month(registrado, ABRIL) == []
    assert registrado.fresh().registro == "encerrado"


@pytest.mark.clausula("3.32.1")
def test_an_end_that_the_buyer_does_not_validate_in_time_has_no_effect(registrado: Cena, settings: Settings) -> None:
    ask(registrado, "cbr_finalizacao", {"finaliza_em": "2027-03-16"})
    own = close(registrado, "F2", by="ana")
    on(registrado, settings, datetime(2027, 4, 14, 15, tzinfo=UTC))
    refused = close(registrado, "F2")
    services.advance(now=registrado.now)

    assert own.status_code == 403
    assert "Cláusula 3.32.1: para 03/2027 o prazo terminou em 13/04/2027" in text(refused)
    assert Fluxo.objects.get(procedimento="cbr_finalizacao").estado == "sem efeito: não validada no prazo"
    assert registrado.fresh().cessa_em is None


@pytest.mark.clausula("3.33")
@pytest.mark.parametrize("dia", ["2026-12-31", "2028-01-01"])
def test_the_end_lies_within_the_supply(registrado: Cena, dia: str) -> None:
    refused = ask(registrado, "cbr_finalizacao", {"finaliza_em": dia})

    assert refused.status_code == 422
    assert "tem de estar no suprimento, de 01/01/2027 a 31/12/2027" in text(refused)


@pytest.mark.clausula("3.7")
def test_a_suspended_cbr_is_not_ended_by_agreement(registrado: Cena) -> None:
    services.suspend(
        registrado.fresh(), de=date(2026, 11, 1), ate=None, motivo="Despacho 1", ator=registrado.ccee,
        now=registrado.now,
    )  # fmt: skip
    refused = ask(registrado, "cbr_finalizacao", {"finaliza_em": "2027-03-16"})

    assert refused.status_code == 422
    assert "Cláusula 3.7" in text(refused)


@pytest.mark.clausula("3.32")
def test_ccee_ends_it_for_the_causes_of_the_clause_alone_and_with_the_document(registrado: Cena) -> None:
    dados = {"causa": "judicial", "documento": "Processo 1", "finaliza_em": "2027-02-01"}
    other = ask(registrado, "cbr_termino", {**dados, "causa": "acordo"}, by="ccee")
    bare = ask(registrado, "cbr_termino", {**dados, "documento": ""}, by="ccee")
    seller = ask(registrado, "cbr_termino", dados)
    by_hand = as_actor(registrado.ccee).post(
        f"/contratos/{registrado.contrato.numero}/finalizar/", {"para": "rescindido", "motivo": "sem causa"}
    )
    done = ask(registrado, "cbr_termino", dados, by="ccee")

    assert [answer.status_code for answer in (other, bare, seller, done)] == [422, 422, 403, 302]
    assert "acordo não é uma das escolhas disponíveis" in text(other)
    assert "Cláusula 3.32: a CCEE finaliza" in text(other)
    assert "Informe este campo." in text(bare)
    assert by_hand.status_code == 422
    assert registrado.fresh().cessa_em == date(2027, 2, 1)
    assert of_month(registrado, MARCO) == []


@pytest.mark.clausula("3.33")
def test_an_end_that_has_come_closes_the_contract_at_once(registrado: Cena, settings: Settings) -> None:
    adjust(registrado, "01/03/2027; 31/03/2027; 20")
    on(registrado, settings, datetime(2027, 3, 1, 12, tzinfo=UTC))
    dados = {"causa": "desligamento", "documento": "Deliberação 9", "finaliza_em": "2027-02-01"}
    ask(registrado, "cbr_termino", dados, by="ccee")
    late = validate(registrado, "J2")

    assert registrado.fresh().registro == "encerrado"
    assert late.status_code == 409
    assert Fluxo.objects.get(procedimento="cbr_ajuste").estado == "cessou: registro finalizado"
    assert VersaoDoCbr.objects.latest("numero").situacao == "sem_efeito"


@pytest.mark.clausula("3.26.1")
def test_what_is_invalid_counts_for_nothing_from_its_beginning(registrado: Cena) -> None:
    adjust(registrado, "01/03/2027; 31/03/2027; 20")
    seller = ask(registrado, "cbr_invalidade", {"invalidade": "Sem ato."})
    done = ask(registrado, "cbr_invalidade", {"invalidade": "O despacho foi revogado."}, by="ccee")
    after = adjust(registrado, "01/03/2027; 31/03/2027; 20")
    page = text(as_actor(registrado.davi).get(f"/contratos/{registrado.contrato.numero}/"))

    assert (seller.status_code, done.status_code, after.status_code) == (403, 302, 422)
    assert "Cláusula 3.26.1: o registro deste CBR foi dado por inválido" in text(after)
    assert cbr.amounts(registrado.fresh()) == []
    assert registrado.fresh().energia_mwh == 0
    assert "O despacho foi revogado." in page
    assert Cbr.objects.get().invalido_em is not None
    assert not Fluxo.objects.filter(closed_at=None).exists()


def test_another_kind_of_contract_has_no_cbr_to_adjust(cena: Cena) -> None:
    Contrato.objects.update(assinatura="assinado", registro="registrado")
    refused = ask(cena, "cbr_ajuste", {"mes_referencia": "2027-03", "alcance": "mes", "periodos": CBR["periodos"]})

    assert refused.status_code == 422
    assert "não cabe a este contrato" in text(refused)
