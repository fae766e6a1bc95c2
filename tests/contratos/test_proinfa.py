"""The quota of a unit that migrated, month by month: worked out, published, contested, adjusted (3.38 to 3.42)."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from pytest_django import Settings

from contratos import services
from contratos.models import Contrato, CotaDoMes, MontanteDoMes, MovimentoDeCota
from portal.auditoria.models import Evento
from tests.contratos import proinfas
from tests.contratos.paginas import text
from tests.contratos.proinfas import COTA, DIA_1, DIA_4, DIA_6, DIA_8, DIA_10, MES, Proinfa

pytestmark = pytest.mark.django_db
NO_DIA_7 = datetime(2026, 11, 11, 15, tzinfo=UTC)  # a day after MS+6du


@pytest.fixture
def proinfa(settings: Settings) -> Proinfa:
    return proinfas.with_quota(settings)


def published(proinfa: Proinfa, now: datetime = DIA_4) -> Proinfa:
    """Worked out by the portal on the first business day, published by CCEE."""
    proinfa.at(DIA_1).at(now).close("Q2")
    return proinfa


def object_to(proinfa: Proinfa, **kwargs: Any) -> Any:
    return proinfa.close("Q3", proinfa.caio, discordancia="Esperávamos 55 MWh: a parcela migrada foi outra.", **kwargs)


@pytest.mark.clausula("3.38", "3.39", "3.40", "3.40.1", "3.42")
def test_a_months_quota_goes_from_the_distributor_to_the_unit_and_the_total_stays(proinfa: Proinfa) -> None:
    published(proinfa)
    services.advance(now=proinfa.at(DIA_8).now)  # nobody disagreed until MS+6du
    adjusted = proinfa.at(DIA_10).close("Q6")

    assert adjusted.status_code == 302
    assert proinfa.amount(proinfa.da_unidade) == Decimal("60.000000")
    assert proinfa.amount(proinfa.da_distribuidora) == Decimal("11940.000000")
    row = CotaDoMes.objects.get()
    assert (row.situacao, row.calculo) == ("ajustada", "cota 1 (cláusula 3.39)")
    assert row.entrada["cota_da_distribuidora_mwh"] == "12000.000000"
    assert [proinfa.row(each).vence_em for each in ("Q1", "Q2", "Q3", "Q4", "Q6")] == [
        date(2026, 11, dia) for dia in (3, 6, 10, 12, 16)
    ]


@pytest.mark.clausula("3.39")
def test_the_routine_may_run_again_and_again(proinfa: Proinfa) -> None:
    proinfa.at(DIA_1)
    before = (CotaDoMes.objects.count(), Evento.objects.count(), Contrato.objects.count())

    again = services.open_proinfa(now=DIA_1)

    assert again == 0
    assert (CotaDoMes.objects.count(), Evento.objects.count(), Contrato.objects.count()) == before


@pytest.mark.clausula("3.39.1")
def test_without_a_validated_history_nothing_is_calculated_and_the_agents_are_told(settings: Settings) -> None:
    proinfa = proinfas.with_quota(settings, history=False).at(DIA_1)

    refused = proinfa.close("Q1")

    assert refused.status_code == 422
    told = text(refused)
    assert "Cláusula 3.39.1: falta histórico de consumo declarado e validado da unidade UC-77" in told
    assert "12 meses seguidos, anteriores a 10/2026" in told
    assert not CotaDoMes.objects.exists()
    assert Evento.objects.filter(tipo="contrato.cota_pendente", cnpj=proinfa.consumidor.cnpj).count() == 1


@pytest.mark.clausula("3.39.1")
def test_a_history_that_came_late_is_calculated_by_the_next_run(settings: Settings) -> None:
    proinfa = proinfas.with_quota(settings, history=False).at(DIA_1)
    proinfas.give_history(proinfa)

    proinfa.at(DIA_4)

    assert CotaDoMes.objects.get().energia_mwh == Decimal("60.000000")


@pytest.mark.clausula("3.38")
@pytest.mark.parametrize("parcela", ["0", "100,01", "250"])
def test_a_share_that_is_none_or_more_than_all_is_refused(settings: Settings, parcela: str) -> None:
    proinfa = proinfas.create(settings)
    proinfa.register(proinfa.distribuidora)

    refused = proinfa.register(proinfa.consumidor, unidade_codigo="UC-77", parcela=parcela)

    assert refused.status_code == 422
    assert "Cláusula 3.38: a parcela migrada é maior que 0% e vai até 100%" in text(refused)
    assert not Contrato.objects.filter(comprador=proinfa.consumidor).exists()


@pytest.mark.clausula("3.38")
def test_a_part_of_the_unit_brings_a_part_of_the_quota(settings: Settings) -> None:
    proinfa = proinfas.create(settings)
    proinfa.register(proinfa.distribuidora)
    proinfa.register(proinfa.consumidor, unidade_codigo="UC-77", parcela="40")
    MontanteDoMes.objects.create(contrato=proinfa.da_distribuidora, mes=MES, energia_mwh=Decimal("8765.432"))
    proinfas.give_history(proinfa, unidade=Decimal("54321.5") / 10, area=Decimal("2345678.9") / 10)

    proinfa.at(DIA_1)

    assert CotaDoMes.objects.get().energia_mwh == Decimal("81.196350")


@pytest.mark.clausula("3.38")
def test_whoever_sells_is_the_acep_and_a_distributor_has_one_quota(proinfa: Proinfa) -> None:
    twice = proinfa.register(proinfa.distribuidora)
    other = proinfa.register(proinfa.consumidor, vendedor=proinfa.distribuidora.sigla, parcela="1")

    assert twice.status_code == other.status_code == 422
    assert "DISTRIBUIDORA SUL já tem a cota registrada no contrato" in text(twice)
    assert "quem vende a energia do PROINFA é o ACEP, hoje ENBPAR" in text(other)


@pytest.mark.clausula("3.40.1")
def test_silence_accepts_and_a_later_objection_is_refused(proinfa: Proinfa) -> None:
    published(proinfa)
    proinfa.at(NO_DIA_7)

    before_the_run = object_to(proinfa)
    services.advance(now=NO_DIA_7)
    after_it = object_to(proinfa)

    assert before_the_run.status_code == 422
    assert "Cláusula 3.40.1: o prazo para discordar terminou em 10/11/2026" in text(before_the_run)
    assert "só a CCEE a reabre" in text(before_the_run)
    assert after_it.status_code == 409
    assert CotaDoMes.objects.get().situacao == "aceita"


@pytest.mark.clausula("3.40", "3.41", "3.42")
def test_an_objection_that_is_upheld_brings_a_new_quota_with_the_corrected_history(proinfa: Proinfa) -> None:
    published(proinfa).at(DIA_6)
    objected = object_to(proinfa)
    proinfas.give_history(proinfa, unidade=Decimal(750))
    judged = proinfa.at(DIA_8).close("Q4", resultado="procedente", resposta="O medidor estava trocado.")
    again = proinfa.close("Q5")
    proinfa.at(DIA_10).close("Q6")

    assert [each.status_code for each in (objected, judged, again)] == [302, 302, 302]
    assert list(CotaDoMes.objects.order_by("pk").values_list("situacao", "energia_mwh", "calculo")) == [
        ("substituida", Decimal("60.000000"), "cota 1 (cláusula 3.39)"),
        ("ajustada", Decimal("30.000000"), "cota 1 (cláusula 3.41)"),
    ]
    assert proinfa.amount(proinfa.da_distribuidora) == Decimal("11970.000000")


@pytest.mark.clausula("3.41")
def test_an_objection_that_is_not_upheld_is_answered_and_the_quota_stays(proinfa: Proinfa) -> None:
    published(proinfa).at(DIA_6)
    object_to(proinfa)

    without_answer = proinfa.close("Q4", resultado="improcedente")
    proinfa.close("Q4", resultado="improcedente", resposta="O histórico foi validado por ambos.")

    assert without_answer.status_code == 422
    assert CotaDoMes.objects.get().situacao == "mantida"
    assert (proinfa.row("Q5").situacao, proinfa.row("Q6").situacao) == ("cancelada", "aberta")


@pytest.mark.clausula("3.40")
def test_ccee_records_an_objection_by_the_date_of_its_message(proinfa: Proinfa) -> None:
    published(proinfa).at(NO_DIA_7)
    said = {"discordancia": "Discordamos."}

    late = proinfa.close("Q3e", **said, recebida_em="2026-11-11")
    unknown = proinfa.close("Q3e", **said, recebida_em="2026-11-05")
    in_time = proinfa.close("Q3e", **said, recebida_em="2026-11-10")

    assert "o e-mail é de 11/11/2026 e o prazo foi 10/11/2026" in text(late)
    assert "a cota foi publicada em 06/11/2026" in text(unknown)
    assert in_time.status_code == 302
    assert proinfa.row("Q4").situacao == "aberta"


@pytest.mark.clausula("3.40")
def test_published_late_the_two_business_days_to_disagree_are_still_there(proinfa: Proinfa) -> None:
    published(proinfa, DIA_8)

    assert proinfa.row("Q3").vence_em == date(2026, 11, 16)
    assert "de atraso" in text(proinfa.browser(proinfa.ccee).get(f"/contratos/{proinfa.da_unidade.numero}/"))
    services.advance(now=proinfa.at(datetime(2026, 11, 16, 15, tzinfo=UTC)).now)
    assert CotaDoMes.objects.get().situacao == "publicada"


@pytest.mark.clausula("3.40")
def test_the_other_side_may_not_disagree_and_an_unpublished_quota_is_nobodys_yet(proinfa: Proinfa) -> None:
    proinfa.at(DIA_1)
    hidden = text(proinfa.browser(proinfa.caio).get("/contratos/proinfa/"))
    published(proinfa)
    shown = text(proinfa.browser(proinfa.caio).get("/contratos/proinfa/"))

    by_acep = proinfa.close("Q3", proinfa.eva, discordancia="Não.")

    assert "10/2026: apurada" not in hidden
    assert "10/2026: publicada" in shown
    assert by_acep.status_code == 403


@pytest.mark.clausula("3.40.1")
def test_only_ccee_opens_an_accepted_quota_again_and_says_why(proinfa: Proinfa) -> None:
    published(proinfa)
    unidade = proinfa.da_unidade
    too_soon = proinfa.ask("proinfa_revisao", unidade, mes="2026-10", motivo="Trocamos o medidor.")
    services.advance(now=proinfa.at(NO_DIA_7).now)
    proinfa.close("Q6")
    proinfas.give_history(proinfa, unidade=Decimal(2000))

    by_agent = proinfa.ask("proinfa_revisao", unidade, proinfa.caio, mes="2026-10", motivo="Queremos mais.")
    without_reason = proinfa.ask("proinfa_revisao", unidade, mes="2026-10")
    again = proinfa.ask("proinfa_revisao", unidade, mes="2026-10", motivo="Trocamos o medidor.")

    assert "ainda segue o seu caminho" in text(too_soon)
    assert (by_agent.status_code, without_reason.status_code, again.status_code) == (403, 422, 302)
    assert proinfa.amount(unidade) == Decimal("80.000000")
    assert proinfa.amount(proinfa.da_distribuidora) == COTA - 80
    assert [row.clausula for row in MovimentoDeCota.objects.order_by("pk")] == ["3.42", "3.40.1"]


@pytest.mark.clausula("3.42")
def test_an_adjustment_that_nobody_made_is_shown_as_late(proinfa: Proinfa) -> None:
    published(proinfa)
    services.advance(now=proinfa.at(datetime(2026, 11, 20, 15, tzinfo=UTC)).now)

    told = text(proinfa.browser(proinfa.ccee).get(f"/contratos/{proinfa.da_unidade.numero}/"))

    assert "Ajustar os contratos" in told
    assert "atrasada" in told
