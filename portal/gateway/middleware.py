"""Straight to the decision: of all the middleware of the pages, a gateway's question needs none."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from portal import errors
from portal.gateway import views
from portal.gateway.views.porta import CLARO
from portal.kernel.errors import Forbidden

PORTAS: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "/api/v1/autorizacao/": views.autorizacao,
    "/api/v1/autorizacao/nginx/": views.nginx,
}


class Porta:
    """Innermost of nothing: it stands right after the security headers, and answers without the rest."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        view = PORTAS.get(request.path)
        if view is None:
            return self.get_response(request)
        if settings.SECURE_SSL_REDIRECT and not request.is_secure():
            return errors.domain_error_response(request, Forbidden(CLARO))
        return view(request)
