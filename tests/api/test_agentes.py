"""GET agentes/ and agentes/{cnpj}/."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from portal import clock
from portal.agentes.models import Agente, Papel, Usuario
from portal.demo.hierarquia import Hierarquia
from tests import factories
from tests.api.conftest import API, assert_problem

ClientOf = Callable[[Usuario], Client]


def test_a_person_lists_what_they_represent(
    client_of: ClientOf, ana: Usuario, agente: Agente, davi: Usuario, outro_agente: Agente
) -> None:
    body = client_of(ana).get(f"{API}/agentes/").json()

    assert body == {
        "total": 1,
        "pagina": 1,
        "paginas": 1,
        "resultados": [
            {
                "cnpj": agente.cnpj,
                "sigla": "SERRA AZUL",
                "razao_social": agente.razao_social,
                "classe": "comercializador",
                "adesao": "nao_aderido",
                "situacao": "sem_certificado",
                "papel": ["representante_ccee"],
            }
        ],
    }


def test_all_roles_of_a_person_are_named_and_ended_ones_are_not(
    client_of: ClientOf, ana: Usuario, agente: Agente
) -> None:
    factories.represent(ana, agente, Papel.REPRESENTANTE_LEGAL)
    factories.represent(
        ana, agente, Papel.REPRESENTANTE_CONTABIL, ate=clock.local_date(clock.now()) - timedelta(days=1)
    )

    body = client_of(ana).get(f"{API}/agentes/{agente.cnpj}/").json()

    assert body["papel"] == ["representante_ccee", "representante_legal"]


def test_an_agents_key_sees_that_agent_alone(ours: Client, agente: Agente, outro_agente: Agente) -> None:
    body = ours.get(f"{API}/agentes/").json()

    assert [row["cnpj"] for row in body["resultados"]] == [agente.cnpj]
    assert body["resultados"][0]["papel"] == ["representante_ccee"]


def test_the_regulator_lists_all_and_is_nobodys_representative(
    client_of: ClientOf, aneel: Usuario, agente: Agente, outro_agente: Agente
) -> None:
    body = client_of(aneel).get(f"{API}/agentes/").json()

    assert {row["cnpj"] for row in body["resultados"]} == {agente.cnpj, outro_agente.cnpj}
    assert all(row["papel"] == [] for row in body["resultados"])


@pytest.mark.parametrize("busca", ["serra", "GERAÇÃO", "geracao de energia", "12.ABC.345/01DE-35", "12abc345", " "])
def test_search_finds_by_sigla_name_or_cnpj(
    busca: str, client_of: ClientOf, aneel: Usuario, agente: Agente, outro_agente: Agente
) -> None:
    body = client_of(aneel).get(f"{API}/agentes/", {"busca": busca}).json()

    assert agente.cnpj in [row["cnpj"] for row in body["resultados"]]
    assert body["total"] == (2 if busca == " " else 1)


def test_each_status_is_found_by_its_filter(
    client_of: ClientOf, aneel: Usuario, ana: Usuario, agente: Agente, outro_agente: Agente, confianca: Hierarquia
) -> None:
    factories.adhere(agente, ana, confianca)
    client = client_of(aneel)

    def found(situacao: str) -> list[str]:
        rows = client.get(f"{API}/agentes/", {"situacao": situacao}).json()["resultados"]
        assert all(row["situacao"] == situacao for row in rows)
        return [row["cnpj"] for row in rows]

    assert found("vigente") == [agente.cnpj]
    assert found("sem_certificado") == [outro_agente.cnpj]
    assert found("vencido") == found("vence_em_breve") == []


def test_detail_holds_the_certificates_in_service(
    ours: Client, ana: Usuario, agente: Agente, confianca: Hierarquia
) -> None:
    factories.adhere(agente, ana, confianca, hosts=("um", "dois"))

    body = ours.get(f"{API}/agentes/{agente.cnpj}/").json()

    assert (body["adesao"], body["situacao"]) == ("aderido", "vigente")
    assert {certificado["nome"] for certificado in body["certificados"]} == {"um.cer", "dois.cer"}
    assert body["certificados"] == ours.get(f"{API}/agentes/{agente.cnpj}/certificados/").json()


def test_the_cnpj_of_the_path_is_read_in_either_case(ours: Client, agente: Agente) -> None:
    assert ours.get(f"{API}/agentes/{agente.cnpj.lower()}/").json()["cnpj"] == agente.cnpj


def test_another_agent_is_answered_like_one_that_does_not_exist(ours: Client, outro_agente: Agente) -> None:
    theirs = ours.get(f"{API}/agentes/{outro_agente.cnpj}/")
    nobodys = ours.get(f"{API}/agentes/{factories.make_cnpj(99_999_999)}/")

    assert_problem(theirs, 404)
    assert theirs.content == nobodys.content
    assert theirs.headers == nobodys.headers


@pytest.mark.parametrize("cnpj", ["%00", "x", "12.ABC.345%2F01DE-35", "😀" * 14, "1" * 5000, "'; DROP TABLE--"])
def test_what_is_no_cnpj_is_not_found_either(cnpj: str, ours: Client) -> None:
    assert_problem(ours.get(f"{API}/agentes/{cnpj}/"), 404)


def test_pages_are_cut_and_beyond_the_last_there_is_nothing(client_of: ClientOf, aneel: Usuario) -> None:
    for _ in range(51):
        factories.create_agente()
    client = client_of(aneel)

    first, second, third = (client.get(f"{API}/agentes/", {"pagina": n}).json() for n in (1, 2, 3))

    assert [len(page["resultados"]) for page in (first, second, third)] == [50, 1, 0]
    assert {(page["total"], page["paginas"]) for page in (first, second, third)} == {(51, 2)}
    assert not {row["cnpj"] for row in first["resultados"]} & {row["cnpj"] for row in second["resultados"]}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"pagina": "0"}, "pagina"),
        ({"pagina": "um"}, "pagina"),
        ({"pagina": "1" + "0" * 30}, "pagina"),
        ({"situacao": "outra"}, "situacao"),
        ({"busca": "a\x00b"}, "busca"),
        ({"busca": "x" * 201}, "busca"),
    ],
)
def test_a_bad_filter_is_named(query: dict[str, str], field: str, ours: Client) -> None:
    body = assert_problem(ours.get(f"{API}/agentes/", query), 422)

    assert list(body["erros"]) == [field]


@pytest.mark.parametrize("busca", ["(a+)+$", "{0.__class__}", "%", "_", "\\", "' OR 1=1 --", "\u202e", "1" * 200])
def test_a_search_is_only_text(busca: str, client_of: ClientOf, aneel: Usuario, agente: Agente) -> None:
    body = client_of(aneel).get(f"{API}/agentes/", {"busca": busca}).json()

    assert body["resultados"] == []


def test_queries_do_not_grow_with_the_list(
    client_of: ClientOf,
    aneel: Usuario,
    django_assert_num_queries: Callable[..., object],
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    client = client_of(aneel)

    def queries() -> int:
        with django_assert_max_num_queries(10) as captured:  # type: ignore[attr-defined]  # a context manager
            client.get(f"{API}/agentes/", {"situacao": "sem_certificado", "busca": "agente"})
        return len(captured)

    for _ in range(3):
        factories.create_agente()
    few = queries()
    for _ in range(47):
        factories.create_agente()

    assert queries() == few
