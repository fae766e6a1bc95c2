"""The texts of contracts, for anybody (3.6); the queue of what is still to be published, for CCEE's people."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from contratos import acesso
from contratos.paginas import textos as leitura
from portal.agentes.http import ator_of
from portal.kernel.errors import Forbidden


@require_safe
def textos(request: HttpRequest) -> HttpResponse:
    return render(request, "contratos/textos/lista.html", leitura.page(request.GET))


@require_safe
def texto(request: HttpRequest, numero: str) -> HttpResponse:
    return render(request, "contratos/textos/texto.html", leitura.one(numero))


@require_safe
def texto_pdf(request: HttpRequest, numero: str) -> HttpResponse:
    documento = leitura.document(numero)
    name = content_disposition_header(as_attachment=True, filename=f"{numero}.pdf")
    headers = {"Content-Disposition": name or "attachment"}
    return HttpResponse(bytes(documento.emitido), content_type="application/pdf", headers=headers)


@require_safe
@login_required
def a_publicar(request: HttpRequest) -> HttpResponse:
    if not acesso.is_ccee(ator_of(request)):
        raise Forbidden("A fila de textos a publicar é da CCEE.")
    return render(request, "contratos/textos/a_publicar.html", {"fila": leitura.queue()})
