"""Contracts that a party registers itself."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from contratos import services
from contratos.models import Contrato
from contratos.paginas import novos
from contratos.services.registros import find
from contratos.views.comum import attempt, done, posted
from portal import clock
from portal.agentes.http import ator_of


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def registrar(request: HttpRequest, codigo: str) -> HttpResponse:
    ator, now, pedido = ator_of(request), clock.now(), find(codigo)
    novos.require(codigo, ator, now=now)
    form, made = novos.form_of(codigo, ator, posted(request), now=now), list[Contrato]()
    if form.is_bound and attempt(
        form, lambda dados: made.append(services.register_contract(codigo, evidencia=dados, ator=ator, now=now))
    ):
        return done(request, made[0], pedido.feito)
    context = {"form": form, "titulo": pedido.rotulo, "botao": pedido.rotulo, "texto": pedido.texto}
    return render(request, "contratos/formulario.html", context, status=422 if form.errors else 200)
