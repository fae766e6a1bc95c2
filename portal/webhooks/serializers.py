"""Destinations and deliveries as JSON."""

from datetime import datetime, timedelta
from typing import Any

from rest_framework import serializers

from certificados.serializers import InstanteField
from portal.agentes.api import PaginadoSerializer
from portal.webhooks.domain.eventos import DE_AGENTE
from portal.webhooks.models import Destino, Estado
from portal.webhooks.segredos import of_salt

NOVO = timedelta(minutes=10)  # for which a new secret can be read
SITUACOES = ("ligado", "em-pausa", "desligado")


class NovoDestinoSerializer(serializers.Serializer[Any]):
    nome = serializers.CharField(max_length=80, help_text="O sistema que recebe.")
    url = serializers.CharField(max_length=2000, help_text="Começa com https:// e é público na Internet.")
    eventos = serializers.ListField(
        child=serializers.ChoiceField([tipo.nome for tipo in DE_AGENTE]), allow_empty=False, max_length=len(DE_AGENTE)
    )


class DestinoSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    nome = serializers.CharField()
    url = serializers.CharField(help_text="Quem só consulta vê o servidor, sem o caminho.")
    eventos = serializers.ListField(child=serializers.CharField())
    situacao = serializers.ChoiceField(SITUACOES)
    motivo = serializers.CharField(help_text="Por que está desligado; vazio se está ligado.")
    falhas = serializers.IntegerField(help_text="Entregas seguidas que falharam.")
    pausado_ate = InstanteField(allow_null=True, help_text="Antes disso nada é tentado.")
    criado_em = InstanteField()
    segredo_de = InstanteField(help_text="Quando o segredo foi criado ou trocado.")
    segredo_anterior_ate = InstanteField(allow_null=True, help_text="Até então o segredo anterior também assina.")


class PaginaDeDestinosSerializer(serializers.Serializer[Any]):
    resultados = DestinoSerializer(many=True)


class SegredoSerializer(serializers.Serializer[Any]):
    segredo = serializers.CharField(help_text="A chave do HMAC. Depois de dez minutos não é mais mostrada.")


class EntregaSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    evento = serializers.CharField(help_text="O mesmo em todas as tentativas.")
    tipo = serializers.CharField()
    estado = serializers.ChoiceField(Estado.values)
    tentativas = serializers.IntegerField()
    criada_em = InstanteField(source="created_at")
    tentada_em = InstanteField(source="tentada_at", allow_null=True)
    proxima_em = InstanteField(source="proxima_at", allow_null=True)
    status = serializers.IntegerField(allow_null=True, help_text="A resposta HTTP do seu sistema.")
    motivo = serializers.CharField()
    duracao_ms = serializers.IntegerField(allow_null=True)
    corpo_sha256 = serializers.CharField()


class PaginaDeEntregasSerializer(PaginadoSerializer):
    resultados = EntregaSerializer(many=True)


def as_json(destino: Destino, *, inteiro: bool) -> dict[str, Any]:
    """`inteiro`: for whoever may change it."""
    paused = "em-pausa" if destino.pausado_ate else "ligado"
    found: dict[str, Any] = DestinoSerializer(
        {
            "id": destino.pk,
            "nome": destino.nome,
            "url": destino.url if inteiro else destino.origem,
            "eventos": destino.eventos,
            "situacao": paused if destino.ativo else "desligado",
            "motivo": destino.motivo,
            "falhas": destino.falhas,
            "pausado_ate": destino.pausado_ate,
            "criado_em": destino.created_at,
            "segredo_de": destino.sal_at,
            "segredo_anterior_ate": destino.anterior_ate,
        }
    ).data
    return found


def secret_of(destino: Destino, *, now: datetime) -> str | None:
    """While it is new; a stored answer (Idempotency-Key) must not hold it, so it is asked for apart."""
    return of_salt(destino.sal) if now - destino.sal_at < NOVO else None
