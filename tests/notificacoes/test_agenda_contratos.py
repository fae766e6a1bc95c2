"""Due dates of contracts in a person's own calendar, as a calendar program reads them."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from contratos import services as contratos
from contratos.models import Atividade
from notificacoes import services
from portal import clock
from portal.agentes.acesso import Ator
from portal.agentes.models import Agente
from portal.calendario import services as calendario
from portal.calendario.models import Feriado
from tests.contratos import cena as cenas
from tests.contratos.cena import Cena
from tests.notificacoes.contratos import QUARTA, due, only

pytestmark = pytest.mark.django_db


@pytest.fixture
def cena() -> Cena:
    return cenas.create()


@pytest.fixture
def n1(cena: Cena) -> Atividade:
    row = only(cena, "N1", QUARTA)
    Atividade.objects.exclude(pk=row.pk).update(vence_em=None)
    return row


def address(ator: Ator, agente: Agente | None = None) -> str:
    _, segredo = services.create_agenda(agente, ator=ator, now=clock.now())
    return f"/agenda/{segredo}.ics"


def events(client: Client, url: str) -> list[Any]:
    return list(Calendar.from_ical(client.get(url).content).walk("VEVENT"))


def test_the_holder_sees_the_due_date_and_the_other_side_does_not(client: Client, cena: Cena, n1: Atividade) -> None:
    (event,) = events(client, address(cena.ana))

    assert event["uid"] == f"atividade-{n1.pk}@portal.invalid"
    assert event["summary"] == "Prazo: Enviar a outorga — CCEAR-1"
    assert (event.start, event.end) == (QUARTA, QUARTA + timedelta(days=1))
    assert event["url"] == "http://127.0.0.1:8000/contratos/CCEAR-1/"
    assert "(SOL DO SERTAO × DISTRIBUIDORA SUL), vence quarta-feira, 02/12/2026." in event["description"]
    assert "cláusulas 3.9; prazo P+2du" in event["description"]
    assert events(client, address(cena.davi)) == []


def test_a_companys_feed_has_only_its_own(client: Client, cena: Cena, n1: Atividade) -> None:
    assert len(events(client, address(cena.ana, cena.vendedor))) == 1
    assert len(events(client, address(cena.davi, cena.comprador))) == 0


def test_it_rings_three_business_days_before_and_on_the_day(client: Client, cena: Cena, n1: Atividade) -> None:
    (event,) = events(client, address(cena.ana))

    first = datetime.combine(event.start, datetime.min.time())
    rings = [f"{first + alarm['trigger'].dt:%d/%m %H:%M}" for alarm in event.walk("VALARM")]
    assert rings == ["27/11 09:00", "02/12 09:00"]


def test_a_date_that_moves_keeps_its_uid_and_counts_up(client: Client, cena: Cena) -> None:
    cena.open()
    cena.close("N1")
    contratos.recompute_open(by="portal", now=cena.now)
    url = address(cena.ana)
    before = {event["uid"]: event for event in events(client, url)}
    calendario.save_feriado(Feriado(data=date(2026, 11, 23), nome="Luto"), by="olga", now=cena.now)
    contratos.recompute_open(by="portal", now=cena.now)

    after = {event["uid"]: event for event in events(client, url)}

    assert after.keys() == before.keys()
    moved = [uid for uid in after if after[uid].start != before[uid].start]
    assert moved
    assert all(after[uid]["sequence"] == before[uid]["sequence"] + 2 for uid in moved)


def test_what_was_done_says_so_and_what_was_waived_is_cancelled(client: Client, cena: Cena, n1: Atividade) -> None:
    for situacao, status, words in (
        ("concluida", "CONFIRMED", "Concluída: Enviar a outorga — CCEAR-1"),
        ("dispensada", "CANCELLED", "Prazo: Enviar a outorga — CCEAR-1"),
    ):
        Atividade.objects.filter(pk=n1.pk).update(situacao=situacao, closed_at=clock.now())
        (event,) = events(client, address(cena.ana))
        assert (event["status"], event["summary"], event.walk("VALARM")) == (status, words, [])
        assert event["sequence"] % 2 == 1

    Atividade.objects.filter(pk=n1.pk).update(closed_at=clock.now() - timedelta(days=31))
    assert events(client, address(cena.ana)) == []


def test_what_waits_for_its_turn_is_there_and_says_so(client: Client, cena: Cena, n1: Atividade) -> None:
    Atividade.objects.filter(pk=n1.pk).update(situacao="aguardando")
    (event,) = events(client, address(cena.ana))
    assert "Ainda espera por outra atividade." in event["description"]


def test_a_day_whose_holidays_nobody_knows_rings_on_itself_alone(client: Client, cena: Cena, n1: Atividade) -> None:
    due(n1, date(2060, 3, 1))
    (event,) = events(client, address(cena.ana))
    assert len(event.walk("VALARM")) == 1


def test_the_same_rows_give_the_same_bytes(client: Client, cena: Cena, n1: Atividade) -> None:
    url = address(cena.ana)
    assert client.get(url).content == client.get(url).content
    assert client.get(url, headers={"If-None-Match": client.get(url).headers["ETag"]}).status_code == 304


def test_a_hostile_name_adds_no_line(client: Client, cena: Cena, n1: Atividade) -> None:
    url = address(cena.ana)
    plain = client.get(url).content.count(b"BEGIN:")
    Atividade.objects.filter(pk=n1.pk).update(nome="A\r\nEND:VEVENT\r\nBEGIN:VEVENT")
    content = client.get(url).content
    assert len(Calendar.from_ical(content).walk("VEVENT")) == 1
    assert content.count(b"\r\nBEGIN:") + 1 == plain
