"""The portal as production starts it, and beside the gateway's address an empty view on the same way through Django."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from portal.wsgi import application  # first: it loads the models

from portal.gateway.middleware import PORTAS  # isort: skip

__all__ = ["application"]


def _empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


vazia: dict[str, Any] = {"/vazia/": _empty}
PORTAS.update(vazia)
