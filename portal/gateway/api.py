"""The feed of who is active, for gateways that decide by themselves."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from certificados.serializers import InstanteField
from portal import clock
from portal.agentes.api import PortalAPIView, ProblemaSerializer, problems, validate_query
from portal.agentes.models import ChaveDeMaquina, Escopo
from portal.errors import PROBLEM
from portal.gateway.diretorio import selectors, services
from portal.gateway.domain.decisao import Motivo
from portal.gateway.domain.diretorio import CURSOR, Cursor
from portal.kernel.errors import Forbidden

SO_GATEWAY = "O diretório é só para chaves de gateway. Peça uma à operação."
NAO_E_CURSOR = "Envie o “proximo” da resposta anterior tal como veio, ou deixe em branco para começar do zero."
MOTIVOS = (Motivo.AUTORIZADO, Motivo.CERTIFICADO_EXCLUIDO, Motivo.CERTIFICADO_VENCIDO, Motivo.AGENTE_IMPEDIDO)
DESCRICAO = """\
O que passou a valer e o que deixou de valer, na ordem em que foi publicado. Guarde um conjunto com chave `cnpj` e
`sha256`: entrada com `ativo` verdadeiro inclui, ou substitui o que você tinha; falso retira. Quem aplica todas as
entradas, do zero, termina com exatamente os certificados em serviço de agentes que aderiram e não estão impedidos.

- Aplique a página e só então guarde `proximo` (ou o `cursor` da última entrada aplicada). Repetir não faz mal.
- Com `mais` verdadeiro, peça já a seguinte, também se esta veio vazia; com falso, você tem tudo o que estava gravado no
  portal no momento do pedido.
- O tempo é seu: deixe entrar só de `valido_de` até `valido_ate`, inclusive. O certificado vencido é retirado depois, e
  isso também aparece aqui.
- A senha não está aqui: confira em `autorizacao/`.
"""
EXEMPLO = {
    "entradas": [
        {
            "cursor": "1041-9c1e66d0",
            "cnpj": "11222333000181",
            "sigla": "AURORA",
            "sha256": "9f86d081884c7d65" * 4,
            "ativo": False,
            "motivo": "certificado-excluido",
            "valido_de": "2026-01-12T12:00:00Z",
            "valido_ate": "2027-01-12T12:00:00Z",
            "publicada_em": "2026-11-21T15:04:05.678901Z",
        }
    ],
    "proximo": "1041-9c1e66d0",
    "mais": False,
}
SEM_CURSOR = {
    "type": "urn:portal:problema:cursor-desconhecido",
    "title": selectors.CursorDesconhecido.title,
    "status": 410,
    "detail": selectors.OUTRA_HISTORIA,
}


class SoGateway(BasePermission):
    def has_permission(self, request: Request, view: APIView) -> bool:
        if not isinstance(request.auth, ChaveDeMaquina) or request.auth.escopo != Escopo.GATEWAY:
            raise Forbidden(SO_GATEWAY)
        return True


class PedidoSerializer(serializers.Serializer[Any]):
    desde = serializers.RegexField(
        CURSOR,
        required=False,
        allow_blank=True,
        default="",
        error_messages={"invalid": NAO_E_CURSOR},
        help_text="O cursor a partir do qual continuar; em branco, do zero.",
    )
    limite = serializers.IntegerField(
        required=False, default=500, min_value=1, max_value=1000, help_text="Entradas na página."
    )


class EntradaSerializer(serializers.Serializer[Any]):
    cursor = serializers.CharField(help_text="Para continuar depois desta entrada.")
    cnpj = serializers.CharField(help_text="14 posições, sem máscara: o usuário sistêmico.")
    sigla = serializers.CharField()
    sha256 = serializers.CharField(help_text="Do certificado (DER), em hexadecimal.")
    ativo = serializers.BooleanField(help_text="Inclui ou substitui; falso: retira.")
    motivo = serializers.ChoiceField([motivo.value for motivo in MOTIVOS])
    valido_de = InstanteField()
    valido_ate = InstanteField(help_text="O último instante em que vale.")
    publicada_em = InstanteField(source="at")


class DiretorioSerializer(serializers.Serializer[Any]):
    entradas = EntradaSerializer(many=True)
    proximo = serializers.CharField(help_text="O `desde` do próximo pedido; vem sempre.")
    mais = serializers.BooleanField(help_text="Há mais entradas, ou ainda estão sendo publicadas.")


class DiretorioView(PortalAPIView):
    permission_classes = [IsAuthenticated, SoGateway]

    @extend_schema(
        operation_id="ler_diretorio",
        summary="O diretório de quem pode entrar, para acompanhar: cada mudança, em ordem",
        description=DESCRICAO,
        tags=["gateway"],
        auth=[{"chave": []}],  # type: ignore[list-item]  # security requirements, whatever its hint says
        parameters=[PedidoSerializer],
        responses={
            200: DiretorioSerializer,
            **problems(422),
            (410, PROBLEM): OpenApiResponse(
                ProblemaSerializer, "O cursor não é deste diretório: recomece do zero",
                [OpenApiExample("cursor desconhecido", SEM_CURSOR)],
            ),
        },
        examples=[OpenApiExample("uma exclusão", EXEMPLO, response_only=True, status_codes=["200"])],
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """What was committed before the question is in the answer: the feed is brought up to date first."""
        campos = validate_query(PedidoSerializer, request)
        after = Cursor.read(campos["desde"]) or Cursor()
        whole = services.publish(now=clock.now(), batches=services.NUMA_LEITURA)
        pagina = selectors.page(after, campos["limite"])
        entradas = EntradaSerializer(pagina.entradas, many=True).data
        return Response({"entradas": entradas, "proximo": str(pagina.proximo), "mais": pagina.mais or not whole})


urlpatterns = [
    path("diretorio/", DiretorioView.as_view(), name="diretorio"),
]
