"""The clauses of Submódulo 3.2, for anybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contratos.paginas.regras import page
from portal import clock


@require_safe
def regras(request: HttpRequest) -> HttpResponse:
    return render(request, "contratos/regras.html", page(request.GET.dict(), on=clock.local_date(clock.now())))
