"""/trilha/: each person reads what happened to their own companies, in words."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from portal import frases
from portal.agentes.models import Agente, Papel, Usuario
from portal.auditoria.services import act, record
from tests import factories

ClientOf = Callable[[Usuario], Client]
NOON_UTC = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)  # still the 20th in São Paulo


def happened(tipo: str, *, ator: str, agente: Agente | None = None, objeto: str = "", **dados: object) -> None:
    with act():
        record(tipo, at=NOON_UTC, ator=ator, cnpj=agente.cnpj if agente else "", objeto=objeto, **dados)


def test_ours_is_shown_and_theirs_is_not(
    client_of: ClientOf, ana: Usuario, davi: Usuario, agente: Agente, outro_agente: Agente
) -> None:
    happened("certificado.incluido", ator="ana", agente=agente, objeto="nosso.cer")
    happened("certificado.incluido", ator="davi", agente=outro_agente, objeto="deles.cer")

    page = client_of(ana).get("/trilha/").content.decode()

    assert "incluiu um certificado: <strong>nosso.cer</strong>" in page
    assert "20/11/2026 22:30:00" in page
    assert "Ana Souza" in page
    assert "deles.cer" not in page
    assert outro_agente.cnpj not in page


def test_own_entries_of_the_account_are_shown_to_that_person_only(
    client_of: ClientOf, ana: Usuario, bruno: Usuario
) -> None:
    happened("sessao.recusada", ator="ana", ip="192.0.2.77")

    assert "não conseguiu entrar no portal" in client_of(ana).get("/trilha/").content.decode()
    assert "192.0.2.77" not in client_of(bruno).get("/trilha/").content.decode()


def test_staff_are_named_by_their_office(client_of: ClientOf, ana: Usuario, operacao: Usuario, agente: Agente) -> None:
    happened("certificado.baixado", ator="operacao", agente=agente)

    page = client_of(ana).get("/trilha/").content.decode()

    assert '<td data-r="Quem">Operação</td>' in page
    assert "Olga" not in page


def test_hostile_text_is_shown_and_does_nothing(client_of: ClientOf, ana: Usuario, agente: Agente) -> None:
    hostile = "<svg/onload=alert(1)>\"'&\u202e{{7*7}}"
    happened("certificado.recusado", ator=hostile, agente=agente, objeto=hostile, motivo=hostile, lista=[hostile])

    page = client_of(ana).get("/trilha/").content.decode()

    assert "<svg/onload" not in page
    assert "\u202e" not in page
    assert page.count("&lt;svg/onload=alert(1)&gt;") == 4


def test_a_kind_without_words_is_shown_plainly(client_of: ClientOf, ana: Usuario, agente: Agente) -> None:
    happened("novidade.acontecida", ator="ana", agente=agente, campo_novo=True)

    page = client_of(ana).get("/trilha/").content.decode()

    assert "registrou «novidade.acontecida»" in page
    assert "<dt>campo novo</dt><dd>sim</dd>" in page


@pytest.mark.parametrize("empresa", ["serra azul", "SERRA", "12ABC34501DE35", "12.ABC.345/01DE-35", "12abc345"])
def test_filter_by_company(client_of: ClientOf, ana: Usuario, agente: Agente, empresa: str) -> None:
    second = factories.create_agente("OUTRA NOSSA")
    factories.represent(ana, second, Papel.REPRESENTANTE_LEGAL)
    happened("certificado.incluido", ator="ana", agente=agente, objeto="este.cer")
    happened("certificado.incluido", ator="ana", agente=second, objeto="aquele.cer")

    page = client_of(ana).get("/trilha/", {"empresa": empresa}).content.decode()

    assert "este.cer" in page
    assert "aquele.cer" not in page


def test_filter_by_company_of_others_shows_nothing(
    client_of: ClientOf, ana: Usuario, davi: Usuario, outro_agente: Agente
) -> None:
    happened("certificado.incluido", ator="davi", agente=outro_agente, objeto="deles.cer")

    page = client_of(ana).get("/trilha/", {"empresa": outro_agente.cnpj}).content.decode()

    assert "Nenhum registro com este filtro" in page


def test_filter_by_subject(client_of: ClientOf, ana: Usuario, agente: Agente) -> None:
    happened("certificado.incluido", ator="ana", agente=agente)
    happened("adesao.concluida", ator="ana", agente=agente)

    page = client_of(ana).get("/trilha/", {"grupo": "adesao"}).content.decode()

    assert "concluiu a adesão" in page
    assert "incluiu um certificado" not in page


@pytest.mark.parametrize(
    "query",
    [{"antes": "x"}, {"antes": "9" * 40}, {"antes": "-1"}, {"grupo": "nenhum"}, {"empresa": "\0%_'"}, {"antes": "²"}],
)
def test_nonsense_in_the_address_is_harmless(client_of: ClientOf, ana: Usuario, query: dict[str, str]) -> None:
    assert client_of(ana).get("/trilha/", query).status_code == 200


def test_pages_go_back_in_time_without_loss(client_of: ClientOf, ana: Usuario, agente: Agente) -> None:
    for number in range(60):
        happened("certificado.incluido", ator="ana", agente=agente, objeto=f"arquivo-{number:02}.cer")
    client = client_of(ana)

    first = client.get("/trilha/", {"grupo": "certificados"})
    second = client.get("/trilha/", {"grupo": "certificados", "antes": first.context["mais_antigas"]})

    shown = [line.evento.objeto for page in (first, second) for line in page.context["linhas"]]
    assert shown == [f"arquivo-{number:02}.cer" for number in reversed(range(60))]
    assert second.context["mais_antigas"] is None


def test_queries_do_not_grow_with_what_is_shown(
    client_of: ClientOf, ana: Usuario, agente: Agente, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of(ana)
    for number in range(60):
        another = factories.create_agente()
        factories.represent(ana, another, Papel.REPRESENTANTE_LEGAL)
        happened("certificado.incluido", ator=f"pessoa {number}", agente=another)

    with django_assert_max_num_queries(10):
        client.get("/trilha/")


def test_regulator_sees_all(client_of: ClientOf, aneel: Usuario, agente: Agente, outro_agente: Agente) -> None:
    happened("certificado.incluido", ator="ana", agente=agente, objeto="um.cer")
    happened("certificado.incluido", ator="davi", agente=outro_agente, objeto="dois.cer")

    page = client_of(aneel).get("/trilha/").content.decode()

    assert "um.cer" in page
    assert "dois.cer" in page


def test_values_read_as_a_person_would() -> None:
    dados = {
        "ate": None,
        "meios": ["password", "mfa"],
        "valid_until": "2026-04-01T02:00:00+00:00",
        "papel": "representante_ccee",
    }

    assert dict(frases.details(dados)) == {
        "até": "—",
        "meios": "senha, segundo fator",
        "válido até": "31/03/2026",
        "papel": "representante CCEE",
    }
