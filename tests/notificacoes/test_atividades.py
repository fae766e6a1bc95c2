"""Whoever holds an activity of a contract hears of it in time, once, and only while it still is theirs to do."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contratos import services as contratos
from contratos.domain.contrato import Especie
from contratos.models import Atividade, TipoDeLeilao
from notificacoes.models import Envio, Estado, Lembrete, Momento, Tarefa
from notificacoes.services import operacao, plan
from portal.agentes.models import Papel, Representacao, Usuario
from portal.auditoria.models import Evento
from tests import factories
from tests.contratos import cena as cenas
from tests.contratos.cena import Cena
from tests.notificacoes.cena import at, send, sweep
from tests.notificacoes.contratos import QUARTA, SEGUNDA, SEXTA, due, latest, only, told

pytestmark = pytest.mark.django_db

INICIO = date(2026, 11, 23)
ANA, DAVI = "ana.vendedora", "davi.comprador"


@pytest.fixture
def cena() -> Cena:
    return cenas.create()


@pytest.fixture
def n1(cena: Cena) -> Atividade:
    """Of the seller, open, due on Wednesday, 2 December."""
    return only(cena, "N1", QUARTA)


def days(first: date, count: int) -> dict[date, list[str]]:
    """A sweep at noon of each day: who was written to."""
    found = {first + timedelta(days=n): sweep(at(first + timedelta(days=n))) for n in range(count)}
    return {day: people for day, people in found.items() if people}


@pytest.mark.clausula("3.21")
def test_its_holder_is_told_at_its_opening_three_business_days_before_on_the_day_and_both_sides_after(
    n1: Atividade,
) -> None:
    assert days(INICIO, 20) == {
        INICIO: [ANA],
        SEXTA: [ANA],
        QUARTA: [ANA],
        QUARTA + timedelta(days=1): [ANA, DAVI],
    }
    assert {situacao for _, _, situacao in told(n1)} == {"enviada"}


def test_what_was_due_on_a_friday_is_late_on_monday(n1: Atividade) -> None:
    due(n1, SEXTA)
    sweep(at(SEXTA))
    assert days(SEXTA, 10) == {SEGUNDA: [ANA, DAVI]}


def test_nobody_is_reminded_before_eight_in_the_morning(n1: Atividade) -> None:
    sweep(at(INICIO))
    assert sweep(at(SEXTA, 7, 59)) == []
    assert sweep(at(SEXTA, 8, 0)) == [ANA]


def test_only_representantes_ccee_are_told(cena: Cena, n1: Atividade) -> None:
    lia = factories.create_usuario("lia.legal")
    factories.represent(lia, cena.vendedor, Papel.REPRESENTANTE_LEGAL)
    assert {person for person, _, _ in told(n1)} == set()
    assert days(INICIO, 20)[QUARTA + timedelta(days=1)] == [ANA, DAVI]


def test_an_activity_of_either_party_is_told_to_both_from_the_start(cena: Cena, n1: Atividade) -> None:
    Atividade.objects.filter(pk=n1.pk).update(responsavel="agentes")
    assert sweep(at(INICIO)) == [ANA, DAVI]


def test_the_party_that_asked_holds_what_is_the_solicitantes(cena: Cena) -> None:
    cena.open("alteracao_solicitacao", ator=cena.davi, solicitante=cena.comprador, ancoras={"T": INICIO})
    plan(now=at(INICIO))
    assert told(cena.row("S1")) == [(DAVI, "ABERTURA", "planejada")]


def test_two_sweeps_of_the_same_day_owe_nothing_twice(n1: Atividade) -> None:
    plan(now=at(INICIO))
    plan(now=at(INICIO, 13))
    assert sweep(at(INICIO, 14)) == [ANA]
    assert sweep(at(INICIO, 15)) == []
    assert told(n1) == [(ANA, "ABERTURA", "enviada")]


def test_after_an_outage_only_the_latest_moment_is_told(n1: Atividade) -> None:
    assert sweep(at(QUARTA)) == [ANA]
    assert told(n1) == [(ANA, "NO_DIA", "enviada")]


def test_a_moment_that_was_not_sent_in_time_gives_way_to_the_next(n1: Atividade) -> None:
    plan(now=at(INICIO))
    plan(now=at(SEXTA))
    plan(now=at(QUARTA))

    assert sweep(at(QUARTA, 13)) == [ANA]
    assert told(n1) == [(ANA, "ABERTURA", "superada"), (ANA, "ANTES", "superada"), (ANA, "NO_DIA", "enviada")]
    assert Lembrete.objects.earliest("pk").motivo == "Superado por um aviso posterior da mesma atividade"


def test_what_was_closed_meanwhile_is_not_mailed(cena: Cena, n1: Atividade) -> None:
    plan(now=at(INICIO))
    cena.close("N1")
    Atividade.objects.exclude(pk=n1.pk).update(situacao="aguardando", closed_at=None)

    assert send(at(INICIO, 13)) == []  # the plan has not looked again: the text itself finds out
    assert told(n1) == [(ANA, "ABERTURA", "cancelada")]
    assert (
        Lembrete.objects.get(atividade=n1).motivo == "A atividade foi encerrada, dispensada ou cancelada antes do envio"
    )


def test_the_plan_cancels_what_was_waived(cena: Cena, n1: Atividade) -> None:
    plan(now=at(INICIO))
    contratos.waive_activity(n1.pk, motivo="já consta", ator=cena.ccee, now=cena.now)
    plan(now=at(INICIO, 13))
    assert told(n1)[0] == (ANA, "ABERTURA", "cancelada")


def test_a_due_date_that_moved_is_reminded_of_anew_and_the_old_reminder_not_sent(n1: Atividade) -> None:
    sweep(at(INICIO))
    plan(now=at(SEXTA))
    due(n1, QUARTA + timedelta(days=7))

    assert days(SEXTA, 13) == {QUARTA + timedelta(days=2): [ANA], QUARTA + timedelta(days=7): [ANA]}
    assert told(n1)[:3] == [(ANA, "ABERTURA", "enviada"), (ANA, "ANTES", "superada"), (ANA, "ANTES", "enviada")]


def test_a_date_that_moved_back_is_told_of_once_each(n1: Atividade) -> None:
    sweep(at(SEXTA))
    due(n1, QUARTA + timedelta(days=7))
    sweep(at(SEXTA, 13))
    due(n1, QUARTA)

    assert sweep(at(SEXTA, 14)) == []


def test_without_a_due_date_its_opening_is_all_there_is_to_tell(n1: Atividade) -> None:
    due(n1, None)
    assert days(INICIO, 30) == {INICIO: [ANA]}


def test_who_stops_representing_is_not_told_and_who_comes_back_is(cena: Cena, n1: Atividade) -> None:
    plan(now=at(INICIO))
    Usuario.objects.filter(username=ANA).update(is_active=False)
    plan(now=at(INICIO, 13))
    assert told(n1) == [(ANA, "ABERTURA", "cancelada")]

    Usuario.objects.filter(username=ANA).update(is_active=True)
    assert sweep(at(INICIO, 14)) == [ANA]
    assert told(n1) == [(ANA, "ABERTURA", "enviada")]


def test_whoever_becomes_representante_takes_over_what_is_open(cena: Cena, n1: Atividade) -> None:
    sweep(at(INICIO))
    eva = factories.create_usuario("eva.nova")
    factories.represent(eva, cena.vendedor, Papel.REPRESENTANTE_CCEE)
    Representacao.objects.filter(usuario__username=ANA).delete()

    assert sweep(at(SEXTA)) == ["eva.nova"]


def test_several_on_one_day_are_one_message(cena: Cena, n1: Atividade) -> None:
    Atividade.objects.filter(codigo__in=["M1", "M3v", "M5v"]).update(situacao="aberta", vence_em=QUARTA)

    assert sweep(at(SEXTA)) == [ANA]
    assert latest(ANA).lembretes.filter(situacao="enviada").count() == 4


def test_the_message_id_is_fixed_when_it_is_planned_and_is_the_same_if_it_is_planned_again(n1: Atividade) -> None:
    plan(now=at(INICIO))
    first = latest(ANA).message_id
    Lembrete.objects.all().delete()
    Envio.objects.all().delete()

    plan(now=at(INICIO, 13))

    assert (
        latest(ANA).message_id == first == f"contrato-{n1.pk}.1.20261202-{latest(ANA).destinatario_id}-1@portal.invalid"
    )


def test_a_dead_letter_becomes_a_task_and_an_entry_of_the_company(cena: Cena, n1: Atividade) -> None:
    Usuario.objects.filter(username=ANA).update(email="sem arroba")

    assert sweep(at(INICIO)) == []

    assert told(n1) == [(ANA, "ABERTURA", "morta")]
    assert Tarefa.objects.get(motivo="nao_entregue").envio == latest(ANA)
    assert Evento.objects.get(tipo="aviso.nao_entregue").cnpj == cena.vendedor.cnpj


def test_one_that_died_is_told_again_when_it_is_sent_again(n1: Atividade) -> None:
    Usuario.objects.filter(username=ANA).update(email="sem arroba")
    sweep(at(INICIO))

    operacao.correct_address(latest(ANA), "ana@exemplo.test", by="olga", now=at(INICIO, 13))

    assert send(at(INICIO, 14)) == [ANA]
    assert told(n1) == [(ANA, "ABERTURA", "enviada")]


def test_what_was_told_on_the_telephone_is_not_mailed(n1: Atividade) -> None:
    plan(now=at(INICIO))
    operacao.told_by_phone(latest(ANA), nome="Ana", nota="", by="olga", now=at(INICIO))
    assert sweep(at(INICIO, 13)) == []
    assert told(n1) == [(ANA, "ABERTURA", "cancelada")]


def test_the_ledger_says_to_whose_company_it_went(cena: Cena, n1: Atividade) -> None:
    sweep(at(INICIO))
    entry = Evento.objects.get(tipo="aviso.enviado")
    assert (entry.cnpj, entry.objeto, entry.dados["tipo"]) == (cena.vendedor.cnpj, latest(ANA).message_id, "contrato")


def test_a_quick_sweep_asks_nothing_of_the_contracts_while_nothing_happens(cena: Cena, n1: Atividade) -> None:
    plan(now=at(INICIO))
    with CaptureQueriesContext(
        connection,
    ) as quiet:
        plan(now=at(INICIO, 12, 1), complete=False)
    assert not [query for query in quiet if "INSERT" in query["sql"] and "contratos_" in query["sql"]]

    cena.close("N1")
    plan(now=at(INICIO, 12, 2), complete=False)
    assert told(n1) == [(ANA, "ABERTURA", "cancelada")]


def test_a_quick_sweep_sees_the_hour_come(n1: Atividade) -> None:
    plan(now=at(SEXTA, 7, 50))
    plan(now=at(SEXTA, 7, 59), complete=False)
    assert (ANA, "ANTES", "planejada") not in told(n1)
    plan(now=at(SEXTA, 8, 0), complete=False)
    assert (ANA, "ANTES", "planejada") in told(n1)


def test_ccee_as_the_buyer_of_a_reserve_contract_gets_no_mail() -> None:
    cena = cenas.create(Especie.CER, TipoDeLeilao.RESERVA)
    row = only(cena, "N4", QUARTA)
    assert days(INICIO, 20) == {}
    assert told(row) == []


def test_planning_costs_the_same_for_any_number_of_activities(cena: Cena, n1: Atividade) -> None:
    def queries() -> int:
        Lembrete.objects.all().delete()
        Envio.objects.all().delete()
        with CaptureQueriesContext(connection) as found:
            plan(now=at(INICIO))
        return len(found)

    queries()
    few = queries()
    Atividade.objects.filter(responsavel="vendedor").update(situacao="aberta")

    assert queries() == few
    assert Lembrete.objects.filter(momento=Momento.ABERTURA).count() > 5
    assert Envio.objects.filter(estado=Estado.PENDENTE).count() == 1
