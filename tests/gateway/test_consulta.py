"""The one question to the database, on the connections that a server keeps: prepared once, and asked anew if lost."""

from functools import partial

import pytest
from django.db import DEFAULT_DB_ALIAS, OperationalError, connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from certificados.models import Certificado
from tests import factories
from tests.ao_mesmo_tempo import at_once
from tests.api.conftest import machine
from tests.gateway.conftest import Pergunta

pytestmark = pytest.mark.django_db(transaction=True)
URL = "/api/v1/autorizacao/"


def statements(queries: CaptureQueriesContext) -> list[str]:
    """The first word of each that asks who may enter."""
    asked = [query["sql"].split() for query in queries]
    return [words[0] for words in asked if "gateway_ficha" in words[1] or '"agentes_chavedemaquina"' in words]


def lose_connection() -> None:
    """As where the database begins anew, or an operator ends it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (process,) = cursor.fetchone()
    assert at_once([partial(_terminate, process)]) == [True]


def _terminate(process: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 20000)", [process])
        return bool(cursor.fetchone()[0])


def test_it_is_prepared_once_a_connection_and_then_only_executed(ask: Pergunta) -> None:
    ask()
    for _ in range(2):
        connection.close()
        with CaptureQueriesContext(connection) as queries:
            assert all(ask().autorizado for _ in range(3))

        assert statements(queries) == ["PREPARE", "EXECUTE", "EXECUTE", "EXECUTE"]


def test_the_servers_own_connection_has_it_prepared_where_nobody_counts(ask: Pergunta) -> None:
    """Counting goes by Django's cursor; a server does not."""
    connection.close()
    assert all(ask().autorizado for _ in range(2))

    with connection.cursor() as cursor:
        cursor.execute("SELECT name, generic_plans + custom_plans FROM pg_prepared_statements")
        assert cursor.fetchall() == [("gateway_ficha", 2)]


def test_behind_a_pooler_nothing_is_prepared(ask: Pergunta, monkeypatch: pytest.MonkeyPatch) -> None:
    ask()
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)

    with CaptureQueriesContext(connection) as queries:
        assert ask().autorizado

    assert statements(queries) == ["SELECT"]


def test_a_connection_that_was_lost_is_no_refusal(certificado: Certificado, chave: str) -> None:
    campos = {"usuario": certificado.agente.cnpj, "senha": factories.SENHA_SISTEMICA}
    campos["certificado_sha256"] = certificado.sha256
    gateway = machine(chave)
    for _ in range(2):
        assert _answer(gateway, campos) == (200, True)
        lose_connection()

    assert _answer(gateway, campos) == (200, True)


def _answer(gateway: Client, campos: dict[str, str]) -> tuple[int, bool]:
    response = gateway.post(URL, campos, content_type="application/json")
    return response.status_code, response.json()["autorizado"]


def test_lost_within_a_transaction_it_is_not_asked_again(ask: Pergunta) -> None:
    """What was done before in that transaction is lost too."""

    @transaction.atomic
    def ask_after_the_loss() -> None:
        lose_connection()
        ask()

    with pytest.raises(OperationalError):
        ask_after_the_loss()


def test_whether_the_connection_lives_is_not_asked_first(ask: Pergunta, monkeypatch: pytest.MonkeyPatch) -> None:
    ask()
    ours = connections[DEFAULT_DB_ALIAS]
    monkeypatch.setattr(ours, "is_usable", partial(pytest.fail, "asked whether it lives"))
    monkeypatch.setattr(ours, "health_check_enabled", True)
    monkeypatch.setattr(ours, "health_check_done", False)

    assert ask().autorizado
