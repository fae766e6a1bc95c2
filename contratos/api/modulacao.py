"""A month of a contract by the hour: what it is, and whether a table would be taken, without keeping it."""

import re
from datetime import date
from typing import Any

from django.urls import path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from contratos import acesso
from contratos.api.contratos import NUMERO
from contratos.domain.evidencia import LONGEST_TABLE
from contratos.domain.evidencia.modulacao import HORAS
from contratos.models import Atividade, Contrato, Modulacao
from contratos.paginas import horas as leitura
from portal import clock
from portal.agentes.api import PortalAPIView, problems, validate
from portal.agentes.http import ator_of
from portal.kernel.errors import NotFound

ANO_E_MES = re.compile(r"20\d{2}-(?:0[1-9]|1[0-2])", re.ASCII)
MES = OpenApiParameter(
    "mes", {"type": "string", "pattern": f"^{ANO_E_MES.pattern}$"}, OpenApiParameter.PATH, description="AAAA-MM."
)
ENVIAR = (
    "Para enviar as horas, conclua a atividade H1 de `atividades` em "
    '`POST contratos/{numero}/atividades/{atividade}/concluir/`, com `{"evidencia": {"horas_do_mes": tabela}}`. '
    'A outra parte valida pela H2, com `{"resultado": "horas_validadas"}`, ou devolve, com '
    '`{"resultado": "horas_devolvidas", "evidencia": {"devolucao": motivo}}`.'
)


class HoraSerializer(serializers.Serializer[Any]):
    hora = serializers.IntegerField(help_text="A partir de 0, a primeira do primeiro dia com suprimento.")
    inicio = serializers.DateTimeField()
    energia_mwh = serializers.DecimalField(max_digits=18, decimal_places=6)
    na_falta_mwh = serializers.DecimalField(
        max_digits=18, decimal_places=6, allow_null=True,
        help_text="O que fica se ninguém informar e validar no prazo; nulo depois de definitiva.",
    )  # fmt: skip
    permitido_mwh = serializers.DecimalField(
        max_digits=18, decimal_places=6, allow_null=True,
        help_text="O permitido mais próximo, de cada hora fora dos limites de potência; nulo onde a hora cabe.",
    )  # fmt: skip
    problema = serializers.CharField(allow_blank=True, help_text="Só nas primeiras horas com problema.")


class ModulacaoInformadaSerializer(serializers.ModelSerializer[Modulacao]):
    entrada = serializers.DictField(child=serializers.CharField(allow_blank=True), help_text="De que foi calculada.")

    class Meta:
        model = Modulacao
        fields = ("situacao", "origem", "calculo", "entrada", "sent_at", "sent_by", "final_at")


class AtividadeDoMesSerializer(serializers.ModelSerializer[Atividade]):
    id = serializers.IntegerField()

    class Meta:
        model = Atividade
        fields = ("id", "codigo", "nome", "responsavel", "vence_em")


class ModulacaoDoMesSerializer(serializers.Serializer[Any]):
    contrato = serializers.CharField(source="contrato.numero")
    mes = serializers.DateField()
    de = serializers.DateField(source="do_mes.dias.de", help_text="O primeiro dia do mês com suprimento.")
    ate = serializers.DateField(source="do_mes.dias.ate")
    energia_mwh = serializers.DecimalField(max_digits=18, decimal_places=6, source="do_mes.energia")
    potencia_minima_mw = serializers.DecimalField(
        max_digits=15, decimal_places=6, allow_null=True, source="do_mes.potencia.minima"
    )
    potencia_maxima_mw = serializers.DecimalField(
        max_digits=15, decimal_places=6, allow_null=True, source="do_mes.potencia.maxima",
        help_text="Nulas onde não há limite (CBR), ou onde a CCEE ainda não registrou a potência (CA).",
    )  # fmt: skip
    situacao = serializers.CharField(allow_blank=True, help_text="proposta, final, ou vazia: nada foi informado.")
    modulacao = ModulacaoInformadaSerializer(source="shown", allow_null=True)
    anteriores = ModulacaoInformadaSerializer(source="antes", many=True)
    atividades = AtividadeDoMesSerializer(source="abertas", many=True, help_text="As que estão abertas.")
    impedimentos = serializers.SerializerMethodField(help_text="O que impede de informar agora, seja quem for.")
    aviso = serializers.CharField(
        allow_blank=True, source="do_mes.flat_problem", help_text="Onde nem o flat cabe nos limites de potência."
    )
    aceita = serializers.BooleanField(allow_null=True, help_text="Nula onde nada foi simulado.")
    problemas = serializers.SerializerMethodField(help_text="Da tabela simulada.")
    horas = HoraSerializer(
        source="each", many=True, help_text="Da tabela simulada; se ela não puder ser lida, as do mês como estão."
    )

    def get_impedimentos(self, found: leitura.HorasDoMes) -> list[str]:
        return found.impediments(now=self.context["now"])

    def get_problemas(self, found: leitura.HorasDoMes) -> list[str]:
        return found.problemas or []


class TabelaDeHorasSerializer(serializers.Serializer[Any]):
    horas_do_mes = serializers.CharField(max_length=LONGEST_TABLE, help_text=HORAS, trim_whitespace=False)


class ModulacaoView(PortalAPIView):
    @extend_schema(
        operation_id="consultar_modulacao",
        summary="A energia de cada hora de um mês de um contrato",
        description=ENVIAR,
        tags=["contratos"],
        parameters=[NUMERO, MES],
        responses={200: ModulacaoDoMesSerializer, **problems(404)},
    )
    def get(self, request: Request, numero: str, mes: str) -> Response:
        contrato, now = _found(request, numero), clock.now()
        return Response(ModulacaoDoMesSerializer(leitura.read(contrato, _month(mes)), context={"now": now}).data)

    @extend_schema(
        operation_id="simular_modulacao",
        summary="Diz se uma tabela de horas seria aceita, sem gravar nada",
        description=ENVIAR,
        tags=["contratos"],
        parameters=[NUMERO, MES],
        request=TabelaDeHorasSerializer,
        responses={200: ModulacaoDoMesSerializer, **problems(400, 404, 415, 422)},
    )
    def post(self, request: Request, numero: str, mes: str) -> Response:
        contrato, now, wanted = _found(request, numero), clock.now(), _month(mes)
        tabela = validate(TabelaDeHorasSerializer, request.data)["horas_do_mes"]
        tried = leitura.read(contrato, wanted, tentado=tabela)
        return Response(ModulacaoDoMesSerializer(tried, context={"now": now}).data)


def _found(request: Request, numero: str) -> Contrato:
    """Before anything is read of what was sent: whoever may not see it learns nothing."""
    return acesso.find(ator_of(request), numero, now=clock.now())


def _month(texto: str) -> date:
    if not ANO_E_MES.fullmatch(texto):
        raise NotFound("Informe o mês no endereço como AAAA-MM, por exemplo 2027-03.")
    return date.fromisoformat(f"{texto}-01")


urlpatterns = [
    path("contratos/<str:numero>/modulacao/<str:mes>/", ModulacaoView.as_view(), name="modulacao"),
]
