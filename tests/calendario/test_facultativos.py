"""Days off that are no national holidays: one switch each, for the same day of all years from then on."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from portal.agentes.models import Usuario
from portal.auditoria.models import Evento
from portal.calendario import selectors, services
from portal.calendario.models import Facultativo, Feriado, Origem
from portal.calendario.nacional import PONTOS, days_of, holidays

pytestmark = pytest.mark.django_db
WHEN = datetime(2026, 11, 21, 12, tzinfo=UTC)
DAYS = {
    "carnaval-segunda": (date(2027, 2, 8), False),
    "carnaval-terca": (date(2027, 2, 9), False),
    "cinzas": (date(2027, 2, 10), True),
    "corpus-christi": (date(2027, 5, 27), False),
    "sao-paulo-cidade": (date(2027, 1, 25), True),
    "sao-paulo-estado": (date(2027, 7, 9), True),
    "servidor-publico": (date(2027, 10, 28), True),
    "vespera-natal": (date(2027, 12, 24), True),
    "vespera-ano-novo": (date(2027, 12, 31), True),
}


def throw(codigo: str, *, business: bool, now: datetime = WHEN) -> list[date]:
    row = Facultativo.objects.get(codigo=codigo)
    row.dia_util = business
    return services.save_facultativo(row, by="olga", now=now)


def test_every_switch_is_there_from_the_start() -> None:
    assert dict(Facultativo.objects.values_list("codigo", "dia_util")) == {
        codigo: business for codigo, (_, business) in DAYS.items()
    }
    assert set(DAYS) == set(PONTOS)


@pytest.mark.parametrize("codigo", DAYS)
def test_a_switch_turns_its_day_of_every_year_and_no_other(codigo: str) -> None:
    day, business = DAYS[codigo]
    before = selectors.calendar()
    days = [before.first + timedelta(n) for n in range((before.last - before.first).days + 1)]

    changed = throw(codigo, business=not business)

    after = selectors.calendar()
    differ = [each for each in days if before.is_business(each) is not after.is_business(each)]
    assert (before.is_business(day), after.is_business(day)) == (business, not business)
    assert differ == [each for each in changed if each.weekday() < 5]
    assert {each.year for each in changed} <= set(range(2026, 2042))
    assert [each for each in changed if each.year == 2027] == [day]


def test_thrown_back_it_is_as_before() -> None:
    before = dict(Feriado.objects.filter(dia_util=False).values_list("data", "nome"))

    for codigo, (_, business) in DAYS.items():
        throw(codigo, business=not business)
        throw(codigo, business=business)

    assert dict(Feriado.objects.filter(dia_util=False).values_list("data", "nome")) == before


def test_what_is_past_was_counted_as_it_was() -> None:
    carnival = date(2026, 2, 16)

    changed = throw("carnaval-segunda", business=True)

    assert not selectors.calendar().is_business(carnival)
    assert min(changed) == date(2027, 2, 8)


def test_years_still_to_come_follow_the_switch() -> None:
    throw("corpus-christi", business=True)
    throw("vespera-natal", business=False)

    services.seed(now=WHEN.replace(year=2029))

    corpus = next(days_of("corpus-christi", [2044]))
    assert not Feriado.objects.filter(data=corpus).exists()
    assert Feriado.objects.get(data=date(2044, 12, 24)).origem == Origem.BIBLIOTECA


def test_each_day_has_its_entry_with_what_was_before() -> None:
    changed = throw("vespera-natal", business=False)

    switch, *days = Evento.objects.order_by("numero").filter(ator="olga")
    assert (switch.tipo, switch.objeto) == ("calendario.facultativo", "Véspera de Natal (24 de dezembro)")
    assert switch.dados == {"dia_util": {"de": True, "para": False}}
    assert [date.fromisoformat(day.dados["data"]) for day in days] == changed
    assert selectors.history(date(2027, 12, 24)).get().dados["dia_util"] == {"de": True, "para": False}


def test_a_switch_that_is_not_thrown_leaves_no_entry() -> None:
    entries = Evento.objects.count()

    assert throw("corpus-christi", business=False) == []
    assert Evento.objects.count() == entries


def test_a_day_that_operations_set_by_hand_is_not_entered_twice() -> None:
    row = Feriado.objects.get(data=date(2027, 2, 8))
    row.dia_util = True
    services.save_feriado(row, by="olga", now=WHEN)

    assert date(2027, 2, 8) not in throw("carnaval-segunda", business=True)


def test_the_calendar_is_called_what_it_holds() -> None:
    assert selectors.name() == "nacional e bancário"

    for codigo in ("carnaval-segunda", "carnaval-terca", "corpus-christi"):
        throw(codigo, business=True)
    assert selectors.name() == "nacional"

    throw("vespera-natal", business=False)
    assert selectors.name() == "nacional, Véspera de Natal (24 de dezembro)"


def test_a_calendar_of_before_the_switches_gets_them(now: datetime) -> None:
    Facultativo.objects.all().delete()
    assert selectors.name() == "nacional e bancário"

    assert services.seed(now=now) == 0

    assert Facultativo.objects.count() == len(PONTOS)
    assert Evento.objects.latest("numero").dados == {"quantidade": 0, "chaves": len(PONTOS)}


def test_all_switches_together_are_the_national_list_and_one_day_each() -> None:
    assert len(holidays([2027], pontos=PONTOS)) == len(holidays([2027], pontos=())) + len(PONTOS)


def test_operations_throw_a_switch_and_readers_see_it(
    client_of: Callable[[Usuario], Client], operacao: Usuario, leitura: Usuario
) -> None:
    row = Facultativo.objects.get(codigo="corpus-christi")
    page = f"/admin/calendario/facultativo/{row.pk}/change/"

    answer = client_of(operacao).post(page, {"dia_util": "on"}, follow=True)

    row.refresh_from_db()
    assert (row.dia_util, row.quem) == (True, "operacao")
    assert "Dias que mudaram: 15" in answer.text
    assert client_of(leitura).get("/admin/calendario/facultativo/").status_code == 200
    assert client_of(leitura).post(page, {}).status_code == 403
