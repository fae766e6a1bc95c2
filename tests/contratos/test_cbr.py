"""Registration of a CBR through the pages: by whom, until when, with what; nothing counts before validation."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from pytest_django import Settings

from contratos import cbr, services
from contratos.models import Cbr, Contrato, Elegivel, Fluxo, VersaoDoCbr
from portal.agentes.models import Classe
from tests.contratos.cbrs import (
    ART_5,
    ATO,
    CBR,
    DA_LEI,
    DO_ART_5,
    MAXIMOS,
    REGISTRO,
    SEM_ATO,
    ask,
    classify,
    close,
    list_as_eligible,
    on,
    send,
    validate,
)
from tests.contratos.cbrs import entre_classes as entre_classes
from tests.contratos.cbrs import enviado as enviado
from tests.contratos.cbrs import registrado as registrado
from tests.contratos.cena import Cena
from tests.contratos.paginas import as_actor, text

pytestmark = pytest.mark.django_db
PRIMEIRO = Decimal("10.5") * 181 * 24
SEGUNDO = Decimal("12.345678") * 184 * 24


@pytest.mark.clausula("3.27", "3.28", "3.30", "3.31", "3.77")
def test_the_seller_registers_the_buyer_validates_and_then_it_counts(enviado: Cena) -> None:
    before, due = cbr.amounts(enviado.contrato), enviado.row("R2").vence_em
    validated = validate(enviado)

    assert validated.status_code == 302
    assert (before, due) == ([], date(2027, 2, 15))
    contrato = enviado.fresh()
    assert (contrato.registro, contrato.energia_mwh) == ("registrado", PRIMEIRO + SEGUNDO)
    assert contrato.montante_mwmed == Decimal("11.430424")
    assert [each.energia for each in cbr.amounts(contrato, date(2027, 7, 15))] == [Decimal("12.345678") * 744]


def test_the_page_shows_what_was_registered(enviado: Cena) -> None:
    validate(enviado)
    page = text(as_actor(enviado.davi).get(f"/contratos/{enviado.contrato.numero}/"))

    facts = ("Registro do CBR", "(a) comprador distribuidora", "PCH Rio Claro", "12,345678", "Em vigor", "45.612,0")
    assert [said for said in facts if said not in page] == []
    assert "Despacho ANEEL nº 100/2026" in page


@pytest.mark.clausula("3.28")
def test_the_wrong_side_neither_registers_nor_validates(entre_classes: Cena) -> None:
    buyer = as_actor(entre_classes.davi).post(REGISTRO, CBR)
    send(entre_classes)
    seller = close(entre_classes, "R2", {"resultado": "validado"}, by="ana")

    assert (buyer.status_code, seller.status_code) == (403, 403)
    assert "Cláusula 3.28: o registro cabe a SOL DO SERTAO" in text(buyer)


@pytest.mark.clausula("3.28")
def test_given_back_it_is_corrected_and_sent_again(enviado: Cena) -> None:
    silent = close(enviado, "R2", {"resultado": "devolvido"})
    returned = close(enviado, "R2", {"resultado": "devolvido", "devolucao": "Confira julho."})
    again = close(enviado, "R1", {**CBR, "periodos": "01/01/2027; 31/12/2027; 11"}, by="ana")

    assert silent.status_code == 422
    assert "Para devolver, diga ao vendedor o que corrigir" in text(silent)
    assert (returned.status_code, again.status_code) == (302, 302)
    assert validate(enviado).status_code == 302
    assert enviado.fresh().energia_mwh == 11 * 8760
    assert list(VersaoDoCbr.objects.order_by("numero").values_list("situacao", flat=True)) == ["devolvida", "validada"]


def test_what_was_given_back_is_filled_in_and_keeps_its_sides(enviado: Cena) -> None:
    close(enviado, "R2", {"resultado": "devolvido", "devolucao": "Confira."})
    form = text(as_actor(enviado.ana).get(f"/contratos/{enviado.contrato.numero}/atividades/{enviado.row('R1').pk}/"))
    other = close(enviado, "R1", {**CBR, "comprador": "SOL DO SERTAO"}, by="ana")

    assert "12,345678" in form
    assert "As partes não mudam num registro devolvido" in text(other)


@pytest.mark.clausula("3.27", "3.28")
def test_after_the_ninth_business_day_it_lapses_and_may_be_sent_for_a_later_month(
    enviado: Cena, settings: Settings
) -> None:
    on(enviado, settings, datetime(2027, 2, 16, 15, tzinfo=UTC))
    late = validate(enviado)
    services.advance(now=enviado.now)
    resent = ask(
        enviado,
        "cbr_ajuste",
        {"mes_referencia": "2027-02", "alcance": "suprimento", "periodos": "01/02/2027; 31/12/2027; 9", **ATO},
    )

    assert late.status_code == 422
    assert "Cláusula 3.27: para 01/2027 o prazo terminou em 15/02/2027" in text(late)
    assert "ainda se aceita a partir de 02/2027" in text(late)
    assert Fluxo.objects.get(procedimento="cbr_registro").estado == "sem efeito: não validado no prazo"
    assert resent.status_code == 302
    assert validate(enviado, "J2").status_code == 302
    assert enviado.fresh().registro == "registrado"
    assert cbr.amounts(enviado.fresh(), date(2027, 1, 1)) == []


@pytest.mark.clausula("3.27", "3.28")
def test_given_back_and_never_sent_again_it_lapses_too(enviado: Cena, settings: Settings) -> None:
    close(enviado, "R2", {"resultado": "devolvido", "devolucao": "Confira julho."})

    on(enviado, settings, datetime(2027, 2, 16, 15, tzinfo=UTC))
    services.advance(now=enviado.now)

    assert Fluxo.objects.get(procedimento="cbr_registro").estado == "sem efeito: não validado no prazo"


@pytest.mark.clausula("3.27")
def test_a_month_whose_time_is_over_is_not_accepted(entre_classes: Cena) -> None:
    refused = send(entre_classes, suprimento_inicio="2026-09-01", periodos="01/09/2026; 31/12/2027; 5")
    from_now = send(
        entre_classes, suprimento_inicio="2026-09-01", mes_referencia="2026-11", periodos="01/11/2026; 31/12/2027; 5"
    )

    assert refused.status_code == 422
    assert "para 09/2026 o prazo terminou em 14/10/2026" in text(refused)
    assert from_now.status_code == 302
    assert entre_classes.row("R2").vence_em == date(2026, 12, 11)


@pytest.mark.parametrize(
    ("other", "said"),
    [
        pytest.param({"subgrupo": ""}, "Informe este campo.", marks=pytest.mark.clausula("3.25")),
        pytest.param(
            {"origem": "art_10"}, "Cláusula 3.25: contrato de origem “Art. 10", marks=pytest.mark.clausula("3.25")
        ),
        pytest.param({"subgrupo": "b"}, "é do subgrupo (a)", marks=pytest.mark.clausula("3.25")),
        pytest.param({"origem": "art_5"}, "Cláusula 3.28.2: contrato do art. 5º", marks=pytest.mark.clausula("3.28.2")),
        pytest.param({"parcela_usina": ""}, "Cláusula 3.29", marks=pytest.mark.clausula("3.29")),
        pytest.param({"modulacao": ""}, "Cláusula 3.77", marks=pytest.mark.clausula("3.77")),
        pytest.param({"periodos": ""}, "Informe este campo.", marks=pytest.mark.clausula("3.30")),
        pytest.param(
            {"periodos": "01/01/2027; 31/12/2027; 0"}, "tem de ser maior que zero", marks=pytest.mark.clausula("3.30")
        ),
        pytest.param(
            {"periodos": "01/01/2027; 30/06/2027; 1\n30/06/2027; 31/12/2027; 2"},
            "os períodos de 01/01/2027 a 30/06/2027 e de 30/06/2027 a 31/12/2027 se sobrepõem",
            marks=pytest.mark.clausula("3.30"),
        ),
        pytest.param(
            {"periodos": "01/12/2026; 31/12/2027; 2"},
            "sai do intervalo possível, de 01/01/2027 a 31/12/2027",
            marks=pytest.mark.clausula("3.30"),
        ),
        pytest.param(
            {"periodos": "01/01/2027; 31/12/2027; 1,1234567"},
            "cláusula 3.31: o montante tem até 6 casas decimais",
            marks=pytest.mark.clausula("3.31"),
        ),
        ({"periodos": "janeiro; 31/12/2027; 1"}, "Linha 1: “janeiro” não é uma data"),
        ({"ato_numero": ""}, "Informe também este campo"),
        ({"mes_referencia": "2028-02"}, "o mês de referência tem de estar no suprimento"),
        ({"comprador": "NINGUEM"}, "Não há agente com a sigla"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(entre_classes: Cena, other: dict[str, str], said: str) -> None:
    refused = send(entre_classes, **other)

    assert refused.status_code == 422
    assert said in text(refused)
    assert not Contrato.objects.filter(especie="cbr").exists()


@pytest.mark.clausula("3.25")
def test_subgroup_a_asks_for_a_distributor(entre_classes: Cena) -> None:
    classify(entre_classes, comprador=Classe.CONSUMIDOR_LIVRE)
    refused = send(entre_classes)

    assert refused.status_code == 422
    assert "o subgrupo (a) é do CBR cujo comprador é agente de distribuição" in text(refused)


@pytest.mark.clausula("3.26")
def test_without_the_act_of_aneel_there_is_a_draft_but_no_validation(entre_classes: Cena) -> None:
    drafted = send(entre_classes, **SEM_ATO)
    refused = validate(entre_classes)
    stated = ask(entre_classes, "cbr_ato", ATO)

    assert drafted.status_code == 302
    assert refused.status_code == 422
    assert "Cláusula 3.26: com distribuidora compradora" in text(refused)
    assert "“Informar ato da ANEEL”" in text(refused)
    assert stated.status_code == 302
    assert validate(entre_classes).status_code == 302


@pytest.mark.clausula("3.26")
def test_without_the_act_it_may_still_be_given_back(entre_classes: Cena) -> None:
    send(entre_classes, **SEM_ATO)

    assert close(entre_classes, "R2", {"resultado": "devolvido", "devolucao": "Falta o ato."}).status_code == 302


@pytest.mark.clausula("3.28.1")
def test_subgroup_b_is_for_those_on_the_list_alone(entre_classes: Cena) -> None:
    classify(entre_classes, comprador=Classe.CONSUMIDOR_LIVRE)
    refused = send(entre_classes, DA_LEI)
    list_as_eligible(entre_classes)
    taken = send(entre_classes, DA_LEI)

    assert refused.status_code == 422
    assert "SOL DO SERTAO não está entre os elegíveis como vendedor" in text(refused)
    assert "DISTRIBUIDORA SUL não está entre os elegíveis como comprador" in text(refused)
    assert taken.status_code == 302


@pytest.mark.clausula("3.28.1")
def test_whoever_left_the_list_does_not_validate(entre_classes: Cena) -> None:
    list_as_eligible(entre_classes)
    send(entre_classes, DA_LEI)
    Elegivel.objects.filter(papel="comprador").update(ate=date(2026, 11, 22))
    refused = validate(entre_classes)

    assert refused.status_code == 422
    assert "não está entre os elegíveis como comprador" in text(refused)


@pytest.mark.clausula("3.25")
def test_subgroup_b_asks_for_a_generator(entre_classes: Cena) -> None:
    classify(entre_classes, vendedor=Classe.COMERCIALIZADOR)
    list_as_eligible(entre_classes)
    refused = send(entre_classes, DA_LEI)

    assert "o subgrupo (b) é do CBR cujo vendedor é agente de geração" in text(refused)


@pytest.mark.clausula("3.28.2")
def test_of_art_5_ccee_registers_without_validation_and_the_sides_agree_on_the_maxima(entre_classes: Cena) -> None:
    list_as_eligible(entre_classes)
    seller = as_actor(entre_classes.ana).post(ART_5, DO_ART_5)
    registered = as_actor(entre_classes.ccee).post(ART_5, DO_ART_5)
    entre_classes.contrato = Contrato.objects.get(especie="cbr")
    asked = ask(entre_classes, "cbr_maximos", {"mes_referencia": "2027-01", "maximos": MAXIMOS})
    validated = validate(entre_classes, "X2")

    assert seller.status_code == 403
    assert [answer.status_code for answer in (registered, asked, validated)] == [302, 302, 302]
    row = Cbr.objects.get()
    assert (row.subgrupo, row.origem, entre_classes.contrato.registro) == ("b", "art_5", "registrado")
    assert VersaoDoCbr.objects.get().periodos.get().maximo_mwh == Decimal("30.5")
    assert cbr.amounts(entre_classes.fresh()) == []


@pytest.mark.clausula("3.28.2")
def test_of_art_5_there_is_no_other_way(entre_classes: Cena) -> None:
    list_as_eligible(entre_classes)
    as_actor(entre_classes.ccee).post(ART_5, {**DO_ART_5, "maximos": MAXIMOS})
    entre_classes.contrato = Contrato.objects.get(especie="cbr")
    dados = {"mes_referencia": "2027-03", "alcance": "mes", "periodos": "01/03/2027; 31/03/2027; 1"}
    refused = ask(entre_classes, "cbr_ajuste", dados)

    assert refused.status_code == 422
    assert "Cláusula 3.28.2: contrato do art. 5º" in text(refused)
    assert VersaoDoCbr.objects.get().situacao == "validada"


@pytest.mark.clausula("3.28.2")
def test_of_any_other_there_are_no_hourly_maxima(registrado: Cena) -> None:
    refused = ask(registrado, "cbr_maximos", {"mes_referencia": "2027-01", "maximos": MAXIMOS})

    assert refused.status_code == 422
    assert "valores horários máximos são só do contrato do art. 5º" in text(refused)
