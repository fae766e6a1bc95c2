"""The list that is frozen, what operations change in it, and that a change holds at once."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from portal.agentes.models import Usuario
from portal.auditoria.models import Evento
from portal.calendario import selectors, services, tasks
from portal.calendario.models import Feriado, Origem
from portal.calendario.nacional import holidays
from portal.kernel.business_days import ForaDoCalendario

ClientOf = Callable[[Usuario], Client]
WHEN = datetime(2026, 11, 21, 12, tzinfo=UTC)
FIXED = ((1, 1), (4, 21), (5, 1), (9, 7), (10, 12), (11, 2), (11, 15), (11, 20), (12, 25))
EASTER = {-48, -47, -2, 60}  # Carnival Monday and Tuesday, Good Friday, Corpus Christi


def easter(year: int) -> date:
    """Meeus, Jones and Butcher: what ANBIMA's movable days hang on."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    month, day = divmod(h + i - 7 * ((a + 11 * h + 22 * i) // 451) + 114, 31)
    return date(year, month, day + 1)


def test_the_list_is_the_one_that_anbima_publishes() -> None:
    years = range(2024, 2079)
    published = {date(year, *day) for year in years for day in FIXED}
    published |= {easter(year) + timedelta(days=days) for year in years for days in EASTER}

    assert set(holidays(years)) == published
    assert len(published) == 715


def test_twenty_november_counts_from_2024_on() -> None:
    assert date(2023, 11, 20) not in holidays([2023])
    assert date(2024, 11, 20) in holidays([2024])


@pytest.mark.parametrize("day", [date(2027, 2, 10), date(2027, 10, 28), date(2027, 12, 24), date(2027, 12, 31)])
def test_days_on_which_banks_are_open_count(day: date) -> None:
    assert day not in holidays([2027])


def test_every_database_starts_with_2020_to_fifteen_years_ahead(db: None, now: datetime) -> None:
    assert selectors.years() == set(range(2020, now.year + 16))
    assert Evento.objects.filter(tipo="calendario.semeado").exists()


def test_a_year_that_is_held_stays_as_it_is(db: None, now: datetime) -> None:
    Feriado.objects.filter(data=date(now.year, 12, 25)).update(nome="Outro nome", dia_util=True)
    before, entries = list(Feriado.objects.values_list()), Evento.objects.count()

    assert services.seed(now=now) == 0
    assert list(Feriado.objects.values_list()) == before
    assert Evento.objects.count() == entries


def test_the_horizon_never_runs_out(db: None, now: datetime) -> None:
    later = now.replace(day=1) + timedelta(days=3 * 366)
    services.save_feriado(Feriado(data=date(later.year + 15, 12, 25), nome="Nosso"), by="op", now=now)

    services.seed(now=later)

    assert selectors.years() == set(range(2020, later.year + 16))
    assert Feriado.objects.get(data=date(later.year + 15, 12, 25)).nome == "Nosso"
    assert tasks.seed_calendar() == 0


def test_a_clock_that_once_stood_elsewhere_leaves_no_gap(db: None, now: datetime) -> None:
    Feriado.objects.all().delete()
    services.seed(now=WHEN.replace(year=2010))

    services.seed(now=WHEN)

    assert selectors.years() == set(range(2009, 2042))


def test_a_change_is_seen_at_once(db: None, now: datetime) -> None:
    friday = date(2026, 11, 20)
    assert not selectors.calendar().is_business(friday)
    row = Feriado.objects.get(data=friday)

    row.dia_util = True
    services.save_feriado(row, by="op", now=now)
    services.save_feriado(Feriado(data=date(2026, 11, 23), nome="Luto oficial"), by="op", now=now)

    assert selectors.calendar().is_business(friday)
    assert selectors.calendar().name(date(2026, 11, 23)) == "Luto oficial"


def test_an_unchanged_calendar_is_counted_once(db: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(2):
        assert selectors.calendar() is selectors.calendar()


def test_a_day_of_a_year_nobody_knows_does_not_stretch_the_calendar(db: None, now: datetime) -> None:
    services.save_feriado(Feriado(data=date(2050, 1, 1), nome="Longe"), by="op", now=now)

    with pytest.raises(ForaDoCalendario):
        selectors.calendar().is_business(date(2050, 1, 3))


def test_an_empty_calendar_says_so(db: None) -> None:
    Feriado.objects.all().delete()

    with pytest.raises(ForaDoCalendario, match="vazio"):
        selectors.calendar()


def test_the_ledger_says_what_a_day_was_before(db: None, now: datetime) -> None:
    row = Feriado.objects.get(data=date(2026, 12, 25))
    row.nome, row.dia_util, row.data = "Natal de trabalho", True, date(2026, 12, 26)

    services.save_feriado(row, by="olga", now=now)

    evento = Evento.objects.latest("numero")
    assert (evento.tipo, evento.ator, evento.objeto) == (
        "calendario.alterado",
        "olga",
        "25/12/2026 Natal de trabalho",
    )
    assert evento.dados == {
        "data": "2026-12-25",
        "nome": {"de": "Natal", "para": "Natal de trabalho"},
        "dia_util": {"de": False, "para": True},
    }
    assert Feriado.objects.get(pk=row.pk).origem == Origem.BIBLIOTECA


def test_the_ledger_says_of_a_new_day_what_it_was_without_a_row(db: None, now: datetime) -> None:
    services.save_feriado(Feriado(data=date(2026, 11, 23), nome="Luto oficial"), by="op", now=now)

    assert Evento.objects.latest("numero").dados == {
        "data": "2026-11-23",
        "nome": {"de": "", "para": "Luto oficial"},
        "dia_util": {"de": True, "para": False},
    }


def test_a_day_tells_its_history(client_of: ClientOf, operacao: Usuario, now: datetime) -> None:
    row = Feriado.objects.get(data=date(2026, 12, 25))
    page = f"/admin/calendario/feriado/{row.pk}/change/"
    assert "Como veio da lista do portal" in client_of(operacao).get(page).text

    row.dia_util = True
    services.save_feriado(row, by="olga", now=now)
    row.dia_util = False
    services.save_feriado(row, by="<b>otto</b>", now=now)

    told = client_of(operacao).get(page).text
    assert "olga<br>dia útil: de não para sim" in told
    assert "&lt;b&gt;otto&lt;/b&gt;<br>dia útil: de sim para não" in told


def test_saving_without_a_change_leaves_no_entry(db: None, now: datetime) -> None:
    entries = Evento.objects.count()

    services.save_feriado(Feriado.objects.get(data=date(2026, 12, 25)), by="op", now=now)

    assert Evento.objects.count() == entries


def test_one_date_has_one_row(db: None, now: datetime) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        services.save_feriado(Feriado(data=date(2026, 12, 25), nome="De novo"), by="op", now=now)


def test_operations_add_a_day_and_cannot_move_it(client_of: ClientOf, operacao: Usuario) -> None:
    browser, form = client_of(operacao), {"data": "2026-11-23", "nome": "Luto oficial"}
    browser.post("/admin/calendario/feriado/add/", form)
    row = Feriado.objects.get(data=date(2026, 11, 23))

    change = {"data": "2026-11-24", "nome": "Luto", "dia_util": "on"}
    browser.post(f"/admin/calendario/feriado/{row.pk}/change/", change)

    row.refresh_from_db()
    assert (row.data, row.nome, row.dia_util, row.origem, row.quem) == (
        date(2026, 11, 23),
        "Luto",
        True,
        Origem.OPERACAO,
        "operacao",
    )


def test_the_list_says_which_day_of_the_week_it_is(client_of: ClientOf, leitura: Usuario) -> None:
    page: Any = client_of(leitura).get("/admin/calendario/feriado/", {"data__year": 2027})

    assert "Terça-feira" in page.content.decode()
