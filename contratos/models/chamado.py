from django.db import models
from django.db.models import F, Q

from contratos.models.contrato import Contrato
from portal.agentes.models import Agente


class Chamado(models.Model):
    """A ticket that CCEE opened about what one party owes for one contract: the report of 3.16 names it."""

    contrato = models.ForeignKey(Contrato, models.PROTECT, related_name="chamados", verbose_name="contrato")
    agente = models.ForeignKey(Agente, models.PROTECT, related_name="+", verbose_name="agente")
    numero = models.CharField("número", max_length=40)
    aberto_em = models.DateField("aberto em")
    descricao = models.CharField("pendência", max_length=300)
    encerrado_em = models.DateField("encerrado em", null=True, blank=True)
    registered_at = models.DateTimeField("registrado em")
    registered_by = models.CharField("registrado por", max_length=200)
    closed_at = models.DateTimeField("encerramento registrado em", null=True, blank=True)

    class Meta:
        verbose_name = "chamado"
        verbose_name_plural = "chamados"
        ordering = ["-aberto_em", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["contrato", "agente", "numero"], name="chamado_unico"),
            models.CheckConstraint(
                condition=Q(encerrado_em=None) | Q(encerrado_em__gte=F("aberto_em")), name="chamado_em_ordem"
            ),
        ]

    def __str__(self) -> str:
        return f"chamado {self.numero}"
