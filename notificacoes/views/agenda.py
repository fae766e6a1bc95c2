"""Calendar feeds: the page that makes and revokes secret addresses, and what those answer."""

import hashlib

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from notificacoes import ics, services
from notificacoes.forms import AgendaForm
from notificacoes.models import Agenda
from notificacoes.selectors import agendas as selectors
from portal import clock
from portal.agentes import acesso
from portal.agentes.http import ator_of, today
from portal.calendario.selectors import calendar
from portal.kernel.text import visible

TODAS = "Prazos das minhas empresas"


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def agendas(request: HttpRequest) -> HttpResponse:
    """The answer to the POST is the only place where the new address is ever shown."""
    ator = ator_of(request)
    empresas = acesso.represented(ator, on=today())
    form = AgendaForm(request.POST if request.method == "POST" else None, empresas=empresas)
    context = {"form": form, "endereco": ""}
    if form.is_valid():
        _, segredo = services.create_agenda(form.cleaned_data["empresa"], ator=ator, now=clock.now())
        context |= _addresses(segredo)
    context |= {"linhas": _lines(request), "representa": empresas.exists()}
    return render(request, "notificacoes/agendas.html", context, status=422 if form.errors else 200)


def _addresses(segredo: str) -> dict[str, object]:
    endereco = settings.ENDERECO_PUBLICO + reverse("agenda_ics", args=[segredo])
    return {"endereco": endereco, "webcal": f"webcal:{endereco.partition(':')[2]}"}


def _lines(request: HttpRequest) -> list[tuple[Agenda, bool]]:
    """Each feed, and whether it still answers."""
    ator = ator_of(request)
    represented = set(acesso.represented(ator, on=today()).values_list("pk", flat=True))
    rows = selectors.open_agendas(ator.usuario) if ator.usuario else []
    return [(row, row.agente_id is None or row.agente_id in represented) for row in rows]


@require_POST
@login_required
def revogar_agenda(request: HttpRequest, pk: int) -> HttpResponse:
    services.revoke_agenda(pk, ator=ator_of(request), now=clock.now())
    messages.success(request, "O endereço foi revogado: quem o usa deixa de receber os vencimentos.")
    return redirect("agendas")


@require_safe
def feed(request: HttpRequest, segredo: str) -> HttpResponse:
    """Without sign-in: the secret is the key. Everything that is wrong with it answers the same 404."""
    now = clock.now()
    agenda = selectors.find_agenda(segredo)
    certificados = selectors.certificates(agenda, now=now)
    atividades = selectors.activities(agenda, now=now)
    services.touch_agenda(agenda, now=now)
    nome = f"Prazos de {visible(agenda.agente.sigla)}" if agenda.agente else TODAS
    body = ics.write(certificados, atividades, nome=nome, calendario=calendar())
    etag = f'"{hashlib.sha256(body).hexdigest()}"'
    headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)
    return get_conditional_response(request, etag=etag, response=response) or response
