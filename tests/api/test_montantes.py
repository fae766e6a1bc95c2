"""The year of a contract through the API: read, and tried without keeping anything."""

from decimal import Decimal
from typing import Any

import pytest
from pytest_django import Settings

from contratos.models import Sazonalizacao
from tests.contratos import cena as cenas
from tests.contratos.cena import Cena
from tests.contratos.paginas import as_actor
from tests.contratos.test_sazonalizacao import FLAT, announce, answer, inform, table

pytestmark = pytest.mark.django_db
ENDERECO = "/api/v1/contratos/CCEAR-1/montantes/2028/"


@pytest.fixture
def anunciado(db: None, settings: Settings) -> Cena:
    return announce(cenas.create(), settings)


def post(cena: Cena, tabela: str) -> Any:
    return as_actor(cena.davi).post(ENDERECO, {"meses_do_ano": tabela}, content_type="application/json")


@pytest.mark.clausula("3.48", "3.59")
def test_a_trial_says_month_by_month_what_would_be_refused(anunciado: Cena) -> None:
    found = post(anunciado, table(FLAT | {2: FLAT[2] * Decimal("1.16")})).json()

    february = found["meses"][1]
    assert (february["maximo_mwh"], february["energia_mwh"]) == ("24012.000000", "24220.800000")
    assert "116,00% da média" in february["problema"]
    assert len(found["problemas"]) == 2
    assert not Sazonalizacao.objects.exists()


def test_the_year_is_read_as_it_stands(anunciado: Cena) -> None:
    inform(anunciado, FLAT)
    answer(anunciado, "validada")

    found = as_actor(anunciado.davi).get(ENDERECO).json()

    assert (found["contrato"], found["situacao"], found["energia_mwh"]) == ("CCEAR-1", "final", "263520.000000")
    assert [mes["energia_mwh"] for mes in found["meses"][:2]] == ["22320.000000", "20880.000000"]
    assert as_actor(anunciado.davi).get(ENDERECO.replace("2028", "2027")).status_code == 404
