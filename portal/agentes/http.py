"""From a request to the actor and the Agente it speaks of."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponseBase

from portal import clock
from portal.agentes import acesso, services
from portal.agentes.acesso import Acao, Ator
from portal.agentes.models import Agente, ChaveDeMaquina, Usuario
from portal.auditoria.services import act
from portal.kernel.errors import Forbidden

View = Callable[..., HttpResponseBase]


def ator_of(request: HttpRequest) -> Ator:
    """The signed-in person, or the machine whose key DRF put in request.auth."""
    chave = getattr(request, "auth", None)
    if isinstance(chave, ChaveDeMaquina):
        return acesso.of_chave(chave)
    return acesso.of_usuario(cast(Usuario, request.user))


def today() -> date:
    return clock.local_date(clock.now())


def agente_of(request: HttpRequest, cnpj: str, acao: Acao = Acao.VER) -> Agente:
    """The Agente of the URL, or 404 as if it did not exist, or 403 in words and in the ledger."""
    ator, now = ator_of(request), clock.now()
    on = clock.local_date(now)
    agente = acesso.find(ator, cnpj, on=on)
    if acao is Acao.VER:  # which find() has just decided
        return agente
    try:
        acesso.require(ator, acao, agente, on=on)
    except Forbidden as refusal:
        services.record_refusal(
            by=ator.nome,
            cnpj=agente.cnpj,
            acao=f"{request.method} {request.path}",
            code=refusal.code,
            now=now,
        )
        raise
    return agente


def whole_act(view: View) -> View:
    """A view of a library that writes by itself: its POST and the ledger entry its signal makes are one transaction."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with act():
            return view(request, *args, **kwargs)

    return wrapped
