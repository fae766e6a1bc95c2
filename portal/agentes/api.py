"""What every endpoint of people and of an agent's machines shares: who comes in, field errors, the schema's parts."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse
from rest_framework import serializers
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser, FormParser, JSONParser, MultiPartParser
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.agentes import exemplos
from portal.agentes.condicional import with_etag
from portal.agentes.models import ChaveDeMaquina, Escopo
from portal.errors import PROBLEM, WORDS
from portal.kernel.cnpj import CnpjInvalido, normalise
from portal.kernel.errors import DomainError, Forbidden

BIGINT_MAX = 2**63 - 1
DESCRICAO = {
    **{status: title for status, (title, _) in WORDS.items()},
    409: "Outra pessoa foi mais rápida; nada foi alterado e repetir é seguro",
    422: "Há o que corrigir; nada foi alterado",
    429: "Muitas tentativas; o cabeçalho Retry-After diz quantos segundos esperar",
}
CHAVE_DE_GATEWAY = (
    "Esta chave é de gateway: serve para conferir quem pode entrar e não dá acesso às empresas. "
    "Para isto use uma chave de agente."
)


class CamposInvalidos(DomainError):
    code, title = "campos-invalidos", "Há campos com erro"


class PessoaOuChaveDeAgente(BasePermission):
    """A gateway's key opens nothing here; what a person or an agent's key may do is portal.agentes.acesso's."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        chave = request.auth
        if isinstance(chave, ChaveDeMaquina) and chave.escopo == Escopo.GATEWAY:
            raise Forbidden(CHAVE_DE_GATEWAY)
        return True


class JsonParser(JSONParser):
    def parse(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().parse(*args, **kwargs)
        except RecursionError as deep:  # thousands of brackets
            raise ParseError from deep


class PortalAPIView(APIView):
    parser_classes: Sequence[type[BaseParser]] = [JsonParser, FormParser, MultiPartParser]
    permission_classes = [IsAuthenticated, PessoaOuChaveDeAgente]

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Response:
        """Only `Allow`: Django REST framework's own answer would publish docstrings."""
        return Response(status=204)

    def perform_authentication(self, request: Request) -> None:
        """Counted right after it, whoever came: a stranger, by the address, is told to slow down like all others."""
        try:
            super().perform_authentication(request)
        finally:
            super().check_throttles(request)

    def check_throttles(self, request: Request) -> None:
        """Done by then: Django REST framework's turn for it is after the permissions, where a stranger never comes."""

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        return with_etag(request, super().finalize_response(request, response, *args, **kwargs))


def validate(serializer: type[serializers.Serializer[Any]], data: Any) -> dict[str, Any]:
    """The fields in their types, or CamposInvalidos (422) with all that is wrong by field."""
    form = serializer(data=data)
    if form.is_valid():
        return dict(form.validated_data)
    erros = {field: list(_messages(detail)) for field, detail in form.errors.items()}
    words = " ".join(dict.fromkeys(message for messages in erros.values() for message in messages))
    raise CamposInvalidos(words, erros=erros)


def validate_query(serializer: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    """The same of an address: a parameter with nothing behind its `=` is refused; a form's would be as if not sent."""
    return validate(serializer, request.query_params.dict())


def _messages(detail: Any) -> Iterator[str]:
    """The texts of a field's errors; a list field nests them by position."""
    if isinstance(detail, Mapping):
        detail = list(detail.values())
    if isinstance(detail, list):
        for item in detail:
            yield from _messages(item)
    else:
        yield str(detail)


class CnpjField(serializers.CharField):
    """Typed with or without mask; comes out in the stored form."""

    def to_internal_value(self, data: Any) -> str:
        try:
            return normalise(super().to_internal_value(data))
        except CnpjInvalido as error:
            raise serializers.ValidationError(error.detail) from error


class PaginadoSerializer(serializers.Serializer[Any]):
    """What every page of a list says; whoever inherits adds its `resultados`."""

    total = serializers.IntegerField()
    pagina = serializers.IntegerField()
    paginas = serializers.IntegerField()


class ProblemaSerializer(serializers.Serializer[Any]):
    """RFC 9457."""

    type = serializers.CharField(help_text="URN que identifica o tipo de problema.")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="O que aconteceu e o que fazer, em português.")
    erros = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()),
        required=False,
        help_text="Mensagens por campo.",
    )


def problem(status: int, body: type[ProblemaSerializer] = ProblemaSerializer) -> dict[tuple[int, str], OpenApiResponse]:
    """One refusal of an endpoint, for `responses=` of extend_schema."""
    example = OpenApiExample(DESCRICAO[status].partition(";")[0], exemplos.of_status(status))
    return {(status, PROBLEM): OpenApiResponse(body, description=DESCRICAO[status], examples=[example])}


def problems(*statuses: int) -> dict[tuple[int, str], OpenApiResponse]:
    """These refusals and the ones that every endpoint has."""
    found: dict[tuple[int, str], OpenApiResponse] = {}
    for status in sorted({401, 403, 406, 429, *statuses}):
        found |= problem(status)
    return found


CNPJ = OpenApiParameter(
    "cnpj", {"type": "string", "pattern": "^[0-9A-Z]{12}[0-9]{2}$"}, OpenApiParameter.PATH,
    description="14 posições, sem máscara.",
)  # fmt: skip


class ChaveScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # drf-spectacular registers subclasses untyped
    target_class = "portal.agentes.authentication.ChaveAuthentication"
    name = "chave"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "Para máquinas: `Chave <chave>`, com a chave que a operação emitiu.",
        }
