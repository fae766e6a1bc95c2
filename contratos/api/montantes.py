"""The months of a contract's year: what they are, and whether a table would be taken, without keeping it."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from contratos import acesso
from contratos.api.contratos import NUMERO
from contratos.domain.evidencia import LONGEST_TABLE
from contratos.models import Contrato
from contratos.paginas import ano as leitura
from portal import clock
from portal.agentes.api import PortalAPIView, problems, validate
from portal.agentes.http import ator_of

ANO = OpenApiParameter("ano", {"type": "integer", "minimum": 1, "maximum": 9999}, OpenApiParameter.PATH)


class MesSerializer(serializers.Serializer[Any]):
    """MWh with six decimals; null where there is none."""

    mes = serializers.DateField()
    horas = serializers.IntegerField()
    energia_mwh = serializers.DecimalField(max_digits=18, decimal_places=6, allow_null=True)
    minimo_mwh = serializers.DecimalField(max_digits=18, decimal_places=6, allow_null=True)
    maximo_mwh = serializers.DecimalField(max_digits=18, decimal_places=6, allow_null=True)
    na_falta_mwh = serializers.DecimalField(max_digits=18, decimal_places=6, allow_null=True)
    problema = serializers.CharField(allow_blank=True)


class AnoSerializer(serializers.Serializer[Any]):
    contrato = serializers.CharField(source="contrato.numero")
    ano = serializers.IntegerField()
    regra = serializers.CharField()
    situacao = serializers.CharField(allow_blank=True, help_text="proposta, final, ou vazia: nada foi informado")
    energia_mwh = serializers.DecimalField(max_digits=18, decimal_places=6)
    meses = MesSerializer(many=True)
    problemas = serializers.ListField(child=serializers.CharField())


class TabelaSerializer(serializers.Serializer[Any]):
    meses_do_ano = serializers.CharField(
        max_length=LONGEST_TABLE, help_text="Uma linha por mês: 01/2027; 1234,567890", trim_whitespace=False
    )


class MontantesView(PortalAPIView):
    @extend_schema(
        operation_id="consultar_montantes",
        summary="A energia de cada mês do ano de um contrato",
        tags=["contratos"],
        parameters=[NUMERO, ANO],
        responses={200: AnoSerializer, **problems(404)},
    )
    def get(self, request: Request, numero: str, ano: int) -> Response:
        return Response(AnoSerializer(leitura.read(_found(request, numero), ano)).data)

    @extend_schema(
        operation_id="simular_montantes",
        summary="Diz se uma tabela seria aceita, sem gravar nada",
        tags=["contratos"],
        parameters=[NUMERO, ANO],
        request=TabelaSerializer,
        responses={200: AnoSerializer, **problems(400, 404, 415, 422)},
    )
    def post(self, request: Request, numero: str, ano: int) -> Response:
        contrato = _found(request, numero)
        tabela = validate(TabelaSerializer, request.data)["meses_do_ano"]
        return Response(AnoSerializer(leitura.read(contrato, ano, tentado=tabela)).data)


def _found(request: Request, numero: str) -> Contrato:
    """Before anything is read of what was sent: whoever may not see it learns nothing."""
    return acesso.find(ator_of(request), numero, now=clock.now())


urlpatterns = [
    path("contratos/<str:numero>/montantes/<int:ano>/", MontantesView.as_view(), name="montantes"),
]
