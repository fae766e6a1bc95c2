"""JSON of certificates and of reports (interfaces.md §3); instants in UTC."""

from datetime import UTC, date
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from certificados import selectors
from certificados.models import Certificado
from portal.agentes.api import CnpjField, PaginadoSerializer
from portal.agentes.listas import PaginaSerializer
from portal.kernel.rules import Situacao

ULTIMO_ANO = 2100


class InstanteField(serializers.DateTimeField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(default_timezone=UTC, **kwargs)


class CertificadoSerializer(serializers.Serializer[Certificado]):
    """A certificate in service. Context: `now`."""

    id = serializers.IntegerField()
    nome = serializers.CharField(source="nome_arquivo")
    titular = serializers.CharField()
    emissor = serializers.CharField()
    certificadora = serializers.CharField()
    versao = serializers.IntegerField(help_text="Versão do X.509.")
    numero_serie = serializers.CharField(help_text="Hexadecimal.")
    sha256 = serializers.CharField()
    valido_de = InstanteField(source="valid_from")
    valido_ate = InstanteField(source="valid_until")
    situacao = serializers.SerializerMethodField()
    cnpj = serializers.SerializerMethodField(help_text="O CNPJ lido no certificado.")
    cnpj_origem = serializers.SerializerMethodField(help_text="O campo de onde foi lido.")
    incluido_em = InstanteField(source="included_at")
    incluido_por = serializers.CharField(source="included_by")

    @extend_schema_field(serializers.ChoiceField(list(selectors.CERTIFICADO_STATUS.items())))
    def get_situacao(self, certificado: Certificado) -> str:
        return selectors.status_of_certificado(certificado, now=self.context["now"])

    def get_cnpj(self, certificado: Certificado) -> str | None:
        return certificado.cnpj or None

    def get_cnpj_origem(self, certificado: Certificado) -> str | None:
        return certificado.cnpj_origem or None


class EmpresaDoVencimentoSerializer(serializers.Serializer[Any]):
    cnpj = serializers.CharField(help_text="14 posições, sem máscara.")
    sigla = serializers.CharField()


class VencimentoSerializer(serializers.Serializer[Any]):
    """A certificate in service and whose it is. Context: `now`."""

    agente = EmpresaDoVencimentoSerializer()
    dias_restantes = serializers.SerializerMethodField(help_text="Dias civis de Brasília; 0 no dia e depois dele.")
    certificado = CertificadoSerializer(source="*")

    def get_dias_restantes(self, certificado: Certificado) -> int:
        return selectors.days_left(certificado, now=self.context["now"])


class FiltroDeVencimentosSerializer(PaginaSerializer):
    ate = serializers.DateField(
        required=False, help_text="Só os que vencem até este dia, inclusive, em Brasília (AAAA-MM-DD)."
    )

    def validate_ate(self, ate: date) -> date:
        if not 2000 <= ate.year <= ULTIMO_ANO:
            raise serializers.ValidationError(f"Informe um dia entre os anos 2000 e {ULTIMO_ANO}.")
        return ate


class PaginaDeVencimentosSerializer(PaginadoSerializer):
    resultados = VencimentoSerializer(many=True)


class ConferenciaSerializer(serializers.Serializer[Any]):
    """What comes in at certificados/verificar/."""

    arquivo = serializers.FileField(allow_empty_file=True, help_text="O certificado, como seria enviado.")
    cnpj = CnpjField(
        required=False,
        allow_blank=True,
        help_text="Da empresa que usaria o certificado, com ou sem máscara. As regras que dependem do cadastro "
        "só são avaliadas para empresas que você representa.",
    )


class RegraSerializer(serializers.Serializer[Any]):
    codigo = serializers.CharField()
    titulo = serializers.CharField()
    situacao = serializers.ChoiceField([str(situacao) for situacao in Situacao])
    encontrado = serializers.CharField(allow_blank=True)
    exigido = serializers.CharField(allow_blank=True)
    como_resolver = serializers.CharField(allow_blank=True)


class CertificadoLidoSerializer(serializers.Serializer[Any]):
    titular = serializers.CharField(allow_null=True, allow_blank=True)
    emissor = serializers.CharField(allow_null=True, allow_blank=True)
    numero_serie = serializers.CharField(allow_null=True, help_text="Hexadecimal.")
    sha256 = serializers.CharField(allow_null=True)
    valido_de = serializers.DateTimeField(allow_null=True)
    valido_ate = serializers.DateTimeField(allow_null=True)
    cnpj = serializers.CharField(allow_null=True)
    cnpj_origem = serializers.CharField(allow_null=True)


class RelatorioSerializer(serializers.Serializer[Any]):
    """The report, rule by rule."""

    arquivo = serializers.CharField(allow_blank=True)
    formato = serializers.ChoiceField(
        ["der", "pem", "pkcs7", "pkcs12", "csr", "chave-privada", "html", "vazio", "desconhecido"]
    )
    aceito = serializers.BooleanField()
    politica = serializers.CharField()
    regras = RegraSerializer(many=True)
    certificado = CertificadoLidoSerializer(allow_null=True)
