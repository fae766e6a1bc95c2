"""Minhas Empresas, the list with its filters, and the connections in force."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AbstractBaseUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from adesao import services
from portal.agentes import acesso
from portal.agentes.models import Agente, Papel, Usuario
from portal.demo.hierarquia import Hierarquia
from tests import factories

As = Callable[[AbstractBaseUser], Client]


@pytest.fixture
def ipe(ana: Usuario) -> Agente:
    agente = factories.create_agente("IPÊ COM", razao_social="Comercializadora São João do Ipê S.A.")
    factories.represent(ana, agente, Papel.REPRESENTANTE_CCEE)
    return agente


def adhere_until(agente: Agente, ana: Usuario, confianca: Hierarquia, now: datetime, *, days: float) -> None:
    """One certificate that ends `days` from now (or before)."""
    born = now - timedelta(days=300)
    der = confianca.issue(cnpj=agente.cnpj, host=agente.cnpj, not_before=born, days=300 + days).der
    services.submit(
        agente,
        senha=factories.SENHA_SISTEMICA,
        arquivos=[("a.cer", der)],
        excluir=(),
        ator=acesso.of_usuario(ana),
        now=min(now, now + timedelta(days=days - 1)),
    )


def found(page: Client, **filtro: Any) -> list[str]:
    return [linha.agente.sigla for linha in page.get("/adesao/", filtro).context["linhas"]]


@pytest.mark.parametrize(
    "filtro",
    [
        {"por": "sigla", "texto": "ipe"},
        {"por": "sigla", "texto": " ipê  com "},
        {"por": "razao_social", "texto": "sao joao"},
        {"por": "razao_social", "texto": "IPÊ joão"},
        {"por": "sigla", "texto": "São João"},
        {"por": "cnpj", "texto": "Ipê"},
        {"texto": "comercializadora"},
    ],
)
def test_a_company_is_found_however_it_is_typed(
    page: Client, agente: Agente, ipe: Agente, filtro: dict[str, str]
) -> None:
    assert found(page, **filtro) == ["IPÊ COM"]


@pytest.mark.parametrize("typed", ["12ABC34501DE35", "12.ABC.345/01DE-35", "12abc345", "12.abc.345/01"])
@pytest.mark.parametrize("por", ["cnpj", "sigla", "razao_social"])
def test_a_cnpj_is_found_with_and_without_mask(page: Client, agente: Agente, ipe: Agente, typed: str, por: str) -> None:
    assert found(page, por=por, texto=typed) == ["SERRA AZUL"]


def test_it_says_when_it_looked_in_the_other_columns(page: Client, agente: Agente) -> None:
    text = page.get("/adesao/", {"por": "cnpj", "texto": "serra"}).content.decode()

    assert "Nada em “CNPJ”" in text


@pytest.mark.parametrize("filtro", [{"texto": "%"}, {"texto": "_"}, {"texto": "\\"}, {"texto": "nenhuma destas"}])
def test_what_is_not_there_gets_an_empty_state_that_helps(page: Client, agente: Agente, filtro: dict[str, str]) -> None:
    text = page.get("/adesao/", filtro).content.decode()

    assert "Nenhuma empresa com esses filtros" in text
    assert "Limpar filtros" in text


@pytest.mark.parametrize(
    "filtro",
    [{"por": "x"}, {"pagina": "-1"}, {"pagina": "abc"}, {"pagina": "9" * 30}, {"texto": "a\x00b"}, {"status": "x"}],
)
def test_nonsense_in_the_address_breaks_nothing(page: Client, agente: Agente, filtro: dict[str, str]) -> None:
    assert page.get("/adesao/", filtro).status_code == 200


@pytest.mark.parametrize(
    ("days", "status", "words"),
    [
        (None, "sem_certificado", "Sem certificado"),
        (90, "vigente", "Vigente · 1 certificado"),
        (12, "vence_em_breve", "Vence em 12 dias"),
        (-2, "vencido", "Vencido em"),
    ],
)
def test_the_status_in_words_and_its_filter(
    page: Client,
    agente: Agente,
    ana: Usuario,
    confianca: Hierarquia,
    now: datetime,
    days: int | None,
    status: str,
    words: str,
) -> None:
    if days is not None:
        adhere_until(agente, ana, confianca, now, days=days)

    assert words in page.get("/adesao/").content.decode()
    for other in ("sem_certificado", "vigente", "vence_em_breve", "vencido"):
        assert found(page, status=other) == (["SERRA AZUL"] if other == status else [])


def test_the_door_is_named_after_what_one_may_do(
    page: Client, agente: Agente, ipe: Agente, ana: Usuario, bruno: Usuario, confianca: Hierarquia, client_of: As
) -> None:
    factories.adhere(agente, ana, confianca)

    ours, looker = page.get("/adesao/").content.decode(), client_of(bruno).get("/adesao/").content.decode()

    assert "Atualizar cadastro" in ours
    assert "Aderir" in ours
    assert "Nova adesão" in ours
    assert "Consultar<" in looker
    assert "Nova adesão" not in looker
    assert "Atualizar cadastro" not in looker


def test_nobody_sees_companies_of_others(page: Client, outro_agente: Agente) -> None:
    for path in ("/empresas/", "/adesao/", "/adesao/conexoes/"):
        assert outro_agente.sigla not in page.get(path).content.decode()


def test_what_must_be_done_comes_first_with_the_date_in_sao_paulo(
    page: Client,
    agente: Agente,
    ipe: Agente,
    ana: Usuario,
    bruno: Usuario,
    confianca: Hierarquia,
    now: datetime,
    client_of: As,
) -> None:
    adhere_until(agente, ana, confianca, now, days=12)

    text = page.get("/empresas/").content.decode()
    assert "SERRA AZUL: o único certificado vence em 12 dias" in text
    assert "(Brasília)" in text
    assert "IPÊ COM: ainda não aderiu" in text
    assert text.index("SERRA AZUL: o único") < text.index("IPÊ COM: ainda")
    assert "Peça ao representante CCEE" in client_of(bruno).get("/empresas/").content.decode()


def test_with_nothing_to_do_it_says_so(page: Client, agente: Agente, ana: Usuario, confianca: Hierarquia) -> None:
    factories.adhere(agente, ana, confianca)

    assert "Nada pendente" in page.get("/empresas/").content.decode()


def test_the_regulator_sees_everybody_and_represents_nobody(
    aneel: Usuario, agente: Agente, outro_agente: Agente, client_of: As
) -> None:
    page = client_of(aneel)

    assert found(page) == ["SERRA AZUL", "VALE VERDE"]
    assert "Você consulta todas as empresas" in page.get("/empresas/").content.decode()


def test_connections_are_those_in_force_now(
    page: Client, agente: Agente, ipe: Agente, ana: Usuario, confianca: Hierarquia, now: datetime
) -> None:
    adhere_until(agente, ana, confianca, now, days=-2)
    factories.adhere(ipe, ana, confianca, hosts=("x", "y"), now=now)

    rows = page.get("/adesao/conexoes/").context["pagina"].object_list

    assert sorted(row.nome_arquivo for row in rows) == ["x.cer", "y.cer"]


def test_queries_are_ten_at_most_and_do_not_grow_with_the_list(
    page: Client, ana: Usuario, agente: Agente, confianca: Hierarquia
) -> None:
    paths = ("/empresas/", "/adesao/", "/adesao/?por=sigla&texto=agente&status=sem_certificado", "/adesao/conexoes/")
    factories.adhere(agente, ana, confianca, hosts=("api", "b"))
    represent_more(ana, 2)
    few = [queries(page, path) for path in paths]

    represent_more(ana, 197)

    assert max(few) <= 10
    assert [queries(page, path) for path in paths] == few


def represent_more(ana: Usuario, count: int) -> None:
    for _ in range(count):
        factories.represent(ana, factories.create_agente(), Papel.REPRESENTANTE_CCEE)


def queries(page: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        page.get(path)
    return len(captured)
