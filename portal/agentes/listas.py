"""Lists of the API, a page at a time."""

from math import ceil
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from rest_framework import serializers
from rest_framework.request import Request

from portal.agentes.api import validate_query

POR_PAGINA = 50
Linha = TypeVar("Linha", bound=Model)


class PaginaSerializer(serializers.Serializer[Any]):
    pagina = serializers.IntegerField(min_value=1, max_value=1_000_000, default=1)


def paginate(request: Request, found: QuerySet[Linha], *, size: int = POR_PAGINA) -> tuple[list[Linha], dict[str, Any]]:
    """The rows of the page that was asked for, none beyond the last one; and what the answer says beside them."""
    pagina = validate_query(PaginaSerializer, request)["pagina"]
    total, start = found.count(), (pagina - 1) * size
    paginas = max(1, ceil(total / size))
    return list(found[start : start + size]), {"total": total, "pagina": pagina, "paginas": paginas}
