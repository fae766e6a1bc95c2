"""All that ends, of every company that the person sees, to take away."""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe

from notificacoes.selectors import vencimentos as selectors
from portal import clock, planilha
from portal.agentes import acesso
from portal.agentes.http import ator_of, today
from portal.agentes.models import Agente


@require_safe
@login_required
def vencimentos(request: HttpRequest) -> HttpResponseBase:
    return _csv(acesso.visible_agentes(ator_of(request), on=today()), now=clock.now())


@require_safe
@login_required
def vencimentos_da_operacao(request: HttpRequest) -> HttpResponseBase:
    """Of all companies, for those of operations who see certificates; to others there is no such address."""
    if not (request.user.is_staff and request.user.has_perm("certificados.view_certificado")):
        raise Http404
    return _csv(Agente.objects.all(), now=clock.now())


def _csv(agentes: QuerySet[Agente], *, now: datetime) -> StreamingHttpResponse:
    """A line at a time: ten thousand companies take no more memory than one."""
    rows = selectors.lines(agentes, now=now)
    headers = {"Content-Disposition": f'attachment; filename="vencimentos-{clock.local_date(now):%Y-%m-%d}.csv"'}
    content = planilha.stream(selectors.COLUNAS, rows)
    return StreamingHttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)
