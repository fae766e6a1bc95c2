"""One place that turns a refusal into an answer: a page with words, or problem+json (RFC 9457)."""

import sys
from typing import Any

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.text import slugify
from rest_framework import exceptions as drf
from rest_framework.views import exception_handler

from portal.kernel.errors import DomainError, Forbidden, NotFound, TooLarge, TooMany

PROBLEM = "application/problem+json"
WAIT = {429: "60", 503: "1"}  # seconds after which a DomainError of that status may be tried again
NOT_CONFIRMED = (
    "A página ficou aberta tempo demais ou o envio veio de outro lugar. Volte, recarregue a página e envie de novo."
)
API_NOT_CONFIRMED = (
    "Com uma sessão, envie também o cabeçalho X-CSRFToken com o valor do cookie. Com uma chave não é preciso."
)
WORDS = {
    400: ("Pedido malformado", "Não entendemos o que foi enviado. Volte, confira os campos e tente de novo."),
    401: ("Autenticação necessária", "Envie uma sessão válida ou o cabeçalho Authorization: Chave <chave>."),
    403: ("Sem permissão", "Você não tem permissão para isto."),
    404: ("Não encontrado", NotFound().detail),
    405: ("Método não aceito", "Este endereço não aceita esse método."),
    406: ("Formato não disponível", "A resposta só existe em JSON."),
    413: ("Arquivo grande demais", TooLarge().detail),
    415: ("Tipo de conteúdo não aceito", "Envie multipart/form-data."),
    429: ("Muitas tentativas", "Aguarde um pouco e tente de novo."),
    503: (
        "Serviço ocupado",
        "O portal não conseguiu atender agora e nada do seu pedido foi alterado. Tente de novo em alguns segundos.",
    ),
    500: ("Algo falhou do nosso lado", "A falha foi registrada e nada foi alterado. Tente de novo em alguns minutos."),
}


class NotConfirmed(Forbidden):
    code, title = "csrf", "Envio não confirmado"


def problem(status: int, *, code: str, title: str, detail: str, **extra: Any) -> dict[str, Any]:
    return {
        "type": f"urn:portal:problema:{code}",
        "title": title,
        "status": status,
        "detail": detail,
        **extra,
    }


def of_domain(error: DomainError) -> dict[str, Any]:
    extra = {"erros": error.erros} if error.erros else {}
    return problem(error.status, code=error.code, title=error.title, detail=error.detail, **extra, **error.extra)


def domain_error_response(request: HttpRequest, error: DomainError) -> HttpResponse:
    if request.path.startswith("/api/"):
        response = _problem_response(of_domain(error))
    else:
        response = page(request, error.status, error.title, error.detail)
    if error.status in WAIT:
        response.headers["Retry-After"] = WAIT[error.status]
    return response


def page(request: HttpRequest, status: int, title: str = "", detail: str = "") -> HttpResponse:
    words = WORDS.get(status, WORDS[500])
    context = {"titulo": title or words[0], "detalhe": detail or words[1], "status": status}
    return render(request, "erro.html", context, status=status)


def api_exception_handler(exc: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """DRF's handler: every refusal as problem+json, also to whoever asked for another format.

    Anything unforeseen stays a logged 500.
    """
    if isinstance(exc, drf.PermissionDenied) and str(exc.detail).startswith("CSRF Failed"):
        exc = NotConfirmed(API_NOT_CONFIRMED)
    if isinstance(exc, DomainError):
        return _problem_response(of_domain(exc))
    response = exception_handler(exc, context)
    if response is None:
        return None
    title, detail = WORDS.get(response.status_code, ("Pedido recusado", "O pedido não pôde ser atendido."))
    kept = {name: response.headers[name] for name in ("Retry-After", "WWW-Authenticate") if name in response.headers}
    body = problem(response.status_code, code=slugify(title), title=title, detail=detail)
    return _problem_response(body, headers=kept)


def _problem_response(body: dict[str, Any], **kwargs: Any) -> HttpResponse:
    return JsonResponse(body, status=body["status"], content_type=PROBLEM, **kwargs)


def answer(request: HttpRequest, status: int) -> HttpResponse:
    title, detail = WORDS[status]
    if request.path.startswith("/api/"):
        return _problem_response(problem(status, code=slugify(title), title=title, detail=detail))
    return page(request, status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Last resort: no database, no context processors that might fail again.

    A database that is away, or a lock that did not come in time, is 503: trying again is the remedy.
    """
    status = 503 if isinstance(sys.exc_info()[1], OperationalError) else 500
    title, detail = WORDS[status]
    if request.path.startswith("/api/"):
        response = _problem_response(problem(status, code=slugify(title), title=title, detail=detail))
    else:
        telefones = " ou ".join(settings.ATENDIMENTO["telefones"])
        context = {"titulo": title, "detalhe": detail, "status": status, "telefones": telefones}
        response = render(request, "500.html", context, status=status)
    if status == 503:
        response.headers["Retry-After"] = "10"
    return response


def too_many(request: HttpRequest) -> HttpResponse:
    return domain_error_response(request, TooMany(WORDS[429][1]))


def method_not_allowed(request: HttpRequest, *, allow: str) -> HttpResponse:
    """In words, with the methods that would do; HEAD keeps an empty body."""
    response = answer(request, 405)
    response.headers["Allow"] = allow
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Also where an upload was cut off before its token could be read: then the size is what is wrong."""
    if getattr(request, "too_large", False):
        return domain_error_response(request, TooLarge())
    return domain_error_response(request, NotConfirmed(NOT_CONFIRMED))
