from django.db import models

from contratos.models.atividade import Fluxo
from contratos.models.contrato import Contrato
from portal.agentes.models import Agente


class Sucessao(models.Model):
    """Who takes the place of one side, how, and since when (3.86 to 3.87)."""

    class Tipo(models.TextChoices):
        DISTRATO = "distrato", "Distrato e novo contrato"
        CESSAO = "cessao", "Termo de cessão"

    contrato = models.ForeignKey(Contrato, models.PROTECT, related_name="sucessoes", verbose_name="contrato")
    fluxo = models.OneToOneField(Fluxo, models.PROTECT, related_name="sucessao", verbose_name="fluxo")
    tipo = models.CharField("tipo", max_length=10, choices=Tipo.choices)
    sucedida = models.ForeignKey(Agente, models.PROTECT, related_name="+", verbose_name="sucedida")
    sucessora = models.ForeignKey(Agente, models.PROTECT, related_name="+", verbose_name="sucessora")
    efeito_em = models.DateField("com efeito em")
    fim = models.DateField("fim do novo contrato", null=True, blank=True)
    muda_titularidade = models.BooleanField("muda a titularidade da outorga", default=False)
    novo = models.ForeignKey(
        Contrato, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="novo contrato"
    )
    effected_at = models.DateTimeField("efetivada em", null=True, blank=True)

    class Meta:
        verbose_name = "sucessão"
        verbose_name_plural = "sucessões"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.get_tipo_display()}: {self.sucedida.sigla} → {self.sucessora.sigla}"
