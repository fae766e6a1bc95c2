"""What contracts ask of operations: CCEE's own delays, and the daily look at the Diário Oficial."""

from datetime import date, timedelta

import pytest

from contratos.domain.contrato import Especie
from contratos.models import Atividade, Contrato, TipoDeLeilao
from notificacoes.models import Envio, Motivo, Tarefa
from notificacoes.services import operacao, plan
from portal.auditoria.models import Evento
from portal.calendario.models import Feriado
from tests.contratos import cena as cenas
from tests.contratos.cena import Cena
from tests.notificacoes.cena import at
from tests.notificacoes.contratos import QUARTA, SEGUNDA, SEXTA, due, only

pytestmark = pytest.mark.django_db

QUINTA = QUARTA + timedelta(days=1)


@pytest.fixture
def cena() -> Cena:
    return cenas.create()


@pytest.fixture
def m2(cena: Cena) -> Atividade:
    """A milestone of CCEE's, open, due on Wednesday, 2 December."""
    only(cena, "N1", None)
    row = cena.row("M2")
    Atividade.objects.exclude(pk=row.pk).update(situacao="aguardando")
    Atividade.objects.filter(pk=row.pk).update(situacao="aberta")
    return due(row, QUARTA)


def late() -> list[Tarefa]:
    return list(Tarefa.objects.filter(motivo=Motivo.ATIVIDADE_ATRASADA).order_by("pk"))


def editions(**only_those: object) -> list[str]:
    rows = Tarefa.objects.filter(motivo=Motivo.CONFERIR_DOU, **only_those).order_by("pk")
    return [chave.partition(":")[2] for chave in rows.values_list("chave", flat=True)]


def test_what_ccee_is_late_with_is_a_task_and_no_mail(m2: Atividade) -> None:
    for day in (QUARTA, QUINTA, QUINTA):
        plan(now=at(day))

    (tarefa,) = late()
    assert tarefa.detalhe == "CCEAR-1: Pedir informações aos agentes venceu em 02/12/2026."
    assert tarefa.atividade == m2
    assert tarefa.created_at == at(QUINTA)
    assert not Envio.objects.exists()


def test_the_task_is_done_when_the_activity_is(m2: Atividade, cena: Cena) -> None:
    plan(now=at(QUINTA))
    cena.close("M2")
    plan(now=at(QUINTA, 13))

    (tarefa,) = late()
    assert (tarefa.done_by, tarefa.done_at) == ("portal", at(QUINTA, 13))
    assert Evento.objects.filter(tipo="tarefa.concluida", ator="portal").count() == 1


def test_with_a_new_date_it_may_be_late_anew(m2: Atividade) -> None:
    plan(now=at(QUINTA))
    due(m2, QUINTA + timedelta(days=4))
    plan(now=at(QUINTA, 13))
    plan(now=at(QUINTA + timedelta(days=5)))

    assert [tarefa.done_at is None for tarefa in late()] == [False, True]


def test_what_waits_for_the_flow_under_it_is_nobodys_delay(m2: Atividade, cena: Cena) -> None:
    Atividade.objects.filter(pk=m2.pk).update(situacao="aguardando")
    Atividade.objects.filter(codigo="N2").update(situacao="aberta", vence_em=QUARTA)
    plan(now=at(QUINTA))
    assert late() == []


def test_ccee_is_the_buyer_of_a_reserve_contract() -> None:
    cena = cenas.create(Especie.CER, TipoDeLeilao.RESERVA)
    only(cena, "N4", QUARTA)
    plan(now=at(QUINTA))
    assert [tarefa.detalhe for tarefa in late()] == ["CCEAR-1: Assinar digitalmente (comprador) venceu em 02/12/2026."]


@pytest.mark.clausula("3.20")
def test_each_business_day_somebody_looks_at_the_official_gazette(cena: Cena) -> None:
    for day in range(7):
        plan(now=at(SEXTA + timedelta(days=day)))
        plan(now=at(SEXTA + timedelta(days=day), 18))

    assert editions() == ["2026-11-27", "2026-11-30", "2026-12-01", "2026-12-02", "2026-12-03"]
    assert "Edição de sexta-feira, 27/11/2026" in Tarefa.objects.earliest("pk").detalhe


@pytest.mark.clausula("3.20")
def test_a_day_without_a_look_is_marked_for_good(cena: Cena) -> None:
    for day in (SEXTA, SEGUNDA):
        plan(now=at(day))
        if day == SEGUNDA:
            operacao.close_task(Tarefa.objects.latest("pk"), nota="nada", by="olga", now=at(day))
    plan(now=at(SEGUNDA + timedelta(days=1)))
    plan(now=at(SEGUNDA + timedelta(days=2)))

    marked = editions(detalhe__startswith="Não foi conferido no seu dia. Edição de")
    assert marked == ["2026-11-27", "2026-12-01"]


def test_days_that_an_outage_passed_over_are_asked_for_too(cena: Cena) -> None:
    plan(now=at(SEXTA))
    plan(now=at(QUARTA))
    assert editions() == ["2026-11-27", "2026-11-30", "2026-12-01", "2026-12-02"]
    plan(now=at(QUARTA + timedelta(days=400)))
    assert len(editions()) < 4 + 31


def test_without_a_calendar_saturdays_and_sundays_are_still_free(cena: Cena) -> None:
    plan(now=at(SEXTA))
    Feriado.objects.all().delete()
    plan(now=at(SEGUNDA))
    assert editions() == ["2026-11-27", "2026-11-30"]


def test_without_contracts_there_is_nothing_to_look_for(db: None) -> None:
    assert not Contrato.objects.exists()
    plan(now=at(date(2026, 11, 30)))
    assert editions() == []
