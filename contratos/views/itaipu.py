"""The registered amounts of Itaipu, on a page and to take away."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from contratos.paginas import itaipu as leitura
from portal import clock
from portal.agentes.http import ator_of


@require_safe
@login_required
def itaipu(request: HttpRequest) -> HttpResponse:
    context = leitura.page(ator_of(request), request.GET.get("pagina", ""), now=clock.now())
    return render(request, "contratos/itaipu.html", context)


@require_safe
@login_required
def itaipu_csv(request: HttpRequest) -> HttpResponse:
    name = content_disposition_header(as_attachment=True, filename="itaipu.csv")
    content = leitura.as_csv(ator_of(request), now=clock.now())
    headers = {"Content-Disposition": name or "attachment"}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)
