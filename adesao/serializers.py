"""JSON of companies and of requests."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from adesao.listagem import ADESAO
from adesao.services.rascunho import MAX_ANEXOS
from certificados.selectors import STATUS, status_of
from certificados.serializers import CertificadoSerializer, InstanteField, RelatorioSerializer
from portal.agentes.api import BIGINT_MAX, PaginadoSerializer, ProblemaSerializer
from portal.agentes.models import Classe, Papel


class FiltroSerializer(serializers.Serializer[Any]):
    busca = serializers.CharField(
        required=False,
        allow_blank=True,
        default="",
        max_length=200,
        help_text="Parte da sigla, da razão social ou do CNPJ, com ou sem máscara, acentos e maiúsculas.",
    )
    situacao = serializers.ChoiceField(
        list(STATUS.items()), required=False, allow_blank=True, default="", help_text="Dos certificados em uso."
    )
    pagina = serializers.IntegerField(required=False, default=1, min_value=1, max_value=1_000_000)


class AgenteSerializer(serializers.Serializer[Any]):
    """A company as the caller sees it. Context: `now` and `papeis` (roles by Agente id)."""

    cnpj = serializers.CharField(help_text="14 posições, sem máscara.")
    sigla = serializers.CharField()
    razao_social = serializers.CharField()
    classe = serializers.ChoiceField(Classe.choices)
    adesao = serializers.ChoiceField(list(ADESAO.items()))
    situacao = serializers.SerializerMethodField(help_text="Dos certificados em uso.")
    papel = serializers.SerializerMethodField(help_text="O que você é desta empresa.")

    @extend_schema_field(serializers.ChoiceField(list(STATUS.items())))
    def get_situacao(self, agente: Any) -> str:
        return status_of(agente, now=self.context["now"])

    @extend_schema_field(serializers.ListField(child=serializers.ChoiceField(Papel.choices)))
    def get_papel(self, agente: Any) -> list[str]:
        papeis: list[str] = self.context["papeis"].get(agente.pk, [])
        return papeis


class AgenteComCertificadosSerializer(AgenteSerializer):
    certificados = CertificadoSerializer(many=True)


class PaginaDeAgentesSerializer(PaginadoSerializer):
    resultados = AgenteSerializer(many=True)


class SolicitacaoSerializer(serializers.Serializer[Any]):
    """What comes in. The password's own rules are the service's: its refusal tells all that is wrong at once."""

    senha = serializers.CharField(
        required=False,
        allow_blank=True,
        default="",
        trim_whitespace=False,
        max_length=128,
        help_text="Exatamente 8 números. Obrigatória na primeira adesão; depois, em branco mantém a atual.",
    )
    certificados = serializers.ListField(
        child=serializers.FileField(allow_empty_file=True),
        required=False,
        default=list,
        max_length=MAX_ANEXOS,
        help_text="Arquivos .cer (DER). Ao menos um na primeira adesão.",
    )
    excluir = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=BIGINT_MAX),
        required=False,
        default=list,
        max_length=100,
        help_text="`id` dos certificados a excluir.",
    )


class LinhaDoReciboSerializer(serializers.Serializer[Any]):
    nome = serializers.CharField()
    titular = serializers.CharField()
    sha256 = serializers.CharField()
    valido_ate = InstanteField(source="valid_until")


class ReciboSerializer(serializers.Serializer[Any]):
    cnpj = serializers.CharField(help_text="Também o usuário da plataforma de integração.")
    sigla = serializers.CharField()
    razao_social = serializers.CharField()
    senha = serializers.ChoiceField(["definida", "alterada", "mantida"])
    por = serializers.CharField()
    incluidos = LinhaDoReciboSerializer(many=True)
    excluidos = LinhaDoReciboSerializer(many=True)
    em_servico = serializers.IntegerField(help_text="Certificados em uso depois da solicitação.")


class SolicitacaoConcluidaSerializer(serializers.Serializer[Any]):
    protocolo = serializers.CharField()
    concluida_em = InstanteField(source="closed_at")
    recibo = ReciboSerializer()
    certificados = CertificadoSerializer(many=True, help_text="Os que estão em uso agora.")
    avisos = serializers.ListField(child=serializers.CharField(), help_text="Sobre a senha escolhida.")


class SolicitacaoRecusadaSerializer(ProblemaSerializer):
    """422: nothing was changed."""

    relatorios = RelatorioSerializer(many=True, required=False, help_text="Um por arquivo enviado, na ordem.")
