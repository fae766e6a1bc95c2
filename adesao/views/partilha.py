"""One certificate in several companies: where it is used, where else it could be, and out of all of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from adesao import partilha as leitura
from adesao import services
from adesao.forms import ids
from adesao.views.comum import sign_in
from certificados import selectors as certificados
from portal import clock
from portal.agentes.acesso import Acao
from portal.agentes.http import agente_of, ator_of
from portal.kernel.errors import DomainError


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in
def empresas(request: HttpRequest, cnpj: str, pk: int) -> HttpResponse:
    agente, ator, now = agente_of(request, cnpj, Acao.ALTERAR), ator_of(request), clock.now()
    found, erro = leitura.read(certificados.find(agente, pk), ator, now=now), ""
    if request.method == "POST":
        try:
            linhas = found.lines(request.POST.get("acao", ""), ids(request.POST.getlist("empresa")))
            return redirect("adesao:lote", services.open_batch(linhas, ator=ator, now=now).pk)
        except DomainError as refusal:
            erro = refusal.detail
    context = {"agente": agente, "partilha": found, "erro": erro}
    return render(request, "adesao/partilha.html", context, status=422 if erro else 200)
