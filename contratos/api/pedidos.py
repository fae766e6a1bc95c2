"""What may be asked for, and asking for it: acts on a contract, and contracts that a party registers."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from contratos import acesso, services
from contratos.api.campos import EvidenciaField
from contratos.api.contratos import NUMERO
from contratos.api.exemplos import PEDIDO, REGISTRO
from contratos.domain.evidencia import fields
from contratos.domain.procedimentos import PEDIDOS, PROCEDIMENTOS
from contratos.models import Fluxo
from contratos.paginas import pedidos
from contratos.services.pedidos import find as find_request
from contratos.services.registros import find as find_registration
from portal import clock
from portal.agentes.api import PortalAPIView, problems, validate
from portal.agentes.http import ator_of
from portal.agentes.idempotencia.vez import once

CODIGO = OpenApiParameter("codigo", {"type": "string", "minLength": 1, "maxLength": 30}, OpenApiParameter.PATH)


class CampoSerializer(serializers.Serializer[Any]):
    nome = serializers.CharField()
    rotulo = serializers.CharField()
    tipo = serializers.CharField()
    opcional = serializers.BooleanField()
    opcoes = serializers.ListField(child=serializers.CharField(), source="codigos")


class PedidoSerializer(serializers.Serializer[Any]):
    codigo = serializers.CharField()
    rotulo = serializers.CharField()
    texto = serializers.CharField()
    responsavel = serializers.CharField(help_text="Quem pode pedir.")
    especies = serializers.ListField(child=serializers.CharField())
    novo_contrato = serializers.BooleanField(help_text="Registra um contrato; os outros agem num contrato que existe.")
    campos = CampoSerializer(many=True)


class EvidenciaSerializer(serializers.Serializer[Any]):
    evidencia = EvidenciaField()


class FluxoSerializer(serializers.ModelSerializer[Fluxo]):
    contrato = serializers.CharField(source="contrato.numero")

    class Meta:
        model = Fluxo
        fields = ("id", "contrato", "procedimento", "estado", "ancoras", "opened_at", "closed_at")


class PedidosView(PortalAPIView):
    @extend_schema(
        operation_id="listar_pedidos",
        summary="O que se pode pedir ou registrar, com os campos de cada pedido",
        tags=["contratos"],
        responses={200: PedidoSerializer(many=True), **problems()},
    )
    def get(self, request: Request) -> Response:
        return Response([PedidoSerializer(_described(codigo)).data for codigo in PEDIDOS])


class PedirView(PortalAPIView):
    @extend_schema(
        operation_id="pedir",
        summary="Faz um pedido num contrato: o fluxo se abre e a primeira atividade se conclui num ato só",
        tags=["contratos"],
        parameters=[NUMERO, CODIGO],
        request=EvidenciaSerializer,
        examples=PEDIDO,
        responses={201: FluxoSerializer, **problems(400, 404, 409, 415, 422)},
    )
    @once
    def post(self, request: Request, numero: str, codigo: str) -> Response:
        ator, now = ator_of(request), clock.now()
        contrato = acesso.find(ator, numero, now=now)
        find_request(codigo)
        campos = validate(EvidenciaSerializer, request.data)
        parte = pedidos.requester(contrato, codigo, ator, now=now)
        fluxo = services.request(contrato, codigo, solicitante=parte, ator=ator, now=now, **campos)
        return Response(FluxoSerializer(fluxo).data, status=201)


class RegistrarView(PortalAPIView):
    @extend_schema(
        operation_id="registrar_contrato",
        summary="Registra um contrato que cabe à parte registrar: CBR, CCER, suprimento",
        tags=["contratos"],
        parameters=[CODIGO],
        request=EvidenciaSerializer,
        examples=REGISTRO,
        responses={201: FluxoSerializer, **problems(400, 404, 409, 415, 422)},
    )
    @once
    def post(self, request: Request, codigo: str) -> Response:
        ator, now = ator_of(request), clock.now()
        find_registration(codigo)
        campos = validate(EvidenciaSerializer, request.data)
        contrato = services.register_contract(codigo, ator=ator, now=now, **campos)
        return Response(FluxoSerializer(contrato.fluxos.latest("pk")).data, status=201)


def _described(codigo: str) -> dict[str, Any]:
    pedido, first = PEDIDOS[codigo], PROCEDIMENTOS[codigo].atividades[0]
    described = [
        {
            "nome": campo.nome,
            "rotulo": campo.rotulo,
            "tipo": campo.tipo.value,
            "opcional": campo.opcional,
            "codigos": [opcao for opcao, _ in campo.opcoes],
        }
        for campo in fields(first.evidencia)
    ]
    return {
        "codigo": codigo,
        "rotulo": pedido.rotulo,
        "texto": pedido.texto,
        "responsavel": first.responsavel.value,
        "especies": sorted(pedido.especies),
        "novo_contrato": pedido.novo,
        "campos": described,
    }


urlpatterns = [
    path("pedidos/", PedidosView.as_view(), name="pedidos"),
    path("contratos/registrar/<str:codigo>/", RegistrarView.as_view(), name="registrar_contrato"),
    path("contratos/<str:numero>/pedidos/<str:codigo>/", PedirView.as_view(), name="pedir"),
]
