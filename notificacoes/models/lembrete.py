"""A notice about an activity of a contract: the plan of these is rows too."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from contratos.models import Atividade
from notificacoes.models.aviso import Situacao
from notificacoes.models.envio import Envio


class Momento(models.IntegerChoices):
    """The later one says all that the earlier ones would have said."""

    ABERTURA = 1, "Abertura"
    ANTES = 2, "Dias úteis antes"
    NO_DIA = 3, "No dia do prazo"
    ATRASO = 4, "Depois do prazo"


class Lembrete(models.Model):
    """One activity, one moment, one person, one due date: never twice. An opening is told once whatever the date.

    Written when its moment is reached; `envio` is the message that carries it, with others of the same person.
    """

    atividade = models.ForeignKey(Atividade, models.PROTECT, related_name="+", verbose_name="atividade")
    momento = models.PositiveSmallIntegerField("momento", choices=Momento.choices)
    destinatario = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="destinatário"
    )
    vence_em = models.DateField("vence em", null=True, blank=True)
    situacao = models.CharField("situação", max_length=10, choices=Situacao.choices, default=Situacao.PLANEJADA)
    motivo = models.CharField("motivo", max_length=200, blank=True)
    created_at = models.DateTimeField("planejado em")
    settled_at = models.DateTimeField("resolvido em", null=True, blank=True)
    envio = models.ForeignKey(
        Envio, models.PROTECT, null=True, blank=True, related_name="lembretes", verbose_name="mensagem"
    )

    class Meta:
        verbose_name = "aviso de atividade"
        verbose_name_plural = "avisos de atividades"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["atividade", "momento", "destinatario", "vence_em"],
                condition=Q(momento__gt=1),
                name="lembrete_unico",
            ),
            models.UniqueConstraint(
                fields=["atividade", "destinatario"], condition=Q(momento=1), name="lembrete_abertura_unico"
            ),
            models.CheckConstraint(condition=Q(situacao__in=Situacao.values), name="lembrete_situacao_conhecida"),
            models.CheckConstraint(
                condition=Q(momento=1) | Q(momento__in=[2, 3, 4], vence_em__isnull=False), name="lembrete_tem_prazo"
            ),
            models.CheckConstraint(
                condition=~Q(situacao="enviada") | Q(envio__isnull=False), name="lembrete_enviado_tem_mensagem"
            ),
            models.CheckConstraint(
                condition=Q(situacao="planejada", settled_at=None)
                | (~Q(situacao="planejada") & Q(settled_at__isnull=False)),
                name="lembrete_resolvido_tem_data",
            ),
        ]
        indexes = [models.Index(fields=["envio"], condition=Q(situacao="planejada"), name="lembrete_planejado")]

    def __str__(self) -> str:
        return f"aviso da atividade {self.atividade_id}: {self.get_momento_display()}"
