"""What the gateway saw: of each certificate, and of those that came in a company's name without being registered."""

from django.db import models
from django.db.models import Q

from certificados.models import Certificado
from portal.agentes.models import Agente
from portal.gateway.domain.decisao import PALAVRAS, Motivo


class Passagem(models.Model):
    """One row a certificate, and one an agente for all that are not its own; written at most once in a while."""

    agente = models.ForeignKey(Agente, models.PROTECT, related_name="+", verbose_name="agente")
    certificado = models.OneToOneField(
        Certificado, models.PROTECT, null=True, blank=True, related_name="passagem", verbose_name="certificado"
    )
    seen_at = models.DateTimeField("último acesso autorizado", null=True, blank=True)
    refused_at = models.DateTimeField("última recusa", null=True, blank=True)
    motivo = models.CharField("motivo da recusa", max_length=40, blank=True)
    sha256 = models.CharField("SHA-256 recusado", max_length=64, blank=True)
    falhas = models.PositiveIntegerField("senhas erradas seguidas", default=0)
    falhas_desde = models.DateTimeField("senhas erradas desde", null=True, blank=True)

    class Meta:
        verbose_name = "passagem pelo gateway"
        verbose_name_plural = "passagens pelo gateway"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agente"], condition=Q(certificado=None), name="passagem_sem_cadastro_unica"
            )
        ]

    def __str__(self) -> str:
        return f"{self.agente.sigla}: {self.certificado or 'certificado sem cadastro'}"

    @property
    def motivo_em_palavras(self) -> str:
        """A reason of an older version as it was kept."""
        return PALAVRAS[Motivo(self.motivo)] if self.motivo in PALAVRAS else self.motivo
