"""A message that goes to one person: the outbox, with leases."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Func, Q


class Tipo(models.TextChoices):
    VENCIMENTO = "vencimento", "Aviso de vencimento"
    EXCLUSAO = "exclusao", "Certificado excluído"
    SOLICITACAO = "solicitacao", "Recibo de solicitação"
    DEVOLUCAO = "devolucao", "Aviso devolvido a outro contato"
    CONVITE = "convite", "Convite ou redefinição de senha"
    CONTRATO = "contrato", "Atividades e novidades de contratos"
    POLITICA = "politica", "Mudança das regras de certificados"
    PAR = "par", "Aviso de vencimento de um par"


class Estado(models.TextChoices):
    """PENDENTE, ARRENDADA and EM_DUVIDA still owe a result; the others are final."""

    PENDENTE = "pendente", "Na fila"
    ARRENDADA = "arrendada", "Sendo enviada"
    EM_DUVIDA = "em_duvida", "Em dúvida"
    ENVIADA = "enviada", "Enviada"
    CANCELADA = "cancelada", "Cancelada"
    MORTA = "morta", "Não entregue"


ABERTOS = (Estado.PENDENTE, Estado.ARRENDADA, Estado.EM_DUVIDA)


class Aberto(Func):
    """`Aberto("estado")`: one of ABERTOS, written out. SQLite sees no partial index behind a parameter."""

    template = "%(expressions)s IN ('pendente', 'arrendada', 'em_duvida')"
    output_field = models.BooleanField()


class Envio(models.Model):
    """One message, one recipient. `chave` says what it is about and makes a second one impossible.

    The text is made when it is sent; the Message-ID here and now, so that a repeat after a crash can be recognised.
    Leases and back-off run on the machine's clock; `created_at` and `sent_at` on the portal's.
    """

    tipo = models.CharField("tipo", max_length=12, choices=Tipo.choices)
    chave = models.CharField(max_length=120, unique=True, editable=False)
    message_id = models.CharField("Message-ID", max_length=250)
    destinatario = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="destinatário"
    )
    # What the text is made from beside the rows of Aviso: numbers of ledger entries, keys. Never a secret.
    dados: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict, editable=False)
    prazo = models.DateTimeField("ordem de saída", help_text="O vencimento mais próximo sai primeiro.")
    created_at = models.DateTimeField("planejado em")
    estado = models.CharField("estado", max_length=10, choices=Estado.choices, default=Estado.PENDENTE)
    motivo = models.CharField("motivo", max_length=300, blank=True)
    tentativas = models.PositiveSmallIntegerField("tentativas", default=0)
    quedas = models.PositiveSmallIntegerField("tentativas sem resultado", default=0)
    repeticoes = models.PositiveSmallIntegerField("repetições após dúvida", default=0)
    tentada_at = models.DateTimeField("última tentativa", null=True, blank=True)
    proxima_at = models.DateTimeField("próxima tentativa", null=True, blank=True)
    lease_token = models.CharField(max_length=120, blank=True, editable=False)
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    endereco = models.CharField("endereço usado", max_length=254, blank=True)
    smtp_codigo = models.PositiveSmallIntegerField("código do servidor", null=True, blank=True)
    smtp_resposta = models.CharField("resposta do servidor", max_length=500, blank=True)
    corpo_sha256 = models.CharField("SHA-256 da mensagem", max_length=64, blank=True)
    sent_at = models.DateTimeField("enviada em", null=True, blank=True)
    devolvida_at = models.DateTimeField("devolvida em", null=True, blank=True)
    devolucao = models.CharField("devolução", max_length=500, blank=True)

    class Meta:
        verbose_name = "mensagem de e-mail"
        verbose_name_plural = "fila de e-mails"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["message_id"], name="envio_message_id_unico"),
            models.CheckConstraint(condition=Q(estado__in=Estado.values), name="envio_estado_conhecido"),
            models.CheckConstraint(
                condition=Q(estado="arrendada", lease_until__isnull=False)
                | (~Q(estado="arrendada") & Q(lease_until=None, lease_token="")),
                name="envio_arrendado_tem_prazo",
            ),
            models.CheckConstraint(
                condition=Q(estado="enviada", sent_at__isnull=False) | (~Q(estado="enviada") & Q(sent_at=None)),
                name="envio_enviado_tem_data",
            ),
        ]
        indexes = [
            models.Index(
                fields=["prazo", "id"],
                condition=Q(estado__in=["pendente", "arrendada", "em_duvida"]),
                name="envio_aberto",
            )
        ]

    def __str__(self) -> str:
        return self.get_tipo_display()
