"""Writing many rows by one statement: the work stays in the database, however many they are."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, models
from django.db.models import Aggregate, Expression, Func, QuerySet, Value
from django.db.models.constants import OnConflict
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast


@contextmanager
def temporary(model: type[models.Model]) -> Iterator[None]:
    """Its table, seen by nobody else. If the block fails, what rolls its transaction back takes the table too."""
    quote, fields = connection.ops.quote_name, model._meta.concrete_fields
    table = quote(model._meta.db_table)
    columns = ", ".join(f"{quote(field.column)} {field.db_type(connection)}" for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {table} ({columns})")
        yield
        cursor.execute(f"DROP TABLE {table}")


def insert_from(model: type[models.Model], rows: QuerySet[Any], **columns: Combinable) -> int:
    """INSERT INTO … SELECT … ON CONFLICT DO NOTHING; how many went in. A column that is not named gets its default."""
    fields = [field for field in model._meta.concrete_fields if field.name in columns or _has_default(field)]
    values = {f"novo_{field.name}": columns.get(field.name) or _default(field) for field in fields}
    select, params = rows.order_by().values(**values).query.sql_with_params()
    quote, ops = connection.ops.quote_name, connection.ops
    names = ", ".join(quote(field.column) for field in fields)
    insert = ops.insert_statement(on_conflict=OnConflict.IGNORE)
    suffix = ops.on_conflict_suffix_sql(fields, OnConflict.IGNORE, (), ())
    with connection.cursor() as cursor:
        cursor.execute(f"{insert} {quote(model._meta.db_table)} ({names}) {select} {suffix}", params)
        return max(int(cursor.rowcount), 0)


def _has_default(field: Any) -> bool:
    return not field.primary_key and field.get_default() is not None


def _default(field: Any) -> Expression:
    """JSON by name: within a subquery PostgreSQL takes it for text."""
    value = Value(field.get_default(), output_field=field)
    return Cast(value, field) if isinstance(field, models.JSONField) else value


class Joined(Func):
    """Texts one after another. Django's Concat nests a pair within a pair, deeper than SQLite can read."""

    output_field = models.CharField()
    template, arg_joiner = "(%(expressions)s)", " || "


def text(name: str | Combinable) -> Cast:
    return Cast(name, models.CharField())


class Smallest(Aggregate):
    """Of texts, byte by byte: the same one whatever the language of the database."""

    function = "MIN"
    output_field = models.CharField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template='%(function)s(%(expressions)s COLLATE "C")', **context)


class Epoch(Func):
    """Whole seconds since 1970."""

    output_field = models.BigIntegerField()
    template = "EXTRACT(EPOCH FROM %(expressions)s)::bigint"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(
            compiler, connection, template="CAST(strftime('%%%%s', %(expressions)s) AS INTEGER)", **context
        )
