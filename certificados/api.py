"""Endpoints of certificates: check a file, list, download."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from certificados import selectors, services
from certificados.serializers import (
    CertificadoSerializer,
    ConferenciaSerializer,
    FiltroDeVencimentosSerializer,
    PaginaDeVencimentosSerializer,
    RelatorioSerializer,
    VencimentoSerializer,
)
from portal import clock
from portal.agentes import acesso
from portal.agentes.api import BIGINT_MAX, CNPJ, PortalAPIView, problems, validate, validate_query
from portal.agentes.http import agente_of, ator_of
from portal.agentes.listas import paginate
from portal.kernel.errors import NotFound

DER = "application/pkix-cert"
POR_PAGINA = 100  # of expiries
CERTIFICADO = OpenApiParameter(
    "certificado",
    {"type": "integer", "minimum": 1, "maximum": BIGINT_MAX},
    OpenApiParameter.PATH,
    description="O `id` da lista.",
)


class DerRenderer(JSONRenderer):
    """So that `Accept: application/pkix-cert` is negotiable; refusals are JSON under any name."""

    media_type, format = DER, "cer"


class VerificarView(PortalAPIView):
    parser_classes = [MultiPartParser]

    @extend_schema(
        operation_id="verificar_certificado",
        summary="Confere um certificado, regra por regra, sem guardar nada",
        tags=["certificados"],
        request={"multipart/form-data": ConferenciaSerializer},
        responses={200: RelatorioSerializer, **problems(400, 413, 415, 422)},
    )
    def post(self, request: Request) -> Response:
        campos, now = validate(ConferenciaSerializer, request.data), clock.now()
        arquivo = campos["arquivo"]
        about = _about(request, campos.get("cnpj", ""), now=now)
        facts = services.open_file(arquivo.content)
        return Response(services.judge(facts, arquivo=arquivo.name, now=now, **about).to_dict())


def _about(request: HttpRequest, cnpj: str, *, now: datetime) -> dict[str, Any]:
    """With the company's records where the caller may see them, else only the CNPJ to compare with.

    No 404 here: a company that is not the caller's and one that does not exist get the same report.
    """
    if not cnpj:
        return {}
    try:
        return {"pedido": services.Pedido(acesso.find(ator_of(request), cnpj, on=clock.local_date(now)))}
    except NotFound:
        return {"cnpj": cnpj}


class CertificadosView(PortalAPIView):
    @extend_schema(
        operation_id="listar_certificados",
        summary="Os certificados da empresa em uso, o que vence antes primeiro",
        tags=["certificados"],
        parameters=[CNPJ],
        responses={200: CertificadoSerializer(many=True), **problems(404)},
    )
    def get(self, request: Request, cnpj: str) -> Response:
        found: Any = selectors.of_agente(agente_of(request, cnpj))
        return Response(CertificadoSerializer(found, many=True, context={"now": clock.now()}).data)


class VencimentosView(PortalAPIView):
    @extend_schema(
        operation_id="listar_vencimentos",
        summary="Os certificados em uso de todas as empresas que você representa, o que vence antes primeiro",
        tags=["certificados"],
        parameters=[FiltroDeVencimentosSerializer],
        responses={200: PaginaDeVencimentosSerializer, **problems(422)},
    )
    def get(self, request: Request) -> Response:
        filtro, now = validate_query(FiltroDeVencimentosSerializer, request), clock.now()
        agentes = acesso.visible_agentes(ator_of(request), on=clock.local_date(now))
        rows = selectors.ending(agentes, ate=filtro.get("ate")).select_related("agente")
        found, told = paginate(request, rows, size=POR_PAGINA)
        return Response({**told, "resultados": VencimentoSerializer(found, many=True, context={"now": now}).data})


class ArquivoView(PortalAPIView):
    renderer_classes = [JSONRenderer, DerRenderer]

    @extend_schema(
        operation_id="baixar_certificado",
        summary="O certificado em DER, byte a byte como foi aceito",
        tags=["certificados"],
        parameters=[CNPJ, CERTIFICADO],
        responses={(200, DER): OpenApiTypes.BINARY, **problems(404)},
    )
    def get(self, request: Request, cnpj: str, certificado: int) -> HttpResponse:
        agente, now = agente_of(request, cnpj), clock.now()
        found = selectors.find(agente, certificado)
        ator = ator_of(request)
        if not acesso.papeis(ator, agente, on=clock.local_date(now)):
            services.record_download(found, by=ator.nome, now=now)
        name = f'attachment; filename="{found.sha256[:16]}.cer"'
        der = bytes(found.arquivo.der)
        return HttpResponse(der, content_type=DER, headers={"Content-Disposition": name})


urlpatterns = [
    path("vencimentos/", VencimentosView.as_view(), name="vencimentos"),
    path("certificados/verificar/", VerificarView.as_view(), name="verificar"),
    path("agentes/<str:cnpj>/certificados/", CertificadosView.as_view(), name="certificados"),
    path("agentes/<str:cnpj>/certificados/<int:certificado>/arquivo/", ArquivoView.as_view(), name="arquivo"),
]
