"""The ledger through the API: what the page shows a person, with the hashes of the chain."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal import frases, trilha
from portal.agentes.api import PortalAPIView, problems, validate_query
from portal.agentes.http import ator_of, today

SHA256 = "9f86d081884c7d65" * 4
EXEMPLO = {
    "entradas": [
        {
            "numero": 1041,
            "quando": "2026-11-22T15:04:05.678901Z",
            "tipo": "certificado.excluido",
            "quem": "ana.ccee",
            "frase": "excluiu um certificado",
            "cnpj": "11222333000181",
            "sigla": "AURORA",
            "objeto": "servidor.cer",
            "dados": {"sha256": SHA256, "motivo": "Venceu em 22/11/2026"},
            "anterior": SHA256,
            "hash": SHA256[::-1],
        }
    ],
    "mais_antigas": None,
}


class FiltroDaTrilhaSerializer(serializers.Serializer[Any]):
    empresa = serializers.CharField(max_length=60, default="", allow_blank=True, help_text="Sigla ou CNPJ.")
    grupo = serializers.ChoiceField([(code, name) for code, (name, _) in frases.GRUPOS.items()], required=False)
    antes = serializers.IntegerField(
        min_value=1, max_value=trilha.LARGEST, required=False, help_text="O `mais_antigas` da página anterior."
    )


class EntradaDaTrilhaSerializer(serializers.Serializer[Any]):
    numero = serializers.IntegerField(source="evento.numero")
    quando = serializers.DateTimeField(source="evento.at")
    tipo = serializers.CharField(source="evento.tipo")
    quem = serializers.CharField(help_text="Nome de quem agiu, como na página; “Operação” para a equipe.")
    frase = serializers.CharField(help_text="O que fez, em palavras.")
    cnpj = serializers.CharField(source="evento.cnpj", allow_blank=True)
    sigla = serializers.CharField(allow_blank=True)
    objeto = serializers.CharField(source="evento.objeto", allow_blank=True)
    dados = serializers.DictField(source="evento.dados")
    anterior = serializers.CharField(source="evento.anterior", help_text="Hash da entrada anterior da trilha inteira.")
    hash = serializers.CharField(source="evento.hash")


class PaginaDaTrilhaSerializer(serializers.Serializer[Any]):
    entradas = EntradaDaTrilhaSerializer(many=True)
    mais_antigas = serializers.IntegerField(allow_null=True, help_text="Para `antes`, se há mais; nulo se não.")


class TrilhaView(PortalAPIView):
    @extend_schema(
        operation_id="ler_trilha",
        summary="A trilha de auditoria das empresas que você representa, a entrada mais nova primeiro",
        tags=["trilha"],
        parameters=[FiltroDaTrilhaSerializer],
        responses={200: PaginaDaTrilhaSerializer, **problems(422)},
        examples=[OpenApiExample("uma exclusão", EXEMPLO, response_only=True, status_codes=["200"])],
    )
    def get(self, request: Request) -> Response:
        filtro = trilha.Filtro(**validate_query(FiltroDaTrilhaSerializer, request))
        linhas, older = trilha.page(ator_of(request), filtro, on=today())
        return Response({"entradas": EntradaDaTrilhaSerializer(linhas, many=True).data, "mais_antigas": older})


urlpatterns = [path("trilha/", TrilhaView.as_view(), name="trilha")]
