"""“Teste sua conexão”: what the gateway saw of a company."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal import clock
from portal.agentes.http import agente_of
from portal.gateway import conexao as leitura


@require_safe
@login_required
def conexao(request: HttpRequest, cnpj: str) -> HttpResponse:
    return render(request, "gateway/conexao.html", leitura.read(agente_of(request, cnpj), now=clock.now()))
