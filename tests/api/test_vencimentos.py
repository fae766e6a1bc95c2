"""All that ends, by page."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from portal import clock
from portal.agentes.models import Agente
from tests.api.conftest import API, assert_problem
from tests.notificacoes.cartas import certificate

PATH = f"{API}/vencimentos/"


def test_the_next_to_end_comes_first_with_whose_it_is(
    ours: Client, agente: Agente, outro_agente: Agente, now: datetime
) -> None:
    later, soon = (certificate(agente, ends=now + timedelta(days=days)) for days in (40, 4))
    certificate(outro_agente, ends=now)

    body = ours.get(PATH).json()

    assert (body["total"], body["pagina"], body["paginas"]) == (2, 1, 1)
    assert [line["certificado"]["id"] for line in body["resultados"]] == [soon.pk, later.pk]
    first = body["resultados"][0]
    assert (first["agente"], first["dias_restantes"]) == ({"cnpj": agente.cnpj, "sigla": agente.sigla}, 4)


def test_until_a_day_that_day_included(ours: Client, agente: Agente) -> None:
    last = certificate(agente, ends=datetime(2027, 4, 1, 2, 59, tzinfo=UTC))  # still 31 March in São Paulo
    certificate(agente, ends=datetime(2027, 4, 1, 3, tzinfo=UTC))

    found = ours.get(PATH, {"ate": "2027-03-31"}).json()["resultados"]

    assert [line["certificado"]["id"] for line in found] == [last.pk]


@pytest.mark.parametrize("ate", ["31/03/2027", "9999-12-31", "0001-01-01", ""])
def test_a_day_that_is_none_is_refused_by_its_field(ours: Client, ate: str) -> None:
    assert list(assert_problem(ours.get(PATH, {"ate": ate}), 422)["erros"]) == ["ate"]


def test_beyond_the_last_page_there_is_nothing(ours: Client, agente: Agente, now: datetime) -> None:
    certificate(agente, ends=now + timedelta(days=1))

    body = ours.get(PATH, {"pagina": 2}).json()

    assert (body["total"], body["paginas"], body["resultados"]) == (1, 1, [])


def test_days_left_are_those_of_sao_paulo(ours: Client, agente: Agente) -> None:
    certificate(agente, ends=clock.now() - timedelta(days=2))

    assert ours.get(PATH).json()["resultados"][0]["dias_restantes"] == 0
