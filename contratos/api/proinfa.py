"""PROINFA's quotas and the year's curve, for machines (3.40, 3.43, 3.68)."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from contratos import acesso
from contratos.api.campos import EnergiaDoMesSerializer, ParteSerializer, months
from contratos.api.montantes import ANO
from contratos.models import CotaAnual, CotaDoMes
from contratos.paginas import proinfa as leitura
from portal import clock
from portal.agentes.api import PaginadoSerializer, PortalAPIView, problems
from portal.agentes.http import ator_of
from portal.agentes.listas import PaginaSerializer, paginate


class CotaDoMesSerializer(serializers.ModelSerializer[CotaDoMes]):
    class Meta:
        model = CotaDoMes
        fields = ("mes", "energia_mwh", "situacao", "calculo", "published_at")


class CotaAnualSerializer(serializers.ModelSerializer[CotaAnual]):
    class Meta:
        model = CotaAnual
        fields = ("ano", "energia_mwh", "motivo", "calculo")


class CotaSerializer(serializers.Serializer[Any]):
    contrato = serializers.CharField(source="contrato.numero")
    cotista = ParteSerializer(source="contrato.comprador")
    unidade = serializers.CharField(
        source="unidade.unidade.codigo", allow_null=True, help_text="Nula: a cota é da distribuidora."
    )
    renunciada_de = serializers.DateField(
        source="unidade.renunciada_de", allow_null=True, help_text="Mês a partir do qual não há mais cota."
    )
    meses = EnergiaDoMesSerializer(many=True, help_text="O que está no contrato.")
    ultima = CotaDoMesSerializer(allow_null=True, help_text="A apuração do último mês publicado.")
    anual = CotaAnualSerializer(allow_null=True)


class PaginaDeCotasSerializer(PaginadoSerializer):
    resultados = CotaSerializer(many=True)


class ColunaSerializer(serializers.Serializer[Any]):
    nome = serializers.CharField(help_text="Cotas, ACEP, ou o código de uma usina do MRE.")
    energia_mwh = serializers.DecimalField(max_digits=18, decimal_places=6)
    meses = EnergiaDoMesSerializer(many=True)


class CurvaSerializer(serializers.Serializer[Any]):
    ano = serializers.IntegerField(source="row.ano.ano")
    ato = serializers.CharField(source="row.ano.ato")
    versao = serializers.IntegerField(source="row.versao")
    origem = serializers.CharField(source="row.origem")
    calculo = serializers.CharField(source="row.calculo")
    made_at = serializers.DateTimeField(source="row.made_at")
    colunas = serializers.SerializerMethodField()

    @extend_schema_field(ColunaSerializer(many=True))
    def get_colunas(self, curva: leitura.Curva) -> list[dict[str, Any]]:
        found = [
            {"nome": nome, "energia_mwh": soma, "meses": months((mes, values[at]) for mes, values in curva.linhas)}
            for at, (nome, soma) in enumerate(curva.do_ano)
        ]
        return list(ColunaSerializer(found, many=True).data)


class CotasView(PortalAPIView):
    @extend_schema(
        operation_id="listar_cotas_do_proinfa",
        summary="As cotas do PROINFA dos contratos de que uma das suas empresas é parte",
        tags=["proinfa"],
        parameters=[PaginaSerializer],
        responses={200: PaginaDeCotasSerializer, **problems(422)},
    )
    def get(self, request: Request) -> Response:
        ator = ator_of(request)
        found, told = paginate(request, leitura.contracts(ator, clock.now()))
        cotas = [leitura.quota(each, acesso.is_ccee(ator)) for each in found]
        return Response({**told, "resultados": CotaSerializer(cotas, many=True).data})


class CurvaView(PortalAPIView):
    @extend_schema(
        operation_id="consultar_curva_do_proinfa",
        summary="A sazonalização do PROINFA de um ano: cotas, ACEP e cada usina do MRE",
        description="De quem tem cota, do ACEP, da CCEE e do regulador. É a última versão do ano.",
        tags=["proinfa"],
        parameters=[ANO],
        responses={200: CurvaSerializer, **problems(404)},
    )
    def get(self, request: Request, ano: int) -> Response:
        return Response(CurvaSerializer(leitura.curve(ator_of(request), ano, now=clock.now())).data)


urlpatterns = [
    path("proinfa/", CotasView.as_view(), name="proinfa"),
    path("proinfa/curvas/<int:ano>/", CurvaView.as_view(), name="curva_do_proinfa"),
]
