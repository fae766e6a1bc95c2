"""The table of all that ends: whose it is, what a spreadsheet makes of it, and that its cost does not grow."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from notificacoes.selectors import vencimentos
from portal import clock
from portal.agentes.models import Agente, Papel, Usuario
from tests import factories
from tests.notificacoes.cartas import certificate, notice, sent

ClientOf = Callable[[Usuario], Client]


def table(client: Client, path: str = "/adesao/vencimentos.csv") -> list[dict[str, str]]:
    response: Any = client.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    content = b"".join(response.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_each_certificate_in_service_is_a_line_the_next_to_end_first(
    client_of: ClientOf, ana: Usuario, agente: Agente, now: datetime
) -> None:
    later = certificate(agente, ends=now + timedelta(days=200))
    soon = certificate(agente, ends=now + timedelta(days=12), valid_from=datetime(2026, 1, 2, 15, tzinfo=UTC))
    sent(ana, soon, now=now - timedelta(days=3), lead=15)
    notice(soon, ana, 7, now=now)

    first, second = table(client_of(ana))

    assert first == {
        "CNPJ": "12.ABC.345/01DE-35",
        "Sigla": "SERRA AZUL",
        "Arquivo": soon.nome_arquivo,
        "Número de série": soon.numero_serie,
        "SHA-256": soon.sha256,
        "Válido desde": "02/01/2026",
        "Vence em": f"{clock.local_date(soon.valid_until):%d/%m/%Y}",
        "Dias restantes": "12",
        "Situação": "Vence em até 30 dias",
        "Último aviso": f"de 15 dias, em {clock.local_date(now - timedelta(days=3)):%d/%m/%Y}",
    }
    assert (second["SHA-256"], second["Situação"], second["Último aviso"]) == (later.sha256, "Vigente", "nenhum")


def test_the_last_day_is_that_of_sao_paulo(agente: Agente) -> None:
    certificate(agente, ends=datetime(2026, 4, 1, 2, tzinfo=UTC))

    (line,) = vencimentos.lines(Agente.objects.all(), now=datetime(2026, 3, 30, 12, tzinfo=UTC))

    assert line[6:8] == ("31/03/2026", "1")


def test_what_has_ended_has_no_days_left(agente: Agente, now: datetime) -> None:
    certificate(agente, ends=now - timedelta(days=3))

    (line,) = vencimentos.lines(Agente.objects.all(), now=now)

    assert line[7:9] == ("0", "Vencido")


def test_every_role_sees_its_companies_and_nobody_elses(
    client_of: ClientOf, bruno: Usuario, davi: Usuario, agente: Agente, outro_agente: Agente, now: datetime
) -> None:
    ours, theirs = (certificate(one, ends=now + timedelta(days=9)) for one in (agente, outro_agente))
    certificate(agente, ends=now, slot=None, removed_at=now)

    assert [line["SHA-256"] for line in table(client_of(bruno))] == [ours.sha256]
    assert [line["SHA-256"] for line in table(client_of(davi))] == [theirs.sha256]


def test_operations_take_away_all_of_them(
    client_of: ClientOf, operacao: Usuario, agente: Agente, outro_agente: Agente, now: datetime
) -> None:
    for one in (agente, outro_agente):
        certificate(one, ends=now + timedelta(days=9))

    page = client_of(operacao).get("/admin/certificados/certificado/")

    assert "/operacao/vencimentos.csv" in page.content.decode()
    assert len(table(client_of(operacao), "/operacao/vencimentos.csv")) == 2


@pytest.mark.parametrize("name", ["=1+1.cer", "+a.cer", "-a.cer", "@a.cer"])
def test_a_spreadsheet_computes_nothing_of_it(
    client_of: ClientOf, ana: Usuario, agente: Agente, now: datetime, name: str
) -> None:
    certificate(agente, ends=now + timedelta(days=9), nome_arquivo=name)

    (line,) = table(client_of(ana))

    assert line["Arquivo"] == f"'{name}"


def test_the_number_of_queries_does_not_grow(ana: Usuario, now: datetime) -> None:
    for _ in range(3):
        company = factories.create_agente()
        factories.represent(ana, company, Papel.REPRESENTANTE_CCEE)
        for days in (5, 50):
            sent(ana, certificate(company, ends=now + timedelta(days=days)), now=now)

    with CaptureQueriesContext(connection) as queries:
        lines = list(vencimentos.lines(Agente.objects.all(), now=now))

    assert (len(lines), len(queries)) == (6, 1)
