"""Many ids in one parameter."""

import json
from collections.abc import Iterable
from typing import Any

from django.db.models import BigIntegerField, Expression


class Numeros(Expression):
    """For `__in`, of keys: a list would be taken apart and looked at one by one, several times over."""

    def __init__(self, pks: Iterable[int]) -> None:
        super().__init__(output_field=BigIntegerField())
        self.pks = sorted(set(pks))

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        if connection.vendor == "postgresql":
            return "(SELECT unnest(%s::bigint[]))", [self.pks]
        return "(SELECT value FROM json_each(%s))", [json.dumps(self.pks)]
