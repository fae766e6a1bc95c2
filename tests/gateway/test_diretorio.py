"""The feed of who is active, as a gateway reads it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from adesao import services as adesao
from certificados import services as certificados
from certificados.models import Certificado
from portal.agentes import acesso
from portal.agentes.models import Agente, Situacao, Usuario
from portal.agentes.services import save_agente
from portal.demo.hierarquia import Hierarquia
from portal.gateway.diretorio import services
from portal.gateway.models import Entrada, Publicacao
from portal.gateway.tasks import publish_directory
from tests import factories
from tests.api.conftest import assert_problem, issue_key, machine
from tests.gateway.leitor import URL, Leitor, active

pytestmark = pytest.mark.django_db


@pytest.fixture
def gateway(chave: str) -> Client:
    return machine(chave)


@pytest.fixture
def leitor(gateway: Client) -> Leitor:
    return Leitor(gateway)


def test_one_entry_says_who_with_what_and_when(leitor: Leitor, certificado: Certificado, agente: Agente) -> None:
    page = leitor.read()

    (entrada,) = page["entradas"]
    assert {name: entrada[name] for name in ("cnpj", "sigla", "sha256", "ativo", "motivo")} == {
        "cnpj": agente.cnpj,
        "sigla": agente.sigla,
        "sha256": certificado.sha256,
        "ativo": True,
        "motivo": "autorizado",
    }
    assert datetime.fromisoformat(entrada["valido_de"]) == certificado.valid_from
    assert datetime.fromisoformat(entrada["valido_ate"]) == certificado.valid_until
    assert (page["proximo"], page["mais"]) == (entrada["cursor"], False)


def test_a_removal_is_in_the_very_next_answer(leitor: Leitor, certificado: Certificado, now: datetime) -> None:
    leitor.read()

    certificados.remove(certificado, by="ana", now=now, motivo="teste")

    (entrada,) = leitor.read()["entradas"]
    assert (entrada["sha256"], entrada["ativo"]) == (certificado.sha256, False)
    assert entrada["motivo"] == "certificado-excluido"
    assert leitor.tem == {}


def test_what_expired_leaves_when_it_is_taken_out_of_service(leitor: Leitor, certificado: Certificado) -> None:
    leitor.read()
    later = certificado.valid_until + timedelta(seconds=1)

    certificados.remove_expired(by="portal", now=later)

    assert [entrada["motivo"] for entrada in leitor.read()["entradas"]] == ["certificado-vencido"]


@pytest.mark.parametrize("situacao", [Situacao.SUSPENSO, Situacao.DESLIGADO])
def test_a_company_that_is_kept_out_leaves_and_comes_back(
    leitor: Leitor, certificado: Certificado, agente: Agente, situacao: Situacao, now: datetime
) -> None:
    leitor.read()

    for now_is, ativo, motivo in ((situacao, False, "agente-impedido"), (Situacao.ATIVO, True, "autorizado")):
        agente.situacao = now_is
        save_agente(agente, by=factories.BY, now=now)
        (entrada,) = leitor.read()["entradas"]
        assert (entrada["ativo"], entrada["motivo"]) == (ativo, motivo)


def test_a_company_enters_with_its_first_password(
    leitor: Leitor, agente: Agente, ana: Usuario, confianca: Hierarquia, now: datetime
) -> None:
    facts = certificados.open_file(factories.issue(confianca, agente, host="antes", now=now))
    certificados.store(agente, facts, arquivo="antes.cer", by="ana", now=now, protocolo="")
    assert leitor.read()["entradas"] == []

    factories.adhere(agente, ana, confianca, now=now)

    assert len(leitor.read()["entradas"]) == 2


def test_a_new_name_replaces_the_entry(leitor: Leitor, certificado: Certificado, agente: Agente, now: datetime) -> None:
    leitor.read()
    agente.sigla = "SERRA NOVA"
    save_agente(agente, by=factories.BY, now=now)

    (entrada,) = leitor.read()["entradas"]

    assert (entrada["ativo"], entrada["sigla"]) == (True, "SERRA NOVA")


def test_another_rule_of_who_is_kept_out_looks_at_everybody_anew(
    leitor: Leitor, certificado: Certificado, settings: Any
) -> None:
    leitor.read()

    settings.GATEWAY_SITUACOES_IMPEDIDAS = ["ativo"]

    assert [entrada["motivo"] for entrada in leitor.read()["entradas"]] == ["agente-impedido"]


def test_what_changes_nobodys_access_makes_no_entry(
    leitor: Leitor, certificado: Certificado, agente: Agente, ana: Usuario, now: datetime
) -> None:
    before = leitor.read()
    ator = acesso.of_usuario(ana)
    adesao.submit(agente, senha="73915204", arquivos=[], excluir=(), ator=ator, now=now)
    certificados.record_download(certificado, by="ana", now=now)

    page = leitor.read()

    assert (page["entradas"], page["proximo"], page["mais"]) == ([], before["proximo"], False)


def test_removed_and_registered_again_between_two_questions_is_no_change(
    leitor: Leitor, certificado: Certificado, agente: Agente, now: datetime
) -> None:
    leitor.read()
    facts = certificados.open_file(bytes(certificado.arquivo.der))
    certificados.remove(certificado, by="ana", now=now, motivo="teste")
    certificados.store(agente, facts, arquivo="de novo.cer", by="ana", now=now, protocolo="")

    assert leitor.read()["entradas"] == []


def test_the_task_publishes_where_nobody_asks(certificado: Certificado) -> None:
    publish_directory()

    assert Entrada.objects.get().sha256 == certificado.sha256


def many(confianca: Hierarquia, now: datetime, *, companies: int) -> None:
    """Each with one certificate; only the first adheres by the page, which costs a hash."""
    from adesao.models import Credencial

    for number in range(companies):
        agente = factories.create_agente()
        Credencial.objects.create(agente=agente, adhered_at=now, changed_at=now)
        facts = certificados.open_file(factories.issue(confianca, agente, host=f"h{number}", now=now))
        certificados.store(agente, facts, arquivo="a.cer", by="ana", now=now, protocolo="")


def test_everybody_is_told_in_parts_and_the_answer_says_that_more_comes(
    leitor: Leitor, confianca: Hierarquia, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "LOTE", 2)
    monkeypatch.setattr(services, "NUMA_LEITURA", 1)
    many(confianca, now, companies=5)

    first = leitor.read()

    assert (len(first["entradas"]), first["mais"]) == (2, True)
    assert set(leitor.read_all().tem) == active()
    assert Entrada.objects.count() == 5


def test_pages_follow_each_other_and_cost_the_same_number_of_queries(
    leitor: Leitor, gateway: Client, confianca: Hierarquia, now: datetime
) -> None:
    many(confianca, now, companies=6)
    leitor.read_all(lambda: 2)
    desde = leitor.lidas[0]

    counts = []
    for limite in (1, 5):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = gateway.get(URL, {"desde": desde, "limite": limite}).json()
        counts.append(len(queries))
        assert [entrada["cursor"] for entrada in page["entradas"]] == leitor.lidas[1 : 1 + limite]
    assert counts[0] == counts[1] <= 6


def test_an_idle_feed_is_only_read(leitor: Leitor, gateway: Client, certificado: Certificado) -> None:
    leitor.read_all()

    with CaptureQueriesContext(connection) as queries:
        leitor.read()

    assert not [query["sql"] for query in queries if not query["sql"].startswith("SELECT")]
    assert not [query["sql"] for query in queries if "FOR UPDATE" in query["sql"]]


@pytest.mark.parametrize(
    "desde",
    ["x", "-1", "00", "1", "1-", "1-xyz", "01-00000000", "1-0000000G", "9" * 19 + "-00000000", "1-00000000x", "\x00"],
)
def test_what_is_no_cursor_is_refused_in_words(gateway: Client, desde: str) -> None:
    body = assert_problem(gateway.get(URL, {"desde": desde}), 422)

    assert set(body["erros"]) == {"desde"}


@pytest.mark.parametrize("limite", ["0", "1001", "x", "-1"])
def test_a_page_has_its_limits(gateway: Client, limite: str) -> None:
    assert set(assert_problem(gateway.get(URL, {"limite": limite}), 422)["erros"]) == {"limite"}


def test_a_cursor_ahead_of_the_feed_is_told_to_begin_anew(gateway: Client, certificado: Certificado) -> None:
    body = assert_problem(gateway.get(URL, {"desde": "999999999999999999-00000000"}), 410)

    assert "recomece do zero" in body["detail"]


def test_after_a_restore_a_number_that_was_given_again_is_not_taken_for_the_same(
    leitor: Leitor, gateway: Client, certificado: Certificado
) -> None:
    leitor.read()
    numero, marca = leitor.desde.split("-")
    Entrada.objects.filter(pk=numero).update(marca="0" * 8)

    assert_problem(gateway.get(URL, {"desde": f"{numero}-{marca}"}), 410)
    assert gateway.get(URL, {"desde": "0"}).json()["entradas"]


def test_only_a_gateways_key_reads_it(
    agente: Agente, ana: Usuario, client_of: Callable[[Usuario], Client], certificado: Certificado
) -> None:
    for client in (machine(issue_key(agente)), client_of(ana)):
        body = assert_problem(client.get(URL), 403)
        assert "só para chaves de gateway" in body["detail"]
    assert_problem(Client().get(URL), 401)
    assert_problem(machine("ccee_x").get(URL), 401)
    assert not Publicacao.objects.exists()
