"""A company's destinations, each with its log. A secret is in the answer to the POST that made it, and nowhere else."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from portal import clock
from portal.agentes import acesso
from portal.agentes.acesso import Acao
from portal.agentes.http import agente_of, ator_of, today
from portal.agentes.models import Agente
from portal.kernel.errors import DomainError
from portal.webhooks import paginas, selectors, services
from portal.webhooks.forms import DestinoForm, ModeloForm
from portal.webhooks.models import Destino

LER = ("GET", "HEAD", "POST")


@require_http_methods(LER)
@login_required
def lista(request: HttpRequest, cnpj: str) -> HttpResponse:
    agente = agente_of(request, cnpj, Acao.ALTERAR if request.method == "POST" else Acao.VER)
    form = DestinoForm(request.POST if request.method == "POST" else None, gateway=False)
    if form.is_valid():
        try:
            feito, segredo = services.create(agente, form.dados(), ator=ator_of(request), now=clock.now())
            return _secret(request, agente, feito, segredo)
        except DomainError as refusal:
            form.refuse(refusal)
    fichas = [paginas.describe(row, now=clock.instant()) for row in selectors.of_agente(agente)]
    context = _of(request, agente) | {"form": form, "fichas": fichas}
    return render(request, "webhooks/lista.html", context, status=422 if form.errors else 200)


@require_http_methods(LER)
@login_required
def destino(request: HttpRequest, cnpj: str, pk: int) -> HttpResponse:
    agente = agente_of(request, cnpj, Acao.ALTERAR if request.method == "POST" else Acao.VER)
    row = selectors.find(agente, pk)
    kept = {"nome": row.nome, "url": row.url, "eventos": row.eventos}
    form = DestinoForm(request.POST if request.method == "POST" else None, initial=kept, gateway=False)
    if form.is_valid():
        try:
            services.change(pk, form.dados(), ator=ator_of(request), now=clock.now())
            messages.success(request, "As mudanças estão salvas e valem a partir da próxima entrega.")
            return redirect("webhook", agente.cnpj, pk)
        except DomainError as refusal:
            form.refuse(refusal)
    context = _of(request, agente) | _details(request, row) | {"form": form}
    return render(request, "webhooks/destino.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def segredo(request: HttpRequest, cnpj: str, pk: int) -> HttpResponse:
    """A new one, shown in this answer."""
    agente = agente_of(request, cnpj, Acao.ALTERAR)
    row = selectors.find(agente, pk)
    return _secret(request, agente, row, services.rotate(pk, ator=ator_of(request), now=clock.now()), trocado=True)


def _secret(
    request: HttpRequest, agente: Agente, destino: Destino, segredo: str, *, trocado: bool = False
) -> HttpResponse:
    context = {"agente": agente, "destino": destino, "segredo": segredo, "trocado": trocado}
    return render(request, "webhooks/segredo.html", context)


def _of(request: HttpRequest, agente: Agente) -> dict[str, Any]:
    pode = acesso.may(ator_of(request), Acao.ALTERAR, agente, on=today())
    return {"agente": agente, "pode_alterar": pode}


def _details(request: HttpRequest, row: Destino) -> dict[str, Any]:
    modelo = ModeloForm(request.GET, gateway=row.gateway)
    tipo, numero = modelo.chosen()
    pagina, linhas = paginas.deliveries(row, numero)
    at = clock.instant()
    return {
        "ficha": paginas.describe(row, now=at),
        "destino": row,
        "pagina": pagina,
        "linhas": linhas,
        "modelo": paginas.specimen(row, tipo, now=at),
        "tipos": modelo.fields["tipo"].choices,  # type: ignore[attr-defined]  # a choice field
    }
