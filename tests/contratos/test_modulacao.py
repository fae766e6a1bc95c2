"""A month of a CA by the hour, through the pages: informed, given back, validated, flat; once (3.60 to 3.62)."""

from datetime import date
from decimal import Decimal

import pytest
from pytest_django import Settings

from contratos import modulacao, services
from contratos.models import Anuncio, Fluxo, Modulacao, MontanteDoMes, PotenciaDoContrato
from portal.auditoria.models import Evento
from tests.contratos.cena import Cena
from tests.contratos.modulados import ANTES, DEPOIS, ENERGIA, FLAT, MES, announce, answer, hours, inform, on
from tests.contratos.modulados import ca as ca
from tests.contratos.paginas import as_actor, text

pytestmark = pytest.mark.django_db


@pytest.mark.clausula("3.60")
def test_the_buyer_informs_the_seller_validates_and_the_hours_are_final(ca: Cena) -> None:
    horas = hours(h30=Decimal(19), h31=Decimal("15.153006"))

    informed, validated = inform(ca, horas), answer(ca, "validadas")

    assert (informed.status_code, validated.status_code) == (302, 302)
    row = Modulacao.objects.get()
    assert modulacao.hours(row) == horas
    assert (row.situacao, row.calculo) == ("final", "partes 1 (cláusula 3.60)")
    assert row.entrada["potencia_max_mw"] == "20.000000"
    assert ca.row("H1").fluxo.closed_at is not None


@pytest.mark.clausula("3.61")
def test_what_nobody_validated_is_flat_with_the_residual_in_the_first_hour(ca: Cena, settings: Settings) -> None:
    inform(ca, hours(h30=Decimal(19), h31=Decimal("15.153006")))
    on(ca, settings, DEPOIS)

    services.advance(now=DEPOIS)
    late = answer(ca, "validadas")

    assert late.status_code == 409
    assert [row.situacao for row in Modulacao.objects.order_by("pk")] == ["sem_efeito", "final"]
    final = modulacao.final(ca.contrato, date(2027, 3, 1))
    assert final is not None
    horas = modulacao.hours(final)
    assert (horas[0], set(horas[1:]), sum(horas)) == (Decimal("17.076304"), {FLAT}, ENERGIA)
    assert ca.row("H1").fluxo.estado == "modulado flat"


@pytest.mark.clausula("3.60")
def test_an_hour_outside_of_the_power_or_a_total_that_is_not_kept_is_refused_and_named(ca: Cena) -> None:
    refused = inform(ca, hours(h30=Decimal("20.000001")))

    assert refused.status_code == 422
    told = text(refused)
    assert "Cláusula 3.60: em 02/03/2027 às 6h, 20,000001 MWh fica fora dos limites" in told
    assert "de 0 a 20,000000 MW" in told
    assert not Modulacao.objects.exists()


@pytest.mark.clausula("3.60")
def test_given_back_it_is_the_buyers_turn_again_and_both_versions_stay(ca: Cena) -> None:
    inform(ca, hours())

    without_reason = answer(ca, "devolvidas")
    answer(ca, "devolvidas", devolucao="A ponta é às 18h.")
    again = inform(ca, hours())

    assert without_reason.status_code == 422
    assert again.status_code == 302
    assert [row.situacao for row in Modulacao.objects.order_by("pk")] == ["devolvida", "proposta"]
    assert ca.row("H1").nome == "Informar a modulação de 03/2027"


@pytest.mark.clausula("3.60")
def test_it_is_done_once(ca: Cena) -> None:
    inform(ca, hours())
    answer(ca, "validadas")

    again = inform(ca, hours())

    assert again.status_code == 409
    assert "A modulação do mês é feita uma vez só" in text(again)
    assert Modulacao.objects.count() == 1


@pytest.mark.clausula("3.60")
def test_outside_of_the_announced_period_nothing_is_taken_and_it_says_when(ca: Cena, settings: Settings) -> None:
    on(ca, settings, DEPOIS)
    late = inform(ca, hours())
    on(ca, settings, ANTES)
    early = inform(ca, hours())

    assert (late.status_code, early.status_code) == (422, 422)
    assert "Cláusula 3.60: o prazo para modular 03/2027 terminou em 26/02/2027" in text(late)
    assert "O ato é possível a partir de 15/02/2027" in text(early)


@pytest.mark.clausula("3.62")
def test_without_the_power_of_the_contract_it_waits_for_ccee_and_flat_does_not(ca: Cena, settings: Settings) -> None:
    PotenciaDoContrato.objects.all().delete()

    refused = inform(ca, hours())
    on(ca, settings, DEPOIS)
    services.advance(now=DEPOIS)

    assert refused.status_code == 422
    assert "Cláusulas 3.60 e 3.62: falta a potência associada" in text(refused)
    assert Modulacao.objects.get().calculo == "flat 1 (cláusula 3.61)"


@pytest.mark.clausula("3.62")
def test_a_least_power_above_the_greatest_is_refused_and_the_edital_may_set_both(ca: Cena) -> None:
    row = PotenciaDoContrato.objects.get()
    address = f"/admin/contratos/potenciadocontrato/{row.pk}/change/"
    stated = {"contrato": str(ca.contrato.pk), "associada_mw": "20", "maxima_mw": "18"}

    refused = as_actor(ca.ccee).post(address, {**stated, "minima_mw": "18.5"})
    taken = as_actor(ca.ccee).post(address, {**stated, "minima_mw": "16"})
    low = inform(ca, hours(h30=Decimal(15)))

    assert "Cláusula 3.62: a potência mínima (18,5" in text(refused)
    assert taken.status_code == 302
    assert "de 16,000000 a 18,000000 MW" in text(low)


@pytest.mark.clausula("3.61")
def test_more_than_the_power_allows_is_warned_of_before_and_still_becomes_flat(ca: Cena, settings: Settings) -> None:
    MontanteDoMes.objects.update(energia_mwh=Decimal(15000))

    page = text(as_actor(ca.ana).get(MES))
    on(ca, settings, DEPOIS)
    services.advance(now=DEPOIS)

    assert "com 15000,000000 MWh, não cabe nos limites de potência" in page
    assert "não cabe nos limites" in Modulacao.objects.get().entrada["aviso"]


@pytest.mark.clausula("3.60", "3.61")
def test_a_house_that_reads_3_60_without_a_validation_has_none(ca: Cena, settings: Settings) -> None:
    settings.MODULACAO_EXIGE_VALIDACAO = False
    MontanteDoMes.objects.create(contrato=ca.contrato, mes=date(2027, 4, 1), energia_mwh=Decimal(7200))
    announce("modulacao_ca", date(2027, 2, 15), date(2027, 2, 26), mes=date(2027, 4, 1))
    services.open_months(now=ca.now)
    horas = "\n".join(f"{day:02}/04/2027; {'; '.join(['10'] * 24)}" for day in range(1, 31))

    sent = as_actor(ca.davi).post("/contratos/CA-1/modulacao/2027-04/", {"horas_do_mes": horas, "enviar": "sim"})

    assert sent.status_code == 302
    assert Modulacao.objects.get().situacao == "final"
    assert Modulacao.objects.get().fluxo.estado == "modulado pelo comprador"


def test_opening_again_opens_nothing_and_a_period_announced_anew_moves_the_deadline(ca: Cena) -> None:
    Anuncio.objects.update(ate=date(2027, 2, 28))

    opened = services.open_months(now=ca.now)

    assert opened == 0
    assert ca.row("H1").vence_em == date(2027, 2, 28)


@pytest.mark.clausula("3.60")
def test_the_period_of_its_auction_counts_in_the_place_of_the_general_one(ca: Cena) -> None:
    announce("modulacao_ca", date(2027, 2, 10), date(2027, 2, 24), leilao=ca.contrato.leilao)

    services.open_months(now=ca.now)

    assert ca.row("H1").vence_em == date(2027, 2, 24)


@pytest.mark.clausula("3.61")
def test_a_month_that_was_announced_too_late_for_anybody_opens_and_becomes_flat(ca: Cena, settings: Settings) -> None:
    abril = date(2027, 4, 1)
    MontanteDoMes.objects.create(contrato=ca.contrato, mes=abril, energia_mwh=Decimal(7200))
    announce("modulacao_ca", date(2027, 2, 15), date(2027, 2, 26), mes=abril)
    inform(ca, hours())
    answer(ca, "validadas")
    on(ca, settings, DEPOIS)

    opened = services.open_months(now=DEPOIS)
    services.advance(now=DEPOIS)

    assert opened == 1
    assert Modulacao.objects.get(mes=abril).origem == "flat"


def test_a_flow_that_ccee_cancels_leaves_no_hours_waiting_and_the_month_opens_anew(ca: Cena) -> None:
    inform(ca, hours())

    services.cancel_flow(ca.row("H1").fluxo, motivo="Energia do mês em revisão", ator=ca.ccee, now=ca.now)
    opened = services.open_months(now=ca.now)

    assert Modulacao.objects.get().situacao == "sem_efeito"
    assert opened == 1
    assert ca.row("H1", Fluxo.objects.latest("pk")).situacao == "aberta"


def test_the_ledger_keeps_a_digest_of_so_many_hours_and_the_activity_all_of_them(ca: Cena) -> None:
    inform(ca, hours())

    told = Evento.objects.filter(tipo="contrato.atividade_concluida").latest("numero").dados["evidencia"]

    assert told["horas_do_mes"].startswith("744 linhas, SHA-256 ")
    assert len(ca.row("H1").evidencia["horas_do_mes"].splitlines()) == 744
