"""The public calendar of the windows: what the rule says of each day, in words too."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from contratos.models import Anuncio
from contratos.paginas import janelas
from tests.contratos.paginas import text

pytestmark = [pytest.mark.django_db, pytest.mark.clausula("3.104")]
SEGUNDA = datetime(2026, 11, 23, 15, tzinfo=UTC)  # the 14th business day


def days(mes: janelas.Mes) -> dict[int, str]:
    return {dia.data.day: dia.estado[0] for semana in mes.semanas for dia in semana if dia}


def test_anybody_sees_which_days_are_open_and_the_next_one(client: Client, settings: Settings) -> None:
    settings.DATA_DE_REFERENCIA = SEGUNDA
    page = text(client.get("/contratos/janelas/"))

    assert "Hoje, segunda-feira, 23/11/2026: bloqueado, do 1º ao 14º dia útil" in page
    assert "Próximo dia aberto para os dois atos: <strong>terça-feira, 24/11/2026" in page
    assert "Bloqueado de 03/11/2026 a 23/11/2026" in page
    assert "24 e 25/11/2026" in page


def test_each_day_says_what_is_taken_on_it(db: None) -> None:
    found: dict[str, Any] = janelas.page(now=SEGUNDA)
    november, december, january = (days(mes) for mes in found["meses"])

    assert len(november) == 30
    assert [november[day] for day in (1, 2, 3, 23, 24, 30)] == [
        "aberto", "aberto", "bloqueado", "bloqueado", "aberto", "aberto",
    ]  # fmt: skip
    assert [day for day, state in december.items() if state == "bloqueado"] == list(range(1, 19))
    assert january[4] == "bloqueado"
    assert [inicio.limite for inicio in found["inicios"][:2]] == [date(2026, 11, 25), date(2026, 12, 25)]


@pytest.mark.clausula("3.107")
def test_during_the_seasonalisation_only_validation_is_taken(db: None) -> None:
    Anuncio.objects.create(
        codigo="sazo_ccear", referencia=date(2027, 1, 1), de=date(2026, 11, 24), ate=date(2026, 12, 21), comunicado="1"
    )
    found: dict[str, Any] = janelas.page(now=SEGUNDA)
    november, december, _ = (days(mes) for mes in found["meses"])

    assert november[24] == december[19] == "so-valida"
    assert december[22] == "aberto"
    assert found["proximo"] == date(2026, 12, 22)
    assert found["inicios"][0].dias == []
