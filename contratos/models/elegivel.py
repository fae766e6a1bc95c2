from django.db import models
from django.db.models import F, Q

from portal.agentes.models import Agente


class Elegivel(models.Model):
    """Who may sell or buy by a CBR of subgroup (b), as Lei 13.182/2015 has it (3.28.1). CCEE keeps the list."""

    class Papel(models.TextChoices):
        VENDEDOR = "vendedor", "Vendedor"
        COMPRADOR = "comprador", "Comprador"

    agente = models.ForeignKey(Agente, models.PROTECT, related_name="+", verbose_name="agente")
    papel = models.CharField("papel", max_length=10, choices=Papel.choices)
    base_legal = models.CharField("base legal", max_length=200, help_text="Artigo da Lei 13.182/2015, ato, processo.")
    desde = models.DateField("desde")
    ate = models.DateField("até", null=True, blank=True, help_text="Último dia; vazio: sem data de término.")

    class Meta:
        verbose_name = "elegível para CBR"
        verbose_name_plural = "elegíveis para CBR"
        ordering = ["agente_id", "papel", "-desde"]
        constraints = [
            models.UniqueConstraint(fields=["agente", "papel"], condition=Q(ate=None), name="elegivel_aberto_unico"),
            models.CheckConstraint(condition=Q(ate=None) | Q(ate__gte=F("desde")), name="elegivel_em_ordem"),
        ]

    def __str__(self) -> str:
        return f"{self.agente.sigla}, {self.get_papel_display().lower()}"
