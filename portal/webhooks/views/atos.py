"""What the buttons of a destination do; each goes back to a page that shows what became of it."""

from contextlib import suppress

from celery import current_app
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST
from kombu.exceptions import OperationalError

from portal import clock
from portal.agentes.acesso import Acao
from portal.agentes.http import agente_of, ator_of
from portal.webhooks import selectors, services
from portal.webhooks.models import Destino

TAREFA = "portal.webhooks.tasks.deliver_webhooks"
NA_FILA = "O evento está na fila e sai em segundos. Recarregue a página para ver a resposta."


@require_POST
@login_required
def testar(request: HttpRequest, cnpj: str, pk: int) -> HttpResponse:
    row = _own(request, cnpj, pk)
    services.send_test(row.pk, ator=ator_of(request), now=clock.now(), at=clock.instant())
    return _on_its_way(request, cnpj, pk)


@require_POST
@login_required
def reenviar(request: HttpRequest, cnpj: str, pk: int, entrega: int) -> HttpResponse:
    row = _own(request, cnpj, pk)
    services.resend(row.pk, entrega, ator=ator_of(request), now=clock.now(), at=clock.instant())
    return _on_its_way(request, cnpj, pk)


@require_POST
@login_required
def ligar(request: HttpRequest, cnpj: str, pk: int) -> HttpResponse:
    row = _own(request, cnpj, pk)
    services.switch(row.pk, ativo=True, ator=ator_of(request), now=clock.now(), at=clock.instant())
    messages.success(request, "O destino está ligado: recebe o que acontecer a partir de agora.")
    return redirect("webhook", cnpj, pk)


@require_POST
@login_required
def desligar(request: HttpRequest, cnpj: str, pk: int) -> HttpResponse:
    row = _own(request, cnpj, pk)
    services.switch(row.pk, ativo=False, ator=ator_of(request), now=clock.now(), at=clock.instant())
    messages.success(request, "O destino está desligado: o que estava na fila foi cancelado.")
    return redirect("webhook", cnpj, pk)


@require_POST
@login_required
def remover(request: HttpRequest, cnpj: str, pk: int) -> HttpResponse:
    row = _own(request, cnpj, pk)
    services.remove(row.pk, ator=ator_of(request), now=clock.now(), at=clock.instant())
    messages.success(request, f"O destino “{row.nome}” foi removido.")
    return redirect("webhooks", cnpj)


def _own(request: HttpRequest, cnpj: str, pk: int) -> Destino:
    return selectors.find(agente_of(request, cnpj, Acao.ALTERAR), pk)


def _on_its_way(request: HttpRequest, cnpj: str, pk: int) -> HttpResponse:
    with suppress(OperationalError):  # the beat does it otherwise
        current_app.send_task(TAREFA, expires=14, retry=False)
    messages.success(request, NA_FILA)
    return redirect("webhook", cnpj, pk)
