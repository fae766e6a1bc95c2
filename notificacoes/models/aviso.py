"""A notice owed to a person: the plan is these rows."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from certificados.models import Certificado
from notificacoes.models.envio import Envio


class Situacao(models.TextChoices):
    """What became of it. All but the first are final."""

    PLANEJADA = "planejada", "Planejada"
    ENVIADA = "enviada", "Enviada"
    SUPERADA = "superada", "Superada por aviso mais próximo"
    CANCELADA = "cancelada", "Cancelada"
    MORTA = "morta", "Não entregue"


class Aviso(models.Model):
    """One certificate, one lead (30, 15 or 7 days), one person, one end of validity: never twice.

    Written when its lead is reached, not before; `envio` is the message that carries it, alone or with others.
    """

    certificado = models.ForeignKey(  # `aviso_unico` begins with it: one index less to write
        Certificado, models.PROTECT, related_name="+", verbose_name="certificado", db_index=False
    )
    antecedencia = models.PositiveSmallIntegerField("antecedência (dias)")
    destinatario = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="destinatário"
    )
    vence_em = models.DateTimeField("vence em")
    situacao = models.CharField("situação", max_length=10, choices=Situacao.choices, default=Situacao.PLANEJADA)
    motivo = models.CharField("motivo", max_length=200, blank=True)
    created_at = models.DateTimeField("planejado em")
    settled_at = models.DateTimeField("resolvido em", null=True, blank=True)
    envio = models.ForeignKey(
        Envio, models.PROTECT, null=True, blank=True, related_name="avisos", verbose_name="mensagem"
    )

    class Meta:
        verbose_name = "aviso de vencimento"
        verbose_name_plural = "avisos de vencimento"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["certificado", "antecedencia", "destinatario", "vence_em"], name="aviso_unico"
            ),
            models.CheckConstraint(condition=Q(situacao__in=Situacao.values), name="aviso_situacao_conhecida"),
            models.CheckConstraint(
                condition=~Q(situacao="enviada") | Q(envio__isnull=False), name="aviso_enviado_tem_mensagem"
            ),
            models.CheckConstraint(
                condition=Q(situacao="planejada", settled_at=None)
                | (~Q(situacao="planejada") & Q(settled_at__isnull=False)),
                name="aviso_resolvido_tem_data",
            ),
        ]
        indexes = [
            models.Index(fields=["envio"], condition=Q(situacao="planejada"), name="aviso_planejado"),
            models.Index(fields=["vence_em"], condition=Q(situacao="cancelada"), name="aviso_cancelado"),
        ]

    def __str__(self) -> str:
        return f"aviso de {self.antecedencia} dias do certificado {self.certificado_id}"
