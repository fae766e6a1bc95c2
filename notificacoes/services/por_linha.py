"""Changing many rows by one statement, each with values of its own."""

from collections.abc import Sequence
from typing import Any

from django.db import connection, models


def update_rows(
    model: type[models.Model], *, by: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], **only: Any
) -> list[int]:
    """UPDATE … FROM (VALUES …): each of `rows` holds the value of the field `by`, then those of `columns`.

    `only` narrows it further, by equality. Gives the ids of what was changed.
    """
    if not rows:
        return []
    fields: list[Any] = [model._meta.get_field(name) for name in (by, *columns)]
    conditions: dict[Any, Any] = {model._meta.get_field(name): value for name, value in only.items()}
    quote, table = connection.ops.quote_name, connection.ops.quote_name(model._meta.db_table)
    typed = [_typed(field, f"v.column{number}") for number, field in enumerate(fields, 1)]
    assigned = ", ".join(f"{quote(f.column)} = {value}" for f, value in zip(fields[1:], typed[1:], strict=True))
    tuples = ", ".join([f"({', '.join(['%s'] * len(fields))})"] * len(rows))
    narrowed = "".join(f" AND {table}.{quote(field.column)} = %s" for field in conditions)
    params = [value for row in rows for value in _prepared(fields, row)]
    params += [field.get_db_prep_save(value, connection) for field, value in conditions.items()]
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {assigned} FROM (VALUES {tuples}) AS v"  # noqa: S608 - names of our own models
            f" WHERE {table}.{quote(fields[0].column)} = {typed[0]}{narrowed} RETURNING {table}.id",
            params,
        )
        return [row[0] for row in cursor.fetchall()]


def _prepared(fields: Sequence[Any], row: Sequence[Any]) -> Sequence[Any]:
    """psycopg2 takes plain values as they are, many times faster than field by field; SQLite must be given text."""
    if connection.vendor == "postgresql":
        return row
    return [field.get_db_prep_save(value, connection) for field, value in zip(fields, row, strict=True)]


def _typed(field: Any, value: str) -> str:
    """PostgreSQL takes a column of NULLs for text; SQLite has no types to mistake."""
    return f"CAST({value} AS {field.cast_db_type(connection)})" if connection.vendor == "postgresql" else value
