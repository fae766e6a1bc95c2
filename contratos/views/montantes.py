"""A contract's year: to look at, to try, to send, to take away."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from contratos import services
from contratos.forms.tabela import TabelaForm
from contratos.models import Contrato
from contratos.paginas import montantes as leitura
from contratos.views.comum import attempt, done, of_contract, posted
from portal import clock
from portal.agentes.http import ator_of


@require_http_methods(["GET", "HEAD", "POST"])
@of_contract
def montantes(request: HttpRequest, contrato: Contrato, ano: int) -> HttpResponse:
    """What is posted is tried, and kept only where it is sent."""
    form, ator, now = TabelaForm(posted(request), request.FILES or None), ator_of(request), clock.now()
    tentado = form.text() if form.is_bound else None
    sends = tentado is not None and "enviar" in request.POST
    if sends and attempt(form, lambda _: services.inform_year(contrato, ano, str(tentado), ator=ator, now=now)):
        return done(request, contrato, f"Sazonalização de {ano} enviada.", "#andamento")
    context = leitura.page(contrato, ano, ator, now=now, tentado=tentado)
    status = 422 if sends else 200
    return render(request, "contratos/montantes.html", context | {"form": form}, status=status)


@require_safe
@of_contract
def montantes_csv(request: HttpRequest, contrato: Contrato, ano: int) -> HttpResponse:
    name = content_disposition_header(as_attachment=True, filename=f"{contrato.numero}-{ano}.csv")
    headers = {"Content-Disposition": name or "attachment"}
    return HttpResponse(leitura.as_csv(contrato, ano), content_type="text/csv; charset=utf-8", headers=headers)
