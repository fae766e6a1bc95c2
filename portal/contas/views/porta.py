"""“May the holder of this certificate enter?”, for the market's own gateway and for automatic communication."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from portal import clock
from portal.contas import selectors


@csrf_exempt
@require_safe
def entrada(request: HttpRequest) -> HttpResponse:
    """For nginx's auth_request: 204 lets in and says who it is, 403 does not and says why, 401 knows no such key."""
    now = clock.now()
    if not selectors.is_gateway(request.headers.get("Authorization", ""), now=now):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Chave"})
    found = selectors.who_enters(request.headers.get("X-Certificado-SHA256", ""), now=now)
    if found.motivo:
        return HttpResponse(status=403, headers={"X-Motivo": found.motivo})
    return HttpResponse(status=204, headers={"X-Usuario": found.usuario, "X-Registro": found.registro})
