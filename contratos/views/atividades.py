"""Closing an activity, and CCEE closing it undone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from contratos import services
from contratos.forms.atividade import MotivoForm
from contratos.models import Contrato
from contratos.paginas import encerramento
from contratos.views.comum import attempt, done, of_contract, posted
from portal import clock
from portal.agentes.http import ator_of


@require_http_methods(["GET", "HEAD", "POST"])
@of_contract
def atividade(request: HttpRequest, contrato: Contrato, pk: int) -> HttpResponse:
    row, ator, now = encerramento.find(contrato, pk), ator_of(request), clock.now()
    form = encerramento.form_of(row, posted(request))
    if form.is_bound and attempt(
        form,
        lambda dados: services.close_activity(
            pk, ator=ator, now=now, evidencia=dados, resultado=dados.get("resultado", "")
        ),
    ):
        return done(request, contrato, f"“{row.nome}” concluída.", "#andamento")
    context = encerramento.page(row, ator, form, now=now)
    return render(request, "contratos/atividade.html", context, status=422 if form.errors else 200)


@require_POST
@of_contract
def dispensar(request: HttpRequest, contrato: Contrato, pk: int) -> HttpResponse:
    row, ator, now = encerramento.find(contrato, pk), ator_of(request), clock.now()
    form = MotivoForm(request.POST, auto_id="dispensa_%s")
    if attempt(form, lambda dados: services.waive_activity(pk, motivo=dados["motivo"], ator=ator, now=now)):
        return done(request, contrato, f"“{row.nome}” dispensada.", "#andamento")
    context = encerramento.page(row, ator, encerramento.form_of(row), now=now, dispensa=form)
    return render(request, "contratos/atividade.html", context, status=422)
