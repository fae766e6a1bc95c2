"""Consumption histories for machines: declared by one side, validated or given back by the other (3.39.1)."""

from datetime import datetime
from typing import Any

from django.urls import path
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from contratos import services
from contratos.api.campos import EnergiaDoMesSerializer, ParteSerializer, months
from contratos.api.exemplos import DECLARACAO, RESPOSTA
from contratos.domain.evidencia import LONGEST_TABLE
from contratos.forms.historicos import AJUDA
from contratos.models import HistoricoDeConsumo
from contratos.paginas import historicos as leitura
from contratos.services import historicos
from portal import clock
from portal.agentes.acesso import Ator
from portal.agentes.api import BIGINT_MAX, CnpjField, PaginadoSerializer, PortalAPIView, problems, validate
from portal.agentes.http import ator_of
from portal.agentes.idempotencia.vez import once
from portal.agentes.listas import PaginaSerializer, paginate
from portal.kernel.errors import NotFound, refuse

HISTORICO = OpenApiParameter(
    "historico", {"type": "integer", "minimum": 0, "maximum": BIGINT_MAX}, OpenApiParameter.PATH
)
UM_DOS_DOIS = "Informe a unidade, ou o CNPJ da distribuidora para toda a área dela: um dos dois."
VALIDADO, DEVOLVIDO = HistoricoDeConsumo.Situacao.VALIDADO.value, HistoricoDeConsumo.Situacao.DEVOLVIDO.value


class HistoricoSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="row.pk")
    unidade = serializers.CharField(source="row.unidade.codigo", allow_null=True)
    distribuidora = ParteSerializer(source="row.distribuidora", allow_null=True, help_text="De toda a área dela.")
    meses = serializers.SerializerMethodField()
    total_mwh = serializers.DecimalField(max_digits=18, decimal_places=6, source="total")
    declarante = ParteSerializer(source="row.declarante")
    situacao = serializers.CharField(source="row.situacao", help_text="declarado, validado ou devolvido")
    pode_responder = serializers.BooleanField(source="responde", help_text="Espera a resposta de quem consulta.")
    sent_at = serializers.DateTimeField(source="row.sent_at")
    sent_by = serializers.CharField(source="row.sent_by")
    answered_at = serializers.DateTimeField(source="row.answered_at", allow_null=True)
    answered_by = serializers.CharField(source="row.answered_by", allow_blank=True)
    motivo = serializers.CharField(source="row.motivo", allow_blank=True)

    @extend_schema_field(EnergiaDoMesSerializer(many=True))
    def get_meses(self, linha: leitura.Linha) -> list[dict[str, Any]]:
        return months(linha.meses)


class PaginaDeHistoricosSerializer(PaginadoSerializer):
    resultados = HistoricoSerializer(many=True)


class DeclaracaoSerializer(serializers.Serializer[Any]):
    unidade = serializers.CharField(max_length=30, default="", allow_blank=True, help_text="Código da unidade.")
    distribuidora = CnpjField(default="", allow_blank=True, help_text="CNPJ, para o histórico de toda a área dela.")
    tabela = serializers.CharField(max_length=LONGEST_TABLE, trim_whitespace=False, help_text=AJUDA)


class RespostaSerializer(serializers.Serializer[Any]):
    resultado = serializers.ChoiceField([VALIDADO, DEVOLVIDO])
    motivo = serializers.CharField(max_length=300, default="", allow_blank=True, help_text="Obrigatório para devolver.")


class HistoricosView(PortalAPIView):
    @extend_schema(
        operation_id="listar_historicos",
        summary="Os históricos de consumo das unidades e áreas das suas empresas, do último ao primeiro",
        tags=["proinfa"],
        parameters=[PaginaSerializer],
        responses={200: PaginaDeHistoricosSerializer, **problems(422)},
    )
    def get(self, request: Request) -> Response:
        ator, now = ator_of(request), clock.now()
        found, told = paginate(request, historicos.visible(ator, now=now).order_by("-pk"))
        linhas = [leitura.line(row, ator, now) for row in found]
        return Response({**told, "resultados": HistoricoSerializer(linhas, many=True).data})

    @extend_schema(
        operation_id="declarar_historico",
        summary="Declara o consumo de uma unidade, ou de toda a área de uma distribuidora: falta a outra parte validar",
        description="Repetir é seguro: enquanto um histórico espera a resposta, outro é recusado com 409.",
        tags=["proinfa"],
        request=DeclaracaoSerializer,
        examples=DECLARACAO,
        responses={201: HistoricoSerializer, **problems(400, 404, 409, 415, 422)},
    )
    @once
    def post(self, request: Request) -> Response:
        ator, now = ator_of(request), clock.now()
        campos = validate(DeclaracaoSerializer, request.data)
        unidade, cnpj = campos["unidade"], campos["distribuidora"]
        refuse({"unidade": UM_DOS_DOIS if bool(unidade) == bool(cnpj) else ""})
        alvo = historicos.find_target(ator, unidade=unidade, cnpj=cnpj, now=now)
        row = services.declare_history(alvo, campos["tabela"], ator=ator, now=now)
        return Response(HistoricoSerializer(leitura.line(row, ator, now)).data, status=201)


class RespostaView(PortalAPIView):
    @extend_schema(
        operation_id="responder_historico",
        summary="Valida um histórico de consumo, ou o devolve com o motivo",
        description="Cabe à parte que não o declarou; o da área de uma distribuidora, à CCEE.",
        tags=["proinfa"],
        parameters=[HISTORICO],
        request=RespostaSerializer,
        examples=RESPOSTA,
        responses={200: HistoricoSerializer, **problems(400, 404, 409, 415, 422)},
    )
    @once
    def post(self, request: Request, historico: int) -> Response:
        ator, now = ator_of(request), clock.now()
        _require(historico, ator, now=now)
        campos = validate(RespostaSerializer, request.data)
        valida = campos["resultado"] == VALIDADO
        row = services.answer_history(historico, valida=valida, motivo=campos["motivo"], ator=ator, now=now)
        return Response(HistoricoSerializer(leitura.line(row, ator, now)).data)


def _require(historico: int, ator: Ator, *, now: datetime) -> None:
    """Before anything is read of what was sent: whoever may not see it, or not answer it, learns nothing."""
    if historico > BIGINT_MAX:
        raise NotFound(historicos.NAO_HA)
    historicos.answerable(historicos.visible(ator, now=now), historico, ator, now=now)


urlpatterns = [
    path("proinfa/historicos/", HistoricosView.as_view(), name="historicos"),
    path("proinfa/historicos/<int:historico>/resposta/", RespostaView.as_view(), name="responder_historico"),
]
