"""What time and the calendar do to flows without anybody's hand: branches open, requests lapse, open dates move."""

from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO

import pytest
from celery.schedules import crontab
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from contratos import services, tasks
from contratos.models import Atividade, Contagem, Fluxo
from portal.agentes.models import Usuario
from portal.auditoria.models import Evento
from portal.calendario import services as calendario
from portal.calendario.models import Feriado
from portal.celery import app
from tests.contratos import cena as cenas
from tests.contratos.cena import Cena, P

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Usuario], Client]

LUTO = date(2026, 11, 23)


@pytest.fixture
def cena() -> Cena:
    """N1 is closed, the milestones are open; everything counted from P, 19 November."""
    cena = cenas.create()
    cena.open()
    services.recompute_open(by="portal", now=cena.now)
    cena.close("N1")
    return cena


def make_holiday(cena: Cena, day: date = LUTO) -> None:
    calendario.save_feriado(Feriado(data=day, nome="Luto oficial"), by="olga.ccee", now=cena.now)


def dates() -> dict[int, date | None]:
    return dict(Atividade.objects.values_list("pk", "vence_em"))


def test_a_new_holiday_moves_what_is_open_and_nothing_that_is_closed(cena: Cena) -> None:
    before = dates()
    make_holiday(cena)

    moved = services.recompute_open(by="portal", now=cena.now)

    changed = {pk for pk, day in dates().items() if day != before[pk]}
    alive = Atividade.objects.filter(closed_at=None, vence_em__isnull=False)
    assert changed == set(alive.values_list("pk", flat=True))
    assert moved == len(changed) > 5
    assert cena.row("N1").vence_em == date(2026, 11, 24)  # closed: as it was
    assert cena.row("N2").vence_em == date(2026, 12, 29)  # 28 December before


def test_the_ledger_keeps_what_each_date_was_and_why_it_moved_for_both_sides(cena: Cena) -> None:
    make_holiday(cena)

    services.recompute_open(by="portal", now=cena.now)

    rows = Evento.objects.filter(tipo="contrato.prazo_alterado", dados__atividade="N2", dados__por__startswith="cal")
    assert {row.cnpj for row in rows} == {cena.vendedor.cnpj, cena.comprador.cnpj}
    assert rows[0].ator == "portal"
    assert rows[0].dados["prazo_anterior"] == "2026-12-28"
    assert rows[0].dados["vence_em"] == "2026-12-29"
    assert rows[0].dados["por"] == "calendário alterado (23/11/2026 Luto oficial)"


def test_each_move_is_counted_on_the_activity(cena: Cena) -> None:
    before = cena.row("N2").versao
    make_holiday(cena)
    services.recompute_open(by="portal", now=cena.now)
    assert cena.row("N2").versao == before + 1


def test_a_calendar_that_did_not_change_costs_two_questions(
    cena: Cena, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    services.recompute_open(by="portal", now=cena.now)

    with django_assert_num_queries(2):
        assert services.recompute_open(by="portal", now=cena.now) == 0


def test_a_run_that_ended_halfway_is_made_good_by_the_next(cena: Cena) -> None:
    make_holiday(cena)
    services.recompute_open(by="portal", now=cena.now)
    Contagem.objects.update(evento=0)  # it never came to write down how far it was
    count = Evento.objects.count()

    assert services.recompute_open(by="portal", now=cena.now) == 0
    assert Evento.objects.count() == count


def test_a_flow_whose_dates_leave_the_calendar_keeps_no_other_waiting(cena: Cena) -> None:
    first = Fluxo.objects.order_by("pk")[0]
    before, others = dates(), Atividade.objects.exclude(fluxo=first).filter(closed_at=None)
    Fluxo.objects.filter(pk=first.pk).update(ancoras={"P": "2100-01-04", "H": "2026-10-01"})
    make_holiday(cena)

    moved = services.recompute_open(by="portal", now=cena.now)

    changed = {pk for pk, day in dates().items() if day != before[pk]}
    assert changed == set(others.filter(vence_em__isnull=False).values_list("pk", flat=True))
    assert moved == len(changed) > 5
    entry = Evento.objects.get(tipo="contrato.prazos_nao_recontados")
    assert (entry.objeto, entry.dados["numero_do_fluxo"]) == ("contrato CCEAR-1", first.pk)
    assert "04/01/2100" in entry.dados["motivo"]
    assert services.recompute_open(by="portal", now=cena.now) == 0
    assert Evento.objects.filter(tipo=entry.tipo).count() == 1  # said once for each change of the calendar


def test_operations_see_what_could_not_be_counted_until_it_can(cena: Cena, client_of: ClientOf) -> None:
    assert cena.ccee.usuario
    browser, flows = client_of(cena.ccee.usuario), Fluxo.objects.filter(sob=None)
    good = flows.get().ancoras
    flows.update(ancoras={**good, "P": "2100-01-04"})
    make_holiday(cena)
    services.recompute_open(by="portal", now=cena.now)

    told = browser.get("/admin/").content.decode()
    flows.update(ancoras=good)
    make_holiday(cena, date(2026, 11, 25))
    services.recompute_open(by="portal", now=cena.now)
    later = browser.get("/admin/").content.decode()

    assert "há prazos que não puderam ser recontados" in told
    assert '<a href="/contratos/CCEAR-1/">Abrir CCEAR-1</a>' in told
    assert "não puderam ser recontados" not in later


def test_a_flow_that_is_over_does_not_move(cena: Cena) -> None:
    fluxo = Fluxo.objects.get(procedimento="assinatura_novo")
    for sub in Fluxo.objects.exclude(pk=fluxo.pk):
        services.cancel_flow(sub, motivo="desistência", ator=cena.ccee, now=cena.now)
    fluxo.refresh_from_db()
    if fluxo.closed_at is None:
        services.cancel_flow(fluxo, motivo="desistência", ator=cena.ccee, now=cena.now)
    make_holiday(cena)
    assert services.recompute_open(by="portal", now=cena.now) == 0


@pytest.mark.clausula("3.84")
def test_beat_and_the_command_do_the_same(cena: Cena, settings: Settings) -> None:
    out = StringIO()
    make_holiday(cena)

    call_command("avancar_fluxos", em="2026-11-24", stdout=out)
    tasks.recompute_open()
    tasks.advance()

    assert "Em 24/11/2026 às 12:00: prazos recontados" in out.getvalue()
    assert cena.row("N2").vence_em == date(2026, 12, 29)


def test_the_command_lets_a_request_lapse_on_its_day_and_not_before(cena: Cena) -> None:
    contrato = cena.contrato
    contrato.assinatura = "assinado"
    contrato.save()
    cena.open("alteracao_solicitacao", ator=cena.ana, solicitante=cena.vendedor, ancoras={"T": P})
    cena.close("S1")
    cena.close("S2", resultado="deferida")
    last = cena.row("S3").vence_em
    assert last is not None

    call_command("avancar_fluxos", em=last.isoformat(), stdout=StringIO())
    assert cena.row("S4").situacao == "aguardando"
    call_command("avancar_fluxos", em=(last + timedelta(days=1)).isoformat(), stdout=StringIO())

    assert cena.row("S4").situacao == "concluida"
    assert cena.row("S3").situacao == "cancelada"


def test_another_day_is_refused_in_production(cena: Cena, settings: Settings) -> None:
    settings.PRODUCAO = True
    with pytest.raises(CommandError, match="só o dia de hoje"):
        call_command("avancar_fluxos", em="2030-01-02")
    with pytest.raises(CommandError, match="não é uma data"):
        call_command("avancar_fluxos", em="amanhã")


def test_beat_looks_every_hour_just_after_midnight_too() -> None:
    entry = app.conf.beat_schedule["advance-flows"]
    assert entry["schedule"] == crontab(minute="1")
    assert str(app.conf.timezone) == "America/Sao_Paulo"
    assert {entry["task"], app.conf.beat_schedule["recompute-deadlines"]["task"]} <= set(app.tasks)
