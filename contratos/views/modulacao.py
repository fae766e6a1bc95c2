"""A month of a contract by the hour: to look at, to try, to send, to take away."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from contratos import services
from contratos.forms.modulacao import HorasForm
from contratos.models import Contrato
from contratos.paginas import modulacao as leitura
from contratos.views.comum import attempt, of_contract, posted
from portal import clock
from portal.agentes.http import ator_of


@require_http_methods(["GET", "HEAD", "POST"])
@of_contract
def modulacao(request: HttpRequest, contrato: Contrato, mes: date) -> HttpResponse:
    """What is posted is tried, and kept only where that is what was asked for."""
    form, ator, now = HorasForm(posted(request), request.FILES or None), ator_of(request), clock.now()
    tentado = form.text() if form.is_bound else None
    if tentado is not None and "enviar" in request.POST:
        pk, dados = leitura.entry(contrato, mes), {"horas_do_mes": tentado}
        if attempt(form, lambda _: services.close_activity(pk, ator=ator, now=now, evidencia=dados)):
            messages.success(request, f"Modulação de {mes:%m/%Y} enviada.")
            return redirect(request.path)
    context = leitura.page(contrato, mes, ator, now=now, tentado=tentado)
    return render(request, "contratos/modulacao.html", {**context, "form": form}, status=422 if form.errors else 200)


@require_safe
@of_contract
def modulacao_csv(request: HttpRequest, contrato: Contrato, mes: date) -> HttpResponse:
    name = content_disposition_header(as_attachment=True, filename=f"{contrato.numero}-{mes:%Y-%m}.csv")
    headers = {"Content-Disposition": name or "attachment"}
    return HttpResponse(leitura.as_csv(contrato, mes), content_type="text/csv; charset=utf-8", headers=headers)
