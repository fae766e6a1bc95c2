"""A contract to take away, with all that belongs to it (3.18)."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from contratos import acesso, services
from contratos.relatorio import exportacao
from portal import clock
from portal.agentes.http import ator_of


@require_safe
@login_required
def exportar(request: HttpRequest, numero: str) -> HttpResponse:
    ator, now = ator_of(request), clock.now()
    contrato = acesso.find(ator, numero, now=now)
    content = exportacao.write(contrato)
    services.record_export(contrato, ator=ator, now=now)
    name = content_disposition_header(as_attachment=True, filename=f"{numero}.zip")
    return HttpResponse(content, content_type="application/zip", headers={"Content-Disposition": name or "attachment"})
