"""The notices about a certificate through the API: what the proof shows."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from certificados import selectors as certificados
from certificados.api import CERTIFICADO
from notificacoes.selectors import prova
from portal import clock
from portal.agentes.api import CNPJ, PortalAPIView, problems
from portal.agentes.http import agente_of

MENSAGEM = {
    "message_id": "aviso.41.7c1e@portal.exemplo.com.br",
    "endereco": "ana@exemplo.com.br",
    "enviada_em": "2026-11-22T15:04:05.678901Z",
    "codigo": 250,
    "resposta": "2.0.0 Ok: queued as 4F1C2",
    "tentativas": 1,
    "repeticoes": 0,
    "devolvida_em": None,
    "devolucao": "",
    "sha256": "9f86d081884c7d65" * 4,
}
EXEMPLO = {
    "titulo": "30 dias antes",
    "previsto": "2026-11-22",
    "planejado_em": "2026-11-22T03:00:10.000001Z",
    "destinatario": "Ana Souza",
    "papel": "Representante CCEE",
    "estado": "Enviado",
    "motivo": "",
    "mensagem": MENSAGEM,
}


class MensagemSerializer(serializers.Serializer[Any]):
    message_id = serializers.CharField()
    endereco = serializers.CharField(allow_blank=True, help_text="O que foi usado no envio.")
    enviada_em = serializers.DateTimeField(source="sent_at", allow_null=True)
    codigo = serializers.IntegerField(source="smtp_codigo", allow_null=True)
    resposta = serializers.CharField(source="smtp_resposta", allow_blank=True, help_text="Do servidor de e-mail.")
    tentativas = serializers.IntegerField()
    repeticoes = serializers.IntegerField()
    devolvida_em = serializers.DateTimeField(source="devolvida_at", allow_null=True)
    devolucao = serializers.CharField(allow_blank=True)
    sha256 = serializers.CharField(source="corpo_sha256", allow_blank=True, help_text="Da mensagem como foi enviada.")


class AvisoSerializer(serializers.Serializer[Any]):
    """One notice to one person; those still to come too, without a message."""

    titulo = serializers.CharField()
    previsto = serializers.DateField()
    planejado_em = serializers.DateTimeField(source="planejado_at", allow_null=True)
    destinatario = serializers.CharField(source="nome")
    papel = serializers.CharField(allow_blank=True)
    estado = serializers.CharField(source="estado.texto")
    motivo = serializers.CharField(allow_blank=True)
    mensagem = MensagemSerializer(source="envio", allow_null=True)


class AvisosView(PortalAPIView):
    @extend_schema(
        operation_id="listar_avisos",
        summary="Os avisos de um certificado: previstos, enviados, a quem, e o que o servidor respondeu",
        tags=["avisos"],
        parameters=[CNPJ, CERTIFICADO],
        responses={200: AvisoSerializer(many=True), **problems(404)},
        examples=[OpenApiExample("um enviado", EXEMPLO, response_only=True, status_codes=["200"])],
    )
    def get(self, request: Request, cnpj: str, certificado: int) -> Response:
        found = prova.read(certificados.find(agente_of(request, cnpj), certificado), now=clock.now())
        return Response(AvisoSerializer(found.linhas, many=True).data)


urlpatterns = [
    path("agentes/<str:cnpj>/certificados/<int:certificado>/avisos/", AvisosView.as_view(), name="avisos"),
]
