from django.db import models

from contratos.models.atividade import Fluxo
from contratos.models.contrato import Contrato
from contratos.models.leilao import Outorga
from contratos.models.sazonalizacao import DozeValores


class DisponibilidadeDeclarada(DozeValores):
    """Of a plant and product, from annex I of its contracts; from `desde_ano` on another after a change (3.51.3)."""

    outorga = models.ForeignKey(Outorga, models.PROTECT, related_name="disponibilidades", verbose_name="usina")
    produto = models.CharField("produto", max_length=60, blank=True)
    desde_ano = models.PositiveSmallIntegerField("vale desde o ano")
    alteracao = models.CharField(
        "alteração técnica", max_length=300, blank=True, help_text="Vazia: os valores do anexo I do contrato."
    )

    class Meta:
        verbose_name = "disponibilidade declarada"
        verbose_name_plural = "disponibilidades declaradas"
        ordering = ["outorga_id", "produto", "-desde_ano"]
        constraints = [
            models.UniqueConstraint(fields=["outorga", "produto", "desde_ano"], name="disponibilidade_unica")
        ]

    def __str__(self) -> str:
        return f"disponibilidade de {self.outorga} desde {self.desde_ano}"


class Inflexibilidade(models.Model):
    """Of a civil year of an availability contract, stated once (3.53). `meses`: MWh as text; none where CVU is 0."""

    contrato = models.ForeignKey(Contrato, models.PROTECT, related_name="inflexibilidades", verbose_name="contrato")
    fluxo = models.ForeignKey(Fluxo, models.PROTECT, related_name="inflexibilidades", verbose_name="fluxo")
    ano = models.PositiveSmallIntegerField("ano")
    cvu = models.DecimalField("CVU (R$/MWh)", max_digits=12, decimal_places=2)
    meses = models.JSONField("meses", default=dict)
    informed_at = models.DateTimeField("informada em")

    class Meta:
        verbose_name = "inflexibilidade"
        verbose_name_plural = "inflexibilidades"
        ordering = ["-ano", "contrato_id"]
        constraints = [models.UniqueConstraint(fields=["contrato", "ano"], name="inflexibilidade_unica")]

    def __str__(self) -> str:
        return f"inflexibilidade de {self.ano} de {self.contrato.numero}"
