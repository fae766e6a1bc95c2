"""The company's page, Concluir solicitação, cancelar, and the receipt."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from adesao import selectors, services
from adesao.views.comum import envio_of, form_of, show, sign_in
from portal import clock
from portal.agentes.acesso import Acao
from portal.agentes.http import agente_of, ator_of
from portal.agentes.models import Agente
from portal.kernel.errors import DomainError


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in
def cadastro(request: HttpRequest, cnpj: str) -> HttpResponse:
    if request.method == "POST":
        return _conclude(request, agente_of(request, cnpj, Acao.ALTERAR))
    return show(request, agente_of(request, cnpj))


def _conclude(request: HttpRequest, agente: Agente) -> HttpResponse:
    envio = envio_of(form_of(request, agente))
    try:
        feita = services.fill_and_conclude(agente, envio, ator=ator_of(request), now=clock.now())
    except DomainError as refusal:
        if refusal.status not in (409, 422):
            raise
        erros = refusal.erros or {"solicitacao": [refusal.detail]}
        return show(request, agente, erros=erros, status=refusal.status)
    return redirect("adesao:recibo", agente.cnpj, feita.protocolo)


@require_POST
@sign_in
def cancelar(request: HttpRequest, cnpj: str) -> HttpResponse:
    agente, usuario = agente_of(request, cnpj, Acao.ALTERAR), ator_of(request).usuario
    draft = selectors.open_draft(agente, usuario) if usuario else None
    if draft:
        services.cancel(draft, now=clock.now())
    messages.info(request, f"Solicitação cancelada: nada foi alterado em {agente.sigla}.")
    return redirect("adesao:lista")


@require_safe
@sign_in
def recibo(request: HttpRequest, cnpj: str, protocolo: str) -> HttpResponse:
    agente = agente_of(request, cnpj)
    feita = get_object_or_404(selectors.receipts(agente), protocolo=protocolo)
    return render(request, "adesao/recibo.html", {"solicitacao": feita, "recibo": feita.recibo, "agente": agente})
