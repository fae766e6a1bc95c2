"""Statements that are asked at every connection of every agente: planned once, and past what Django adds to each."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection
from django.db.utils import InterfaceError, OperationalError

_prepared: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()  # by connection, the names of its statements


class Consulta:
    """A reading of at most one row, by %s parameters of the PostgreSQL types `tipos`."""

    def __init__(self, nome: str, sql: str, *tipos: str) -> None:
        self._nome, self._sql = nome, sql
        numbered = sql.replace("%s", "${}").format(*range(1, len(tipos) + 1))
        self._prepare = f"PREPARE {nome} ({', '.join(tipos)}) AS {numbered}"
        self._execute = f"EXECUTE {nome} ({', '.join(['%s'] * len(tipos))})"

    def one(self, *params: Any) -> Any:
        """The row, or None. Whether the connection lives is not asked first: if it does not, once more."""
        connection.health_check_done = True  # type: ignore[attr-defined]  # the stubs leave it out
        try:
            return self._ask(params)
        except (OperationalError, InterfaceError):
            if connection.in_atomic_block:
                raise
            connection.close()
            return self._ask(params)

    def _ask(self, params: Sequence[Any]) -> Any:
        with connection.wrap_database_errors, _cursor() as cursor:
            cursor.execute(self._statement(cursor), params)
            return cursor.fetchone()

    def _statement(self, cursor: Any) -> str:
        """Prepared once a connection: PostgreSQL plans five tables five times as long as it reads them.

        Not where the connections are a pooler's that hands each transaction another one: Django's own switch says so.
        """
        if connection.vendor != "postgresql" or connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):
            return self._sql
        known = _prepared.setdefault(connection.connection, set())
        if self._nome not in known:
            cursor.execute(self._prepare)
            known.add(self._nome)
        return self._execute


def _cursor() -> AbstractContextManager[Any]:
    """psycopg2's own, a third cheaper than Django's around it. What logs or counts statements goes on seeing these."""
    if connection.vendor != "postgresql" or connection.queries_logged:
        return connection.cursor()
    connection.ensure_connection()
    cursor: AbstractContextManager[Any] = connection.connection.cursor()
    return cursor
