from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contratos.paginas import janelas as leitura
from portal import clock


@require_safe
def janelas(request: HttpRequest) -> HttpResponse:
    """For anybody: when bilateral agreements are taken."""
    return render(request, "contratos/janelas.html", leitura.page(now=clock.now()))
