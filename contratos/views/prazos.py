"""The public calculator of deadlines."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contratos import ics, selectors
from contratos.paginas import calculadora
from portal import clock
from portal.kernel.errors import DomainError


@require_safe
def prazos(request: HttpRequest) -> HttpResponse:
    context = calculadora.page(request.GET, on=clock.local_date(clock.now()))
    return render(request, "contratos/prazos.html", context, status=422 if context["form"].errors else 200)


@require_safe
def prazo_ics(request: HttpRequest) -> HttpResponse:
    ancoras = {name: str(value) for name, value in request.GET.items() if name != "expressao"}
    expressao = request.GET.get("expressao", "")
    found = selectors.deadline(expressao, ancoras)
    if found.data is None:
        raise DomainError("N.A. não tem data: não há o que pôr na agenda.")
    headers = {"Content-Disposition": f'attachment; filename="prazo-{found.data}.ics"'}
    now = clock.now()
    body = ics.write(expressao.strip(), found, selectors.clauses(expressao, on=clock.local_date(now)), now=now)
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)
