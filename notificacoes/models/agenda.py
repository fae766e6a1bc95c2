"""Calendar feeds by secret address, and who asked not to get the mails that one may do without."""

from django.conf import settings
from django.db import models

from portal.agentes.models import Agente


class Agenda(models.Model):
    """A feed of one person: of all their companies, or of one. Only the SHA-256 of its secret is kept."""

    usuario = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="pessoa")
    agente = models.ForeignKey(Agente, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="agente")
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField("criada em")
    revoked_at = models.DateTimeField("revogada em", null=True, blank=True)
    last_used_at = models.DateTimeField("último acesso", null=True, blank=True)

    class Meta:
        verbose_name = "agenda por endereço secreto"
        verbose_name_plural = "agendas por endereço secreto"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"agenda {self.pk}"


class Dispensa(models.Model):
    """This person asked not to get the notices that one may do without (those of the roles that only look)."""

    usuario = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="pessoa")
    created_at = models.DateTimeField("desde")

    class Meta:
        verbose_name = "dispensa de avisos"
        verbose_name_plural = "dispensas de avisos"

    def __str__(self) -> str:
        return f"dispensa de {self.usuario_id}"
