"""Calendar feeds: what they say, to whom, and for how long."""

import hashlib
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries

from certificados import services as certificados
from certificados.models import Certificado
from notificacoes import services
from notificacoes.models import Agenda
from notificacoes.services.agendas import LIMITE
from portal import clock
from portal.agentes import acesso
from portal.agentes import services as agentes
from portal.agentes.models import Agente, Papel, Representacao, Usuario
from portal.auditoria.models import Evento
from portal.demo.hierarquia import Hierarquia
from portal.kernel.errors import Conflict, Forbidden, NotFound
from portal.logs import OneLine
from tests import factories

ClientOf = Callable[[Usuario], Client]
NOWHERE = "/agenda/" + "a" * 43 + ".ics"


@pytest.fixture
def certificado(agente: Agente, ana: Usuario, confianca: Hierarquia) -> Certificado:
    factories.adhere(agente, ana, confianca)
    return Certificado.objects.get(agente=agente)


def address(usuario: Usuario, now: datetime, agente: Agente | None = None) -> str:
    _, segredo = services.create_agenda(agente, ator=acesso.of_usuario(usuario), now=now)
    return f"/agenda/{segredo}.ics"


def events(client: Client, url: str) -> list[Any]:
    """As a calendar program reads them."""
    response = client.get(url)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def ends(certificado: Certificado, at: datetime) -> None:
    certificado.valid_until = at
    certificado.save(update_fields=["valid_until"])


def test_a_calendar_program_can_read_it(client: Client, certificado: Certificado, ana: Usuario, now: datetime) -> None:
    ends(certificado, datetime(2027, 2, 10, 2, 59, 59, tzinfo=UTC))  # 23:59:59 of the 9th in São Paulo

    (event,) = events(client, address(ana, now))

    assert event["uid"] == f"certificado-{certificado.pk}@portal.invalid"
    assert event["summary"] == "Certificado vence: SERRA AZUL — api.cer"
    assert (event.start, event.end) == (date(2027, 2, 9), date(2027, 2, 10))
    assert "vence terça-feira, 09/02/2027 (Carnaval). Último dia útil antes: 05/02/2027." in event["description"]
    assert event["url"] == "http://127.0.0.1:8000/adesao/12ABC34501DE35/"
    assert event["status"] == "CONFIRMED"


def test_it_rings_at_nine_thirty_fifteen_and_seven_days_before(
    client: Client, certificado: Certificado, ana: Usuario, now: datetime
) -> None:
    (event,) = events(client, address(ana, now))

    first = datetime.combine(event.start, datetime.min.time())
    rings = [first + alarm["trigger"].dt for alarm in event.walk("VALARM")]
    assert rings == [first - timedelta(days=lead) + timedelta(hours=9) for lead in (30, 15, 7)]


def test_the_feed_says_its_name_and_how_often_to_come_back(
    client: Client, certificado: Certificado, ana: Usuario, agente: Agente, now: datetime
) -> None:
    one, everything = (client.get(address(ana, now, which)).content for which in (agente, None))

    assert Calendar.from_ical(one)["x-wr-calname"] == "Prazos de SERRA AZUL"
    assert Calendar.from_ical(everything)["x-wr-calname"] == "Prazos das minhas empresas"
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT12H" in one
    assert b"X-PUBLISHED-TTL:PT12H" in one


def test_the_same_rows_give_the_same_bytes(
    client: Client, certificado: Certificado, ana: Usuario, now: datetime
) -> None:
    url = address(ana, now)

    first, second = client.get(url), client.get(url)
    again = client.get(url, headers={"If-None-Match": first.headers["ETag"]})

    assert first.content == second.content
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("nasty", ["A\r\nEND:VEVENT", "A\rATTENDEE:mailto:x@y", "A;B,C\\N\\", "A\x0b\u2028\x00B"])
def test_a_hostile_name_adds_no_line(
    nasty: str, client: Client, certificado: Certificado, ana: Usuario, agente: Agente, now: datetime
) -> None:
    plain = client.get(address(ana, now)).content
    # Past the service, which would have made it visible already.
    Agente.objects.filter(pk=agente.pk).update(sigla=nasty.replace("\0", ""), razao_social=nasty.replace("\0", ""))
    Certificado.objects.update(nome_arquivo=nasty.replace("\0", ""))

    content = client.get(address(ana, now)).content

    assert names(content) == names(plain)
    assert len(Calendar.from_ical(content).walk("VEVENT")) == 1


def names(content: bytes) -> list[str]:
    """Of the properties, in the order of their unfolded lines, whatever one takes for a line break."""
    lines = content.decode().replace("\r\n ", "").splitlines()
    return [re.split("[:;]", line)[0] for line in lines]


def test_what_has_ended_is_no_longer_told(
    client: Client, certificado: Certificado, ana: Usuario, now: datetime
) -> None:
    ends(certificado, now - timedelta(seconds=5))

    assert events(client, address(ana, now)) == []


def test_one_that_was_removed_is_told_as_cancelled_for_thirty_days(
    client: Client, certificado: Certificado, ana: Usuario, now: datetime
) -> None:
    url = address(ana, now)
    certificados.remove(certificado, by="op", motivo="trocado", now=now - timedelta(days=29))

    (event,) = events(client, url)
    assert (event["status"], event["sequence"], event.walk("VALARM")) == ("CANCELLED", 1, [])

    Certificado.objects.update(removed_at=now - timedelta(days=31))
    assert events(client, url) == []


def test_one_that_the_portal_removed_at_its_end_is_not_told_as_cancelled(
    client: Client, certificado: Certificado, ana: Usuario, now: datetime
) -> None:
    ends(certificado, now - timedelta(minutes=5))
    certificados.remove(certificado, by="portal", motivo="venceu", now=now)

    assert events(client, address(ana, now)) == []


def test_a_date_whose_holidays_nobody_knows_yet_stands_alone(
    client: Client, certificado: Certificado, ana: Usuario, now: datetime
) -> None:
    ends(certificado, datetime(2060, 3, 1, 15, tzinfo=UTC))

    (event,) = events(client, address(ana, now))

    assert "vence 01/03/2060.\n" in event["description"]


def test_a_feed_shows_only_what_its_person_represents_today(
    client: Client, certificado: Certificado, ana: Usuario, davi: Usuario, outro_agente: Agente, now: datetime
) -> None:
    mine, theirs = address(ana, now), address(davi, now)
    assert len(events(client, mine)) == 1
    assert events(client, theirs) == []

    factories.represent(davi, certificado.agente, Papel.REPRESENTANTE_CONTABIL)
    agentes.end_representacao(Representacao.objects.get(usuario=ana), on=clock.local_date(now), by="op", now=now)

    assert len(events(client, theirs)) == 1
    assert events(client, mine) == []


def test_every_wrong_address_gets_the_same_answer(
    client: Client, certificado: Certificado, ana: Usuario, bruno: Usuario, agente: Agente, now: datetime
) -> None:
    revoked, ended, disabled = address(ana, now), address(ana, now, agente), address(bruno, now)
    services.revoke_agenda(Agenda.objects.earliest("pk").pk, ator=acesso.of_usuario(ana), now=now)
    agentes.end_representacao(Representacao.objects.get(usuario=ana), on=clock.local_date(now), by="op", now=now)
    Usuario.objects.filter(pk=bruno.pk).update(is_active=False)

    answers = [client.get(url) for url in (NOWHERE, revoked, ended, disabled, "/agenda/curto.ics")]

    assert {response.status_code for response in answers} == {404}
    assert len({response.content for response in answers}) == 1


def test_the_secret_is_kept_nowhere(client_of: ClientOf, ana: Usuario, now: datetime) -> None:
    page = client_of(ana).post("/agenda/", {"empresa": ""}).content.decode()
    (segredo,) = set(re.findall(r"/agenda/([\w-]{43})\.ics", page))

    agenda = Agenda.objects.get()
    assert agenda.sha256 == hashlib.sha256(segredo.encode()).hexdigest()
    assert segredo not in client_of(ana).get("/agenda/").content.decode()
    assert not [evento for evento in Evento.objects.all() if segredo in str(evento.body())]


def test_the_secret_is_in_no_log_line(client: Client, ana: Usuario, now: datetime, caplog: Any) -> None:
    client.post(address(ana, now))

    lines = [OneLine().format(record) for record in caplog.records]
    assert lines
    assert all(line.endswith(": /agenda/[segredo].ics") for line in lines)


def test_making_and_revoking_are_in_the_ledger(ana: Usuario, agente: Agente, now: datetime) -> None:
    ator = acesso.of_usuario(ana)
    agenda, _ = services.create_agenda(agente, ator=ator, now=now)
    services.create_agenda(None, ator=ator, now=now)
    services.revoke_agenda(agenda.pk, ator=ator, now=now)

    rows = Evento.objects.filter(tipo__startswith="agenda.").order_by("numero")
    assert list(rows.values_list("tipo", "ator", "cnpj", "objeto")) == [
        ("agenda.criada", "ana", agente.cnpj, "SERRA AZUL"),
        ("agenda.criada", "ana", "", "todas as empresas"),
        ("agenda.revogada", "ana", agente.cnpj, "SERRA AZUL"),
    ]


def test_the_trail_of_the_person_shows_it(client_of: ClientOf, ana: Usuario, now: datetime) -> None:
    address(ana, now)

    assert "criou um endereço secreto de agenda" in client_of(ana).get("/trilha/").content.decode()


def test_nobody_makes_one_for_a_company_of_others(
    client_of: ClientOf, ana: Usuario, outro_agente: Agente, now: datetime
) -> None:
    with pytest.raises(NotFound):
        services.create_agenda(outro_agente, ator=acesso.of_usuario(ana), now=now)

    assert client_of(ana).post("/agenda/", {"empresa": outro_agente.pk}).status_code == 422
    assert not Agenda.objects.exists()


def test_who_represents_nobody_is_told_so(client_of: ClientOf, aneel: Usuario, now: datetime) -> None:
    with pytest.raises(Forbidden):
        services.create_agenda(None, ator=acesso.of_usuario(aneel), now=now)

    assert "Você não representa nenhuma empresa" in client_of(aneel).get("/agenda/").content.decode()


def test_nobody_revokes_anothers(ana: Usuario, davi: Usuario, now: datetime) -> None:
    agenda, _ = services.create_agenda(None, ator=acesso.of_usuario(ana), now=now)

    with pytest.raises(NotFound):
        services.revoke_agenda(agenda.pk, ator=acesso.of_usuario(davi), now=now)


def test_there_is_a_limit_to_how_many(ana: Usuario, now: datetime) -> None:
    for _ in range(LIMITE):
        address(ana, now)

    with pytest.raises(Conflict):
        address(ana, now)


def test_the_last_use_is_kept_to_the_hour(client: Client, ana: Usuario, now: datetime) -> None:
    agenda, _ = services.create_agenda(None, ator=acesso.of_usuario(ana), now=now)
    for minutes in (0, 59, 61):
        agenda.refresh_from_db()
        services.touch_agenda(agenda, now=now + timedelta(minutes=minutes))

    agenda.refresh_from_db()
    assert agenda.last_used_at == now + timedelta(minutes=61)


def test_a_feed_costs_the_same_for_any_number_of_companies(
    client: Client,
    certificado: Certificado,
    ana: Usuario,
    confianca: Hierarquia,
    now: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    url = address(ana, now)
    client.get(url)  # the hour of the last use is written

    for _ in range(2):
        with django_assert_num_queries(5):  # the feed, the companies, certificates, activities, the holidays
            found = events(client, url)
        other = factories.create_agente()
        factories.represent(ana, other, Papel.REPRESENTANTE_CCEE)
        factories.adhere(other, ana, confianca, hosts=("um", "dois"))
    assert len(found) == 3


def test_the_page_revokes_with_a_word(client_of: ClientOf, client: Client, ana: Usuario, now: datetime) -> None:
    url, browser = address(ana, now), client_of(ana)

    page = browser.post(f"/agenda/{Agenda.objects.get().pk}/revogar/", follow=True).content.decode()

    assert "O endereço foi revogado" in page
    assert "Nenhum endereço em uso" in page
    assert client.get(url).status_code == 404
