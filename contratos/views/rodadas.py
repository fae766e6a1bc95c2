"""CCEE's yearly runs, looked at and started."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from contratos import services
from contratos.paginas import rodadas as leitura
from portal import clock
from portal.agentes.http import ator_of
from portal.kernel.errors import refusal


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def rodadas(request: HttpRequest) -> HttpResponseBase:
    if request.method == "POST":
        return _start(request)
    ano = request.GET.get("ano", "")
    context = leitura.page(ator_of(request), int(ano) if ano.isdecimal() and len(ano) == 4 else None, now=clock.now())
    return render(request, "contratos/rodadas.html", context)


def _start(request: HttpRequest) -> HttpResponse:
    ator, codigo, ano = ator_of(request), request.POST.get("codigo", ""), request.POST.get("ano", "")
    leitura.require(ator)
    if not ano.isdecimal() or len(ano) != 4:
        raise refusal("ano", "Informe o ano da rodada com quatro algarismos, como 2027.")
    rodada = services.start_year(codigo, int(ano), ator=ator, now=clock.now())
    messages.success(request, f"Rodada iniciada: {rodada.total} contratos. Ela corre sozinha; esta página a acompanha.")
    return redirect(f"{request.path}?ano={ano}")
