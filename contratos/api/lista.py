"""Lists, a page at a time."""

from math import ceil
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from rest_framework.request import Request

from contratos.api.campos import PaginaSerializer
from portal.agentes.api import validate_query

POR_PAGINA = 50
Linha = TypeVar("Linha", bound=Model)


def paginate(request: Request, found: QuerySet[Linha]) -> tuple[list[Linha], dict[str, Any]]:
    """The rows of the page that was asked for, none beyond the last one; and what the answer says beside them."""
    pagina = validate_query(PaginaSerializer, request)["pagina"]
    total, start = found.count(), (pagina - 1) * POR_PAGINA
    paginas = max(1, ceil(total / POR_PAGINA))
    return list(found[start : start + POR_PAGINA]), {"total": total, "pagina": pagina, "paginas": paginas}
