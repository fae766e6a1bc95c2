"""Contracts, what is to be done in each, and doing it: through the same services and gates as the pages."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contratos import acesso, selectors, services
from contratos.api.campos import (
    AtividadeSerializer,
    ContratoComAtividadesSerializer,
    ContratoSerializer,
    EncerramentoSerializer,
    PaginaDeContratosSerializer,
)
from contratos.api.exemplos import CONCLUSAO
from contratos.services.andamento import is_late
from portal import clock
from portal.agentes.api import BIGINT_MAX, PortalAPIView, problems, validate
from portal.agentes.http import ator_of
from portal.agentes.idempotencia.vez import once
from portal.agentes.listas import PaginaSerializer, paginate
from portal.kernel.errors import NotFound

NUMERO = OpenApiParameter("numero", {"type": "string", "minLength": 1, "maxLength": 30}, OpenApiParameter.PATH)
ATIVIDADE = OpenApiParameter(
    "atividade", {"type": "integer", "minimum": 0, "maximum": BIGINT_MAX}, OpenApiParameter.PATH
)


class ContratosView(PortalAPIView):
    @extend_schema(
        operation_id="listar_contratos",
        summary="Os contratos de que uma das suas empresas é parte",
        tags=["contratos"],
        parameters=[PaginaSerializer],
        responses={200: PaginaDeContratosSerializer, **problems(422)},
    )
    def get(self, request: Request) -> Response:
        found, told = paginate(request, acesso.visible(ator_of(request), now=clock.now()))
        return Response({**told, "resultados": ContratoSerializer(found, many=True).data})


class ContratoView(PortalAPIView):
    @extend_schema(
        operation_id="consultar_contrato",
        summary="Um contrato e suas atividades",
        tags=["contratos"],
        parameters=[NUMERO],
        responses={200: ContratoComAtividadesSerializer, **problems(404)},
    )
    def get(self, request: Request, numero: str) -> Response:
        now = clock.now()
        contrato = acesso.find(ator_of(request), numero, now=now)
        return Response(ContratoComAtividadesSerializer(contrato, context=_context(now)).data)


class ConcluirView(PortalAPIView):
    @extend_schema(
        operation_id="concluir_atividade",
        summary="Conclui uma atividade, com a evidência que ela pede",
        tags=["contratos"],
        parameters=[NUMERO, ATIVIDADE],
        request=EncerramentoSerializer,
        examples=CONCLUSAO,
        responses={200: AtividadeSerializer, **problems(400, 404, 409, 415, 422)},
    )
    @once
    def post(self, request: Request, numero: str, atividade: int) -> Response:
        ator, now = ator_of(request), clock.now()
        contrato = acesso.find(ator, numero, now=now)
        campos = validate(EncerramentoSerializer, request.data)
        if not 0 <= atividade <= BIGINT_MAX or not selectors.has_activity(contrato, atividade):
            raise NotFound("Esta atividade não é deste contrato.")
        row = services.close_activity(atividade, ator=ator, now=now, **campos)
        return Response(AtividadeSerializer(row, context=_context(now)).data)


def _context(now: Any) -> dict[str, Any]:
    hoje = selectors.deadline_day(now)
    return {"late": lambda row: is_late(row, hoje)}


urlpatterns = [
    path("contratos/", ContratosView.as_view(), name="contratos"),
    path("contratos/<str:numero>/", ContratoView.as_view(), name="contrato"),
    path(
        "contratos/<str:numero>/atividades/<int:atividade>/concluir/", ConcluirView.as_view(), name="concluir_atividade"
    ),
]
