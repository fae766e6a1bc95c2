"""What the endpoints of contracts read and answer."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from rest_framework import serializers

from contratos.domain.evidencia import LONGEST_TABLE
from contratos.models import Atividade, Contrato
from portal.agentes.api import PaginadoSerializer


class ParteSerializer(serializers.Serializer[Any]):
    cnpj = serializers.CharField()
    sigla = serializers.CharField()


class EnergiaDoMesSerializer(serializers.Serializer[Any]):
    mes = serializers.DateField()
    energia_mwh = serializers.DecimalField(max_digits=18, decimal_places=6)


class ContratoSerializer(serializers.ModelSerializer[Contrato]):
    vendedor = ParteSerializer()
    comprador = ParteSerializer(allow_null=True, help_text="Nulo: a CCEE, como ACER.")
    leilao = serializers.CharField(allow_null=True)
    situacao = serializers.CharField()

    class Meta:
        model = Contrato
        fields = (
            "numero", "especie", "revisao", "leilao", "produto", "vendedor", "comprador", "suprimento_inicio",
            "suprimento_fim", "energia_mwh", "montante_mwmed", "preco", "situacao", "assinatura", "registro",
        )  # fmt: skip


class PaginaDeContratosSerializer(PaginadoSerializer):
    resultados = ContratoSerializer(many=True)


class AtividadeSerializer(serializers.ModelSerializer[Atividade]):
    id = serializers.IntegerField()
    fluxo = serializers.CharField(source="fluxo.procedimento")
    atrasada = serializers.SerializerMethodField(help_text="Derivada: passou do prazo, ou foi encerrada depois dele.")

    class Meta:
        model = Atividade
        fields = (
            "id", "fluxo", "codigo", "rodada", "nome", "responsavel", "prazo", "vence_em", "situacao", "atrasada",
            "resultado", "opened_at", "closed_at", "closed_by",
        )  # fmt: skip

    def get_atrasada(self, atividade: Atividade) -> bool:
        return bool(self.context["late"](atividade))


class ContratoComAtividadesSerializer(ContratoSerializer):
    atividades = serializers.SerializerMethodField()

    class Meta:
        model = Contrato
        fields = (*ContratoSerializer.Meta.fields, "atividades")

    def get_atividades(self, contrato: Contrato) -> list[dict[str, Any]]:
        rows = Atividade.objects.filter(fluxo__contrato=contrato).select_related("fluxo")
        return list(AtividadeSerializer(rows, many=True, context=self.context).data)


class EvidenciaField(serializers.DictField):
    """Text by field; a table is one text, a line for each row."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("default", dict)
        kwargs.setdefault("help_text", "O que se pede; o que faltar é dito, campo a campo, na resposta 422.")
        super().__init__(child=serializers.CharField(max_length=LONGEST_TABLE, allow_blank=True), **kwargs)


class EncerramentoSerializer(serializers.Serializer[Any]):
    evidencia = EvidenciaField()
    resultado = serializers.CharField(max_length=24, default="", allow_blank=True)


def months(meses: Iterable[tuple[date, Decimal]]) -> list[dict[str, Any]]:
    """As EnergiaDoMesSerializer has them."""
    return list(EnergiaDoMesSerializer([{"mes": mes, "energia_mwh": mwh} for mes, mwh in meses], many=True).data)
