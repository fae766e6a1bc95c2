"""From a request to the actor and the Agente it speaks of."""

from datetime import date
from typing import cast

from django.http import HttpRequest

from portal import clock
from portal.agentes import acesso
from portal.agentes.acesso import Acao, Ator
from portal.agentes.models import Agente, ChaveDeMaquina, Usuario


def ator_of(request: HttpRequest) -> Ator:
    """The signed-in person, or the machine whose key DRF put in request.auth."""
    chave = getattr(request, "auth", None)
    if isinstance(chave, ChaveDeMaquina):
        return acesso.of_chave(chave)
    return acesso.of_usuario(cast(Usuario, request.user))


def today() -> date:
    return clock.local_date(clock.now())


def agente_of(request: HttpRequest, cnpj: str, acao: Acao = Acao.VER) -> Agente:
    """The Agente of the URL, or 404 as if it did not exist, or 403 in words."""
    ator = ator_of(request)
    agente = acesso.find(ator, cnpj, on=today())
    acesso.require(ator, acao, agente, on=today())
    return agente
