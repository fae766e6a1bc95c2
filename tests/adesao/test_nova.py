"""The first of the three steps: which company."""

import re
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from adesao.models import Solicitacao
from portal.agentes.models import Agente, Papel, Usuario
from portal.demo.hierarquia import Hierarquia
from tests import factories


def path_of(agente: Agente) -> str:
    return reverse("adesao:cadastro", args=[agente.cnpj])


def without_noise(answer: Any, typed: str) -> str:
    """The page but for what was typed and the CSRF token, which differs at every answer."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode().replace(typed, ""))


@pytest.fixture
def aderido(agente: Agente, ana: Usuario, confianca: Hierarquia, now: datetime) -> Agente:
    factories.adhere(agente, ana, confianca, hosts=("api", "b"), now=now)
    return agente


def test_unknown_and_not_represented_are_the_same_words_next_to_the_field(
    page: Client, agente: Agente, outro_agente: Agente
) -> None:
    unknown = page.get("/adesao/nova/", {"por": "sigla", "empresa": "NAO EXISTE"})
    theirs = page.get("/adesao/nova/", {"por": "sigla", "empresa": outro_agente.sigla})

    assert unknown.status_code == theirs.status_code == 422
    assert without_noise(unknown, "NAO EXISTE") == without_noise(theirs, outro_agente.sigla)
    assert 'value="VALE VERDE"' in theirs.content.decode()


@pytest.mark.parametrize(
    ("por", "empresa"),
    [("sigla", "Serra  azul"), ("cnpj", "12.abc.345/01de-35"), ("sigla", "12ABC34501DE35"), ("cnpj", "SERRA AZUL")],
)
def test_the_company_is_loaded_by_sigla_or_cnpj(page: Client, agente: Agente, por: str, empresa: str) -> None:
    assert page.get("/adesao/nova/", {"por": por, "empresa": empresa}).context["cadastro"].agente == agente


def test_only_siglas_one_may_make_adhere_are_offered(
    page: Client, aderido: Agente, outro_agente: Agente, ana: Usuario
) -> None:
    nova = factories.create_agente("NOVA UM")
    factories.represent(ana, nova, Papel.REPRESENTANTE_CCEE)

    assert [sigla for sigla, _ in page.get("/adesao/nova/").context["siglas"]] == ["NOVA UM"]


def test_a_company_that_adhered_leads_to_its_update(page: Client, aderido: Agente) -> None:
    answer = page.get("/adesao/nova/", {"por": "sigla", "empresa": aderido.sigla}, follow=True)

    assert answer.redirect_chain[0][0] == path_of(aderido)
    assert "já aderiu" in answer.content.decode()


def test_one_may_only_look_at_is_said_next_to_the_field(page: Client, ana: Usuario, outro_agente: Agente) -> None:
    factories.represent(ana, outro_agente, Papel.REPRESENTANTE_LEGAL)

    answer = page.get("/adesao/nova/", {"por": "sigla", "empresa": outro_agente.sigla})

    assert "você só pode consultar" in answer.content.decode()


@pytest.mark.parametrize("empresa", ["", "   ", "a\x00b", "x" * 5000])
def test_nonsense_in_step_one_is_answered_in_words(page: Client, agente: Agente, empresa: str) -> None:
    assert page.get("/adesao/nova/", {"por": "sigla", "empresa": empresa}).status_code == 422


@pytest.mark.parametrize("path", ["/adesao/nova/?por=sigla&empresa=SERRA AZUL", "/adesao/12ABC34501DE35/"])
def test_a_get_writes_nothing(page: Client, agente: Agente, path: str) -> None:
    page.get(path)

    assert not Solicitacao.objects.exists()
