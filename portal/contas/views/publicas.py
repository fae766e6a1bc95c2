"""What anybody may read: how it works, who is allowed, whom to ask."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.contas import selectors
from portal.contas.views.comum import download


@require_safe
def inicio(request: HttpRequest) -> HttpResponse:
    return render(request, "contas/inicio.html", {"regras": selectors.regras()})


@require_safe
def autoridades(request: HttpRequest) -> HttpResponse:
    return render(request, "contas/autoridades.html", {"autoridades": selectors.authorities()})


@require_safe
def do_operador(request: HttpRequest) -> HttpResponse:
    return render(request, "contas/do_operador.html", {"certificados": selectors.operators_own()})


@require_safe
def do_operador_cer(request: HttpRequest, pk: int) -> HttpResponse:
    row = selectors.operators_own().defer(None).filter(pk=pk).first()
    if row is None:
        raise Http404
    return download(bytes(row.der), name=row.sha256[:16])


@require_safe
def contatos(request: HttpRequest) -> HttpResponse:
    return render(request, "contas/contatos.html")
