"""Two ways to ask who may enter: JSON for any gateway, headers for nginx's auth_request."""

import json
import re
from base64 import b64decode
from binascii import Error as NoBase64
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import Any
from urllib.parse import quote, unquote_to_bytes

from django.http import HttpRequest, HttpResponse, JsonResponse

from portal import clock, errors
from portal.agentes.models import Escopo
from portal.gateway import services
from portal.gateway.domain.decisao import PEDEM_SENHA
from portal.gateway.selectors import Ficha
from portal.gateway.services import Pedido, Resposta
from portal.kernel.errors import DomainError, Forbidden

KEYWORD, BASIC = "Chave ", 'Basic realm="Plataforma de Integracao", charset="UTF-8"'
FIELDS = ("usuario", "senha", "certificado_sha256")
SO_GATEWAY = "Só uma chave de gateway pergunta quem pode entrar. Esta é de agente: peça outra à operação."
CLARO = "Chave e senha não viajam em claro: chame por HTTPS."
TEXTO, TRES_TEXTOS = "Informe um texto.", "Envie usuario, senha e certificado_sha256, todos como texto."
NINGUEM = Pedido("", "", "")
SURROGATE = re.compile("[\ud800-\udfff]")
PEM = (b"-----BEGIN CERTIFICATE-----", b"-----END CERTIFICATE-----")


class PedidoMalformado(DomainError):
    code, title = "campos-invalidos", "Há campos com erro"


class SemChave(DomainError):
    status, code, title = 401, "autenticacao-necessaria", "Autenticação necessária"


def autorizacao(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return errors.method_not_allowed(request, allow="POST")
    try:
        resposta = _ask(request, _pedido)
    except DomainError as error:
        response = errors.domain_error_response(request, error)
        if error.status == SemChave.status:
            response.headers["WWW-Authenticate"] = KEYWORD.strip()
        return response
    found = {"cnpj": resposta.cnpj or None, "sigla": resposta.sigla or None}
    return JsonResponse({"autorizado": resposta.autorizado, "motivo": resposta.motivo, **found})


def nginx(request: HttpRequest) -> HttpResponse:
    """204 lets in, 401 asks for user name and password again, 403 does not; nginx makes 500 of anything else."""
    try:
        resposta = _ask(request, _from_headers)
    except DomainError as error:
        status, headers = (503 if error.status == 503 else 403), {"X-Motivo": error.code}
        return HttpResponse(status=status, headers=headers)
    if resposta.autorizado:
        headers = {"X-Motivo": resposta.motivo.value, "X-CNPJ": resposta.cnpj, "X-Sigla": quote(resposta.sigla)}
        return HttpResponse(status=204, headers=headers)
    headers = {"X-Motivo": resposta.motivo.value}
    if resposta.motivo in PEDEM_SENHA:
        return HttpResponse(status=401, headers=headers | {"WWW-Authenticate": BASIC})
    return HttpResponse(status=403, headers=headers)


def _ask(request: HttpRequest, read: Callable[[HttpRequest], Pedido]) -> Resposta:
    """Raises SemChave, Forbidden, PedidoMalformado, Busy. One who may not ask is not told what is wrong with it."""
    now = clock.now()
    try:
        pedido = read(request)
    except PedidoMalformado:
        _admitted(request, NINGUEM, now)
        raise
    return services.decide(_admitted(request, pedido, now), pedido, now=now)


def _admitted(request: HttpRequest, pedido: Pedido, now: datetime) -> Ficha:
    """What is known of who wants to enter, where the one that asks is a gateway."""
    header = request.META.get("HTTP_AUTHORIZATION", "")
    ficha = services.look_up(pedido, chave=header.removeprefix(KEYWORD), now=now)
    if not header.startswith(KEYWORD) or ficha is None or not ficha.chave.valida:
        raise SemChave(errors.WORDS[401][1])
    if ficha.chave.escopo != Escopo.GATEWAY:
        raise Forbidden(SO_GATEWAY)
    return ficha


def _pedido(request: HttpRequest) -> Pedido:
    fields = _fields(request)
    wrong = {name: [TEXTO] for name in FIELDS if not _is_text(fields.get(name))}
    if wrong:
        raise PedidoMalformado(TRES_TEXTOS, erros=wrong)
    return Pedido(fields["usuario"], fields["senha"], fields["certificado_sha256"].replace(":", ""))


def _is_text(value: Any) -> bool:
    """JSON can name half a character, which no encoding has."""
    return isinstance(value, str) and not SURROGATE.search(value)


def _fields(request: HttpRequest) -> Any:
    """A form, or JSON whatever it is called: that is what machines send."""
    if request.content_type in ("application/x-www-form-urlencoded", "multipart/form-data"):
        return request.POST
    try:
        fields = json.loads(request.body)
    except ValueError as error:
        raise PedidoMalformado("O corpo não é JSON.") from error
    return fields if isinstance(fields, dict) else {}


def _from_headers(request: HttpRequest) -> Pedido:
    """`X-Autorizacao` is the caller's own Authorization (Basic), `X-Certificado` nginx's $ssl_client_escaped_cert."""
    kind, _, encoded = request.headers.get("X-Autorizacao", "").partition(" ")
    try:
        basic = b64decode(encoded, validate=True).decode() if kind.lower() == "basic" else ""
    except (NoBase64, UnicodeDecodeError):
        basic = ""
    usuario, _, senha = basic.partition(":")
    return Pedido(usuario, senha, fingerprint(request.headers.get("X-Certificado", "")))


def fingerprint(escaped: str) -> str:
    """SHA-256 of the DER within an escaped PEM; "" where there is none."""
    start, end = PEM
    pem = unquote_to_bytes(escaped).strip()
    if not (pem.startswith(start) and pem.endswith(end)):
        return ""
    try:
        return sha256(b64decode(pem[len(start) : -len(end)])).hexdigest()
    except NoBase64:
        return ""
