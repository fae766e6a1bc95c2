"""Milestones, published for anybody (3.11, 3.12); new versions, and adopting them, for CCEE's people."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from contratos import acesso, services
from contratos.paginas import marcos as leitura
from portal import clock
from portal.agentes.http import ator_of


@require_safe
def marcos(request: HttpRequest) -> HttpResponse:
    ccee = request.user.is_authenticated and acesso.is_ccee(ator_of(request))
    return render(request, "contratos/marcos/publicados.html", {"conjuntos": leitura.published(), "ccee": ccee})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def publicar(request: HttpRequest) -> HttpResponseBase:
    ator = ator_of(request)
    form = leitura.form(request.POST or None, ator=ator)
    if request.method == "POST" and (found := leitura.publish(form, ator=ator, now=clock.now())):
        messages.success(request, f"Versão {found.versao} publicada. Os fluxos em curso seguem a que tinham.")
        return redirect("adotar_marcos")
    status = 422 if request.method == "POST" else 200
    return render(request, "contratos/marcos/publicar.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def adotar(request: HttpRequest) -> HttpResponseBase:
    ator = ator_of(request)
    found = leitura.adoptable(ator=ator)
    if request.method == "POST":
        done = services.adopt_milestones(leitura.chosen(request.POST), ator=ator, now=clock.now())
        messages.success(request, f"{done.contrato.numero} passou a seguir: {done.marcos}.")
        return redirect("adotar_marcos")
    return render(request, "contratos/marcos/adotar.html", {"fluxos": found})
