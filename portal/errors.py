"""One place that turns a refusal into an answer: a page with words, or problem+json (RFC 9457)."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from rest_framework import exceptions as drf
from rest_framework.response import Response
from rest_framework.views import exception_handler

from portal.kernel.errors import DomainError, NotFound

PROBLEM = "application/problem+json"
WORDS = {
    400: ("Pedido malformado", "Não entendemos o que foi enviado. Volte, confira os campos e tente de novo."),
    401: ("Autenticação necessária", "Envie uma sessão válida ou o cabeçalho Authorization: Chave <chave>."),
    403: ("Sem permissão", "Você não tem permissão para isto."),
    404: ("Não encontrado", NotFound().detail),
    405: ("Método não aceito", "Este endereço não aceita esse método."),
    406: ("Formato não disponível", "A resposta só existe em JSON."),
    413: ("Arquivo grande demais", "O envio passa de 50 MB. Um certificado tem cerca de 2 KB: confira o arquivo."),
    415: ("Tipo de conteúdo não aceito", "Envie multipart/form-data."),
    429: ("Muitas tentativas", "Aguarde um pouco e tente de novo."),
    500: ("Erro interno", "A falha foi registrada e nada foi alterado. Tente de novo em alguns minutos."),
}


def problem(status: int, *, code: str, title: str, detail: str, **extra: Any) -> dict[str, Any]:
    return {"type": f"urn:portal:problema:{code}", "title": title, "status": status, "detail": detail, **extra}


def of_domain(error: DomainError) -> dict[str, Any]:
    extra = {"erros": error.erros} if error.erros else {}
    return problem(error.status, code=error.code, title=error.title, detail=error.detail, **extra, **error.extra)


def domain_error_response(request: HttpRequest, error: DomainError) -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse(of_domain(error), status=error.status, content_type=PROBLEM)
    return page(request, error.status, error.title, error.detail)


def page(request: HttpRequest, status: int, title: str = "", detail: str = "") -> HttpResponse:
    words = WORDS.get(status, WORDS[500])
    context = {"titulo": title or words[0], "detalhe": detail or words[1], "status": status}
    return render(request, "erro.html", context, status=status)


def api_exception_handler(exc: Exception, context: dict[str, Any]) -> HttpResponseBase | Response | None:
    """DRF's handler: every refusal as problem+json. Anything unforeseen stays a logged 500."""
    if isinstance(exc, DomainError):
        return Response(of_domain(exc), status=exc.status, content_type=PROBLEM)
    response = exception_handler(exc, context)
    if response is None:
        return None
    title, detail = WORDS.get(response.status_code, ("Pedido recusado", "O pedido não pôde ser atendido."))
    erros = response.data if isinstance(exc, drf.ValidationError) and isinstance(response.data, dict) else None
    code = title.lower().replace(" ", "-")
    response.data = problem(response.status_code, code=code, title=title, detail=detail, **({"erros": erros} if erros else {}))
    response.content_type = PROBLEM
    return response


def _answer(request: HttpRequest, status: int) -> HttpResponse:
    title, detail = WORDS[status]
    if request.path.startswith("/api/"):
        body = problem(status, code=title.lower().replace(" ", "-"), title=title, detail=detail)
        return JsonResponse(body, status=status, content_type=PROBLEM)
    return page(request, status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Last resort: no database, no context processors that might fail again."""
    if request.path.startswith("/api/"):
        return _answer(request, 500)
    telefones = " ou ".join(settings.ATENDIMENTO["telefones"])
    return render(request, "500.html", {"telefones": telefones}, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    detail = "A página ficou aberta tempo demais ou o envio veio de outro lugar. Volte, recarregue a página e envie de novo."
    if request.path.startswith("/api/"):
        body = problem(403, code="csrf", title="Envio não confirmado", detail=detail)
        return JsonResponse(body, status=403, content_type=PROBLEM)
    return page(request, 403, "Envio não confirmado", detail)
