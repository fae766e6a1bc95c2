"""The calculator: the same deadline on the page, in the command, in the API and in one's own calendar."""

import json
from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar
from pytest_django import Settings

from portal.agentes.models import Usuario
from portal.calendario import services as calendario
from portal.calendario.models import Feriado
from portal.clock import now
from tests.comandos.executar import run

pytestmark = pytest.mark.django_db
PAGE = "/prazos/"


def test_the_page_asks_for_the_dates_of_the_deadline(client: Client) -> None:
    page = client.get(PAGE, {"expressao": "max(P,H)+25du"})

    assert page.status_code == 200
    assert "P: publicação da outorga da nova usina" in page.text
    assert "H: homologação ou adjudicação do leilão" in page.text
    assert "Vence em" not in page.text


def test_the_page_counts_day_by_day(client: Client) -> None:
    page = client.get(PAGE, {"expressao": "P+2du", "P": "2026-11-19"})

    assert "Vence em terça-feira, 24/11/2026" in page.text
    assert "Consciência Negra: não é dia útil" in page.text


def test_the_page_names_the_clauses_that_give_the_deadline(client: Client) -> None:
    page = client.get(PAGE, {"expressao": "P + 2du", "P": "2026-11-19"})

    assert "Cláusula 3.9 (rev. 6.0)" in page.text
    assert "Quem dá este prazo" not in client.get(PAGE, {"expressao": "P+3du", "P": "2026-11-19"}).text


def test_the_page_names_the_calendar_in_use(client: Client) -> None:
    assert "Calendário nacional e bancário, como está desde" in client.get(PAGE).text


def test_the_page_compares_two_dates(client: Client) -> None:
    page = client.get(PAGE, {"expressao": "P+2du", "P": "2026-11-19", "se-P": "2026-11-26"})

    assert "terça-feira, 24/11/2026" in page.text
    assert "segunda-feira, 30/11/2026" in page.text
    assert "de 24/11/2026 para 30/11/2026: 6 dias depois, 4 dias úteis." in page.text
    assert page.text.count("Pôr na minha agenda") == 2


def test_a_comparison_beyond_the_calendar_counts_running_days_alone(client: Client) -> None:
    page = client.get(PAGE, {"expressao": "T+30dc", "T": "2026-11-25", "se-T": "2150-11-25"})

    assert "para 25/12/2150: 45290 dias depois." in page.text


@pytest.mark.parametrize(
    ("other", "words"), [("2026-11-18", "1 dia antes, 1 dia útil."), ("2026-11-20", "O vencimento é o mesmo")]
)
def test_the_comparison_says_what_changes(client: Client, other: str, words: str) -> None:
    page = client.get(PAGE, {"expressao": "P+2du", "P": "2026-11-19", "se-P": other})

    assert words in page.text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"expressao": ""}, "Escreva o prazo"),
        ({"expressao": "P+2dx"}, "Coluna 2: encontrei “+2dx”"),
        ({"expressao": "P+2du", "P": ""}, "Informe P para calcular"),
        ({"expressao": "P+2du", "P": "19/11/2026"}, "esperava AAAA-MM-DD"),
        ({"expressao": "P+2du", "P": "2150-01-01"}, "O calendário de dias úteis tem os anos de"),
        ({"expressao": "P+2du\0"}, "Caracteres nulos"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(client: Client, query: dict[str, str], words: str) -> None:
    page = client.get(PAGE, query)

    assert page.status_code == 422
    assert words in page.text
    assert query["expressao"].rstrip("\0") in page.text


def test_a_deadline_that_is_not_given_is_said_so(client: Client) -> None:
    page = client.get(PAGE, {"expressao": "N.A."})

    assert "Sem prazo" in page.text
    assert "prazo.ics" not in page.text


def test_the_calendar_file_is_read_by_a_calendar(client: Client) -> None:
    answers = [client.get(f"{PAGE}prazo.ics", {"expressao": "P+2du", "P": "2026-11-19"}) for _ in range(2)]

    first, second = (next(iter(Calendar.from_ical(answer.content).walk("VEVENT"))) for answer in answers)
    assert answers[0].headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert (str(first.decoded("dtstart")), str(first["summary"])) == ("2026-11-24", "Prazo: P+2du")
    assert first["uid"] == second["uid"]
    assert str(first["description"]).startswith("Prazo da cláusula 3.9 (rev. 6.0).\n19/11/2026")


@pytest.mark.parametrize("query", [{"expressao": "N.A."}, {"expressao": "P+2du"}, {"expressao": "?"}, {}])
def test_there_is_no_calendar_file_without_a_date(client: Client, query: dict[str, str]) -> None:
    assert client.get(f"{PAGE}prazo.ics", query).status_code == 422


def test_a_day_that_operations_add_moves_the_deadline_at_once(client: Client) -> None:
    query = {"expressao": "P+2du", "P": "2026-11-19"}
    assert "24/11/2026" in client.get(PAGE, query).text

    calendario.save_feriado(Feriado(data=date(2026, 11, 24), nome="Luto oficial"), by="operacao", now=now())

    page = client.get(PAGE, query)
    assert "Vence em quarta-feira, 25/11/2026" in page.text
    assert "Luto oficial: não é dia útil" in page.text


def test_switches_of_counting_are_settings(client: Client, settings: Settings) -> None:
    settings.PRAZO_ANCORA_ROLA = settings.PRAZO_CORRIDO_ROLA = True
    settings.PRAZO_HORA = time(18)

    assert "até 18:00:00, horário de Brasília" in client.get(PAGE, {"expressao": "P+2du", "P": "2026-11-19"}).text
    assert "18/11/2026" in client.get(PAGE, {"expressao": "P+2du", "P": "2026-11-14"}).text
    assert "28/12/2026" in client.get(PAGE, {"expressao": "T+30dc", "T": "2026-11-25"}).text


def test_command_and_api_give_one_answer(client_of: Callable[[Usuario], Client], ana: Usuario) -> None:
    done = run("calcular_prazo", " P + 2du ", "--ancora", "P=2026-11-19", "--json")
    answer = client_of(ana).get("/api/v1/prazos/calcular/", {"expressao": "P+2du", "P": "2026-11-19"})

    found: dict[str, Any] = json.loads(done.texto)
    assert found == answer.json()
    assert (found["expressao"], found["vencimento"]) == ("P+2du", "2026-11-24")
    assert found["passos"][0] == {
        "data": "2026-11-19", "conta": None, "motivo": "P: publicação da outorga da nova usina",
    }  # fmt: skip
    assert {"numero": "3.9", "revisao": "6.0"} in found["clausulas"]
    assert found["passos"][-1] == {"data": "2026-11-24", "conta": 2, "motivo": "dia útil"}


def test_the_command_counts_in_words() -> None:
    done = run("calcular_prazo", "31Dec-2du", "--ancora", "ANO=2026")

    assert done.codigo == 0
    assert done.texto.splitlines()[0] == "31/12/2026        31 de dezembro"
    assert done.texto.splitlines()[-1].startswith("Vencimento: 29/12/2026, até 23:59:59")
    assert run("calcular_prazo", "N.A.").texto == "Sem prazo (N.A.).\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["P+2dx"], "  P+2dx\n   ^"),
        (["P+2du"], "Falta P: publicação da outorga"),
        (["P+2du", "--ancora", "P"], "esperava NOME=VALOR"),
        (["P+2du", "--ancora", "K=2026-01-01"], "Não há âncora “K”"),
    ],
)
def test_a_bad_expression_ends_the_command_with_2(arguments: list[str], words: str) -> None:
    done = run("calcular_prazo", *arguments)

    assert (done.codigo, done.texto) == (2, "")
    assert words in done.mensagens


@pytest.mark.parametrize(
    ("query", "words"),
    [({}, "obrigatório"), ({"expressao": "?"}, "Coluna 1"), ({"expressao": "MS+1du", "MS": "11/2026"}, "AAAA-MM")],
)
def test_the_api_tells_what_is_wrong(
    client_of: Callable[[Usuario], Client], ana: Usuario, query: dict[str, str], words: str
) -> None:
    answer = client_of(ana).get("/api/v1/prazos/calcular/", query)

    assert answer.status_code == 422
    assert words in answer.json()["detail"]
