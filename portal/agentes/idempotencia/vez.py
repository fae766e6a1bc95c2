"""Around a POST that changes something: with an Idempotency-Key it happens once."""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any, cast

from django.db import DatabaseError, transaction
from django.http import HttpResponse
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal import clock
from portal.agentes.http import ator_of
from portal.agentes.idempotencia import chave, services
from portal.agentes.idempotencia.services import EmAndamento, Resposta, Turno

Handler = Callable[..., HttpResponse]
Call = Callable[[], HttpResponse]
MARK = "uma_vez"  # portal.agentes.esquema describes the header on what carries it
REPLAYED = "Idempotency-Replayed"
# Refused for what others did just then: nothing was done, and to try again is the remedy.
PASSING = (409, 429)


def once(handler: Handler) -> Handler:
    """The answer under a key is kept in the transaction of the act: there is never one without the other."""

    @wraps(handler)
    def wrapped(view: APIView, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        sent = request.headers.get(chave.HEADER)
        if sent is None:
            return handler(view, request, *args, **kwargs)
        key = chave.read(sent)
        try:
            return _under(key, view, request, lambda: handler(view, request, *args, **kwargs))
        except EmAndamento as busy:
            response = cast(HttpResponse, view.handle_exception(busy))
            response.headers["Retry-After"] = "1"
            return response

    setattr(wrapped, MARK, True)
    return wrapped


def _under(key: str, view: APIView, request: Request, call: Call) -> HttpResponse:
    sha256 = chave.identity(_caller(request), request.path, key)
    corpo = chave.fingerprint(request.data, of=sha256)
    claimed = services.claim(sha256, corpo, at=clock.instant())
    if isinstance(claimed, Resposta):
        return _answer(claimed, {REPLAYED: "true"})
    try:
        with transaction.atomic():
            return _act(claimed, view, call)
    except BaseException:
        with suppress(DatabaseError):  # where the database is away, the claim runs out by itself
            services.release(claimed)
        raise


def _act(turno: Turno, view: APIView, call: Call) -> HttpResponse:
    """A refusal is answered in here: what the services wrote of it stays, as it does without a key."""
    try:
        response = call()
    except Exception as refusal:  # noqa: BLE001 - what is no refusal is raised again by the view itself
        response = cast(HttpResponse, view.handle_exception(refusal))
    if response.status_code in PASSING or response.status_code >= 500:
        services.release(turno)
        return response
    resposta = _plain(response)
    services.keep(turno, resposta)
    return _answer(resposta)


def _caller(request: Request) -> str:
    ator = ator_of(request)
    return f"chave:{ator.chave.pk}" if ator.chave else f"pessoa:{request.user.pk}"


def _plain(response: HttpResponse) -> Resposta:
    """As text, which is what the first caller gets too: both answers are the same to the byte."""
    if isinstance(response, Response):
        return Resposta(response.status_code, "application/json", JSONRenderer().render(response.data).decode())
    return Resposta(response.status_code, response.headers["Content-Type"], response.content.decode())


def _answer(resposta: Resposta, headers: dict[str, str] | None = None) -> HttpResponse:
    return HttpResponse(resposta.corpo, status=resposta.status, content_type=resposta.tipo, headers=headers)
