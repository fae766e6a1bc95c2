"""Bilateral agreements of a CCEAR, through the pages: when, by whom, how far, and that they are final."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from pytest_django import Settings

from contratos import services
from contratos.models import AcordoBilateral, Anuncio, Contrato, Fluxo, MontanteDoMes
from portal.agentes.acesso import Ator
from tests.contratos.cena import Cena
from tests.contratos.paginas import as_actor, text

pytestmark = pytest.mark.django_db
PEDIDO = "/contratos/CCEAR-1/pedidos/acordo_bilateral/"
RESCISAO = {"acordo_tipo": "rescisao", "mes_inicio": "2030-01"}
REDUCAO = {"acordo_tipo": "reducao", "mes_inicio": "2030-01", "montante": "20,5"}
ABERTO = datetime(2026, 11, 24, 15, tzinfo=UTC)  # after the 14th business day, before the 25th


@pytest.fixture
def registrado(cena: Cena, settings: Settings) -> Cena:
    """Registered, on a day on which agreements are taken."""
    Contrato.objects.update(assinatura="assinado", registro="registrado")
    cena.contrato.refresh_from_db()
    on(cena, settings, ABERTO)
    return cena


def on(cena: Cena, settings: Settings, now: datetime) -> None:
    settings.DATA_DE_REFERENCIA = cena.now = now


def ask(ator: Ator, dados: dict[str, str]) -> Any:
    return as_actor(ator).post(PEDIDO, dados)


def validate(cena: Cena, ator: Ator | None = None) -> Any:
    return as_actor(ator or cena.ana).post(f"/contratos/CCEAR-1/atividades/{cena.row('B2').pk}/", {})


@pytest.mark.clausula("3.103", "3.105")
def test_the_buyer_registers_the_seller_validates_and_then_it_is_final(registrado: Cena) -> None:
    asked, told = ask(registrado.davi, REDUCAO), registrado.row("B2")
    validated = validate(registrado)

    assert (asked.status_code, validated.status_code) == (302, 302)
    assert told.vence_em == date(2029, 12, 25)
    acordo = AcordoBilateral.objects.get()
    assert (acordo.situacao, acordo.montante_mwmed, acordo.mes_inicio) == (
        "validado", Decimal("20.5"), date(2030, 1, 1),
    )  # fmt: skip
    undo = as_actor(registrado.davi).post(
        f"/contratos/CCEAR-1/fluxos/{acordo.fluxo_id}/cancelar/", {"motivo": "mudamos de ideia"}
    )
    assert undo.status_code == 409
    assert "Cláusula 3.105: acordo registrado e validado é definitivo" in text(undo)
    acordo.refresh_from_db()
    assert acordo.situacao == "validado"


@pytest.mark.clausula("3.104")
@pytest.mark.parametrize("day", [3, 22, 23])
def test_nothing_is_registered_from_the_1st_to_the_14th_business_day(
    registrado: Cena, settings: Settings, day: int
) -> None:
    on(registrado, settings, datetime(2026, 11, day, 15, tzinfo=UTC))
    refused = ask(registrado.davi, RESCISAO)

    assert refused.status_code == 422
    assert "de 03/11/2026 a 23/11/2026 (1º ao 14º dia útil)" in text(refused)
    assert "Volte em 24/11/2026" in text(refused)
    assert not Fluxo.objects.exists()


@pytest.mark.clausula("3.104")
def test_validation_is_bound_by_the_same_windows(registrado: Cena, settings: Settings) -> None:
    ask(registrado.davi, RESCISAO)
    on(registrado, settings, datetime(2026, 12, 1, 15, tzinfo=UTC))
    refused = validate(registrado)

    assert refused.status_code == 422
    assert "Volte em 19/12/2026" in text(refused)
    assert AcordoBilateral.objects.get().situacao == "registrado"


@pytest.mark.clausula("3.104")
def test_after_the_25th_of_the_month_before_it_is_too_late_and_it_lapses(registrado: Cena, settings: Settings) -> None:
    MontanteDoMes.objects.create(contrato=registrado.contrato, mes=date(2028, 2, 1), energia_mwh=1)
    ask(registrado.davi, {"acordo_tipo": "rescisao", "mes_inicio": "2028-02"})
    on(registrado, settings, datetime(2028, 1, 26, 15, tzinfo=UTC))
    refused = validate(registrado)
    services.advance(now=registrado.now)

    assert refused.status_code == 422
    assert "até 25/01/2028" in text(refused)
    assert "o primeiro início possível é 03/2028" in text(refused)
    assert AcordoBilateral.objects.get().situacao == "caducado"
    assert Fluxo.objects.get().estado == "caducado sem validação"


@pytest.mark.clausula("3.107")
def test_while_the_ccears_are_seasonalised_nothing_is_registered_but_what_was_is_validated(registrado: Cena) -> None:
    ask(registrado.davi, RESCISAO)
    Anuncio.objects.create(
        codigo="sazo_ccear", referencia=date(2027, 1, 1), de=date(2026, 11, 20), ate=date(2026, 12, 10), comunicado="1"
    )
    validated = validate(registrado)
    refused = ask(registrado.davi, {**RESCISAO, "mes_inicio": "2031-01"})

    assert validated.status_code == 302
    assert refused.status_code == 422
    assert "Cláusula 3.107" in text(refused)
    assert "Registre a partir de 11/12/2026" in text(refused)


@pytest.mark.clausula("3.108")
def test_a_year_not_yet_seasonalised_is_reduced_or_ended_as_a_whole(registrado: Cena) -> None:
    refused = ask(registrado.davi, {**RESCISAO, "mes_inicio": "2030-06"})
    MontanteDoMes.objects.create(contrato=registrado.contrato, mes=date(2030, 6, 1), energia_mwh=1)
    taken = ask(registrado.davi, {**RESCISAO, "mes_inicio": "2030-06"})

    assert refused.status_code == 422
    assert "Cláusula 3.108: 2030 ainda não está sazonalizado" in text(refused)
    assert "comece em 01/2030 ou em 01/2031" in text(refused)
    assert taken.status_code == 302


@pytest.mark.parametrize(
    ("dados", "said"),
    [
        ({**REDUCAO, "montante": "30"}, "A redução deixa menos que o montante atual, 30,000000 MWmédio"),
        ({**REDUCAO, "montante": ""}, "Para redução, informe o montante que permanece"),
        ({**RESCISAO, "montante": "5"}, "Na rescisão nada permanece"),
        ({**REDUCAO, "montante": "1,1234567"}, "não é um número com até 6 casas decimais"),
        ({**RESCISAO, "mes_inicio": "2027-01"}, "O suprimento vai de 01/01/2028 a 31/12/2047"),
        ({**RESCISAO, "mes_inicio": "janeiro"}, "não é um mês. Use o formato AAAA-MM"),
        ({**REDUCAO, "ano": "2031"}, "O ano reduzido é o do mês de início"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(registrado: Cena, dados: dict[str, str], said: str) -> None:
    refused = ask(registrado.davi, dados)
    assert refused.status_code == 422
    assert said in text(refused)
    assert not Fluxo.objects.exists()


@pytest.mark.clausula("3.7")
def test_a_suspended_contract_is_neither_reduced_nor_ended(registrado: Cena) -> None:
    services.suspend(
        registrado.contrato, de=date(2026, 11, 1), ate=date(2026, 12, 31), motivo="Despacho 1",
        ator=registrado.ccee, now=registrado.now,
    )  # fmt: skip
    refused = ask(registrado.davi, RESCISAO)

    assert refused.status_code == 422
    assert "Cláusula 3.7: o contrato está suspenso desde 01/11/2026 a 31/12/2026" in text(refused)


@pytest.mark.clausula("3.7")
def test_a_suspension_between_the_two_acts_bars_the_second(registrado: Cena) -> None:
    ask(registrado.davi, RESCISAO)
    services.suspend(
        registrado.contrato, de=date(2026, 11, 24), ate=None, motivo="Despacho 1", ator=registrado.ccee,
        now=registrado.now,
    )  # fmt: skip
    refused = validate(registrado)
    services.resume(registrado.contrato, motivo="Despacho 2", ator=registrado.ccee, now=registrado.now)

    assert "sem data de término" in text(refused)
    assert validate(registrado).status_code == 302


def test_the_wrong_side_is_refused_and_what_is_not_registered_has_nothing_to_reduce(registrado: Cena) -> None:
    seller = ask(registrado.ana, RESCISAO)
    Contrato.objects.update(registro="nao_registrado")
    unregistered = ask(registrado.davi, RESCISAO)

    assert seller.status_code == 403
    assert "cabe ao representante CCEE de comprador" in text(seller)
    assert unregistered.status_code == 422
    assert "este ato é de contrato registrado" in text(unregistered)


def test_the_buyer_does_not_validate_what_it_registered_and_may_withdraw_it(registrado: Cena) -> None:
    ask(registrado.davi, RESCISAO)
    own = validate(registrado, registrado.davi)
    fluxo = Fluxo.objects.get()
    withdrawn = as_actor(registrado.davi).post(f"/contratos/CCEAR-1/fluxos/{fluxo.pk}/cancelar/", {"motivo": "errado"})
    again = ask(registrado.davi, REDUCAO)

    assert own.status_code == 403
    assert withdrawn.status_code == again.status_code == 302
    assert list(AcordoBilateral.objects.order_by("pk").values_list("situacao", flat=True)) == ["retirado", "registrado"]


def test_a_second_agreement_waits_for_the_first(registrado: Cena) -> None:
    ask(registrado.davi, RESCISAO)
    refused = ask(registrado.davi, REDUCAO)
    assert refused.status_code == 409
    assert "Já há um pedido em andamento" in text(refused)


@pytest.mark.clausula("3.103", "3.108")
def test_months_that_are_set_keep_their_shape_and_follow_the_agreement(registrado: Cena) -> None:
    """Of 30 MWmédio 20.5 remain: each month by that share, rounded half up; earlier years stay."""
    of = {"contrato": registrado.contrato}
    before = {date(2029, 12, 1): "22320", date(2030, 1, 1): "25668", date(2030, 2, 1): "17136.000001"}
    for mes, energia in before.items():
        MontanteDoMes.objects.create(**of, mes=mes, energia_mwh=Decimal(energia))
    ask(registrado.davi, REDUCAO)
    validate(registrado)

    rows = dict(MontanteDoMes.objects.values_list("mes", "energia_mwh"))

    assert [rows[mes] for mes in before] == [Decimal("22320"), Decimal("17539.8"), Decimal("11709.600001")]
