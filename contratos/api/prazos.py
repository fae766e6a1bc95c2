"""Endpoints of contracts."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from contratos import selectors
from contratos.domain.prazos import ANCORAS
from contratos.domain.prazos.expressao import ANO, MESES
from portal import clock
from portal.agentes.api import PortalAPIView, problems, validate_query

DATA, MES, CIVIL = r"^\d{4}-\d{2}-\d{2}$", r"^\d{4}-\d{2}$", r"^\d{4}$"


class CalculoSerializer(serializers.Serializer[Any]):
    expressao = serializers.CharField(max_length=200)


class PassoSerializer(serializers.Serializer[Any]):
    data = serializers.DateField()  # type: ignore[assignment]  # as the interface names it; fields leave the class
    conta = serializers.IntegerField(allow_null=True, help_text="Número do dia na contagem; nulo se não conta.")
    motivo = serializers.CharField()


class ClausulaSerializer(serializers.Serializer[Any]):
    numero = serializers.CharField()
    revisao = serializers.CharField()


class PrazoSerializer(serializers.Serializer[Any]):
    expressao = serializers.CharField()
    vencimento = serializers.DateField(allow_null=True, help_text="Nulo quando a expressão é N.A.")
    calendario = serializers.CharField()
    passos = PassoSerializer(many=True)
    clausulas = ClausulaSerializer(many=True, help_text="As cláusulas em vigor que dão este prazo.")


def _parameter(nome: str) -> OpenApiParameter:
    pattern = MES if nome in MESES else CIVIL if nome in ANO else DATA
    return OpenApiParameter(nome, {"type": "string", "pattern": pattern}, description=ANCORAS[nome].capitalize() + ".")


class PrazoView(PortalAPIView):
    @extend_schema(
        operation_id="calcular_prazo",
        summary="Calcula um prazo, com a contagem dia a dia",
        description="As datas vão como parâmetros com o nome da âncora (`P=2026-11-19`, `CAL:codigo=2026-12-01`).",
        tags=["prazos"],
        parameters=[
            OpenApiParameter("expressao", {"type": "string", "minLength": 1, "maxLength": 200}, required=True),
            *(_parameter(nome) for nome in ANCORAS),
        ],
        responses={200: PrazoSerializer, **problems(422)},
    )
    def get(self, request: Request) -> Response:
        expressao = validate_query(CalculoSerializer, request)["expressao"]
        ancoras = {name: str(value) for name, value in request.query_params.dict().items() if _is_anchor(name)}
        found = selectors.deadline(expressao, ancoras)
        return Response(selectors.as_dict(expressao, found, on=clock.local_date(clock.now())))


def _is_anchor(nome: str) -> bool:
    return nome in ANCORAS or nome.startswith("CAL:")


urlpatterns = [path("prazos/calcular/", PrazoView.as_view(), name="calcular_prazo")]
