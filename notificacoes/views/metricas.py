"""What Prometheus asks."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe

from notificacoes.metricas import exposition, measure
from notificacoes.selectors.fila import figures
from portal import clock


@require_safe
def metricas(request: HttpRequest) -> HttpResponse:
    """In production only with METRICAS_CHAVE; where that is set, only with it as a bearer token."""
    if settings.EXPOSTO and not settings.METRICAS_CHAVE:
        raise Http404
    given = request.headers.get("Authorization", "")
    if settings.METRICAS_CHAVE and not constant_time_compare(given, f"Bearer {settings.METRICAS_CHAVE}"):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    body, content_type = exposition(figures(clock.now()), measure(clock.instant()))
    return HttpResponse(body, content_type=content_type)
