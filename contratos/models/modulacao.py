from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from contratos.domain.contrato import Especie
from contratos.domain.modulacao import ORIGENS
from contratos.domain.montantes.exato import Recusado
from contratos.domain.montantes.modulacao import Potencia, power
from contratos.models.atividade import Fluxo
from contratos.models.contrato import Contrato

NAO_E_CA = "Cláusula 3.62: os limites de potência são do contrato de leilão de ajuste (CA), e este é de outra espécie."


class PotenciaDoContrato(models.Model):
    """Limits of each hour of a CA, in MW. What the edital leaves open is empty: 0, and the associated power (3.62)."""

    contrato = models.OneToOneField(Contrato, models.PROTECT, related_name="potencia", verbose_name="contrato")
    associada_mw = models.DecimalField("potência associada (MW)", max_digits=15, decimal_places=6)
    minima_mw = models.DecimalField(
        "potência mínima (MW)", max_digits=15, decimal_places=6, null=True, blank=True, help_text="Vazio: zero."
    )
    maxima_mw = models.DecimalField(
        "potência máxima (MW)", max_digits=15, decimal_places=6, null=True, blank=True, help_text="Vazio: a associada."
    )

    class Meta:
        verbose_name = "potência do contrato"
        verbose_name_plural = "potências dos contratos"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(associada_mw__gt=0) & (Q(minima_mw=None) | Q(minima_mw__gte=0)),
                name="potencia_positiva",
            ),
            models.CheckConstraint(
                condition=(Q(minima_mw=None) | Q(maxima_mw=None) | Q(minima_mw__lte=F("maxima_mw")))
                & (Q(minima_mw=None) | Q(maxima_mw__isnull=False) | Q(minima_mw__lte=F("associada_mw"))),
                name="potencia_minima_ate_a_maxima",
            ),
        ]

    def __str__(self) -> str:
        return f"potência de {self.contrato.numero}"

    @property
    def limites(self) -> Potencia:
        """Raises Recusado where the least is more than the most."""
        return power(self.associada_mw, self.minima_mw, self.maxima_mw)

    def clean(self) -> None:
        associada: Decimal | None = self.associada_mw  # what could not be read is not there
        if self.contrato_id and self.contrato.tipo is not Especie.CA:
            raise ValidationError({"contrato": NAO_E_CA})
        if associada is None:
            return
        try:
            _ = self.limites
        except Recusado as error:
            raise ValidationError({"minima_mw": str(error)}) from error


class Modulacao(models.Model):
    """A month by the hour. Final once, never changed; `entrada` and `calculo` make it again.

    `horas`: millionths of a MWh, whole, from the first hour of the first day with supply.
    """

    class Situacao(models.TextChoices):
        PROPOSTA = "proposta", "À espera da validação"
        DEVOLVIDA = "devolvida", "Devolvida"
        SEM_EFEITO = "sem_efeito", "Sem efeito: não validada no prazo"
        FINAL = "final", "Definitiva"

    contrato = models.ForeignKey(Contrato, models.PROTECT, related_name="modulacoes", verbose_name="contrato")
    mes = models.DateField("mês", help_text="Primeiro dia do mês.")
    fluxo = models.ForeignKey(Fluxo, models.PROTECT, related_name="modulacoes", verbose_name="fluxo")
    origem = models.CharField("origem", max_length=12, choices=[(str(k), v) for k, v in ORIGENS.items()])
    calculo = models.CharField("cálculo", max_length=60)
    situacao = models.CharField("situação", max_length=12, choices=Situacao.choices)
    entrada = models.JSONField("entrada")
    horas = models.JSONField("horas")
    sent_at = models.DateTimeField("informada em")
    sent_by = models.CharField("informada por", max_length=200)
    final_at = models.DateTimeField("definitiva em", null=True, blank=True)

    class Meta:
        verbose_name = "modulação"
        verbose_name_plural = "modulações"
        ordering = ["-mes", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contrato", "mes"], condition=Q(situacao="final"), name="modulacao_uma_final"
            ),
            models.UniqueConstraint(
                fields=["contrato", "mes"], condition=Q(situacao="proposta"), name="modulacao_uma_proposta"
            ),
            models.CheckConstraint(
                condition=Q(situacao="final", final_at__isnull=False) | (~Q(situacao="final") & Q(final_at=None)),
                name="modulacao_final_tem_data",
            ),
        ]

    def __str__(self) -> str:
        return f"modulação de {self.mes:%m/%Y} de {self.contrato.numero}"


class PercentualDoAcl(models.Model):
    """Of the free part of a plant's generation in a month, what goes to its CCEAR by availability (3.54)."""

    contrato = models.ForeignKey(Contrato, models.PROTECT, related_name="percentuais", verbose_name="contrato")
    mes = models.DateField("mês", help_text="Primeiro dia do mês.")
    percentual = models.DecimalField("percentual", max_digits=9, decimal_places=6)
    fluxo = models.ForeignKey(Fluxo, models.PROTECT, related_name="percentuais", verbose_name="fluxo")
    informed_at = models.DateTimeField("informado em")
    informed_by = models.CharField("informado por", max_length=200)

    class Meta:
        verbose_name = "percentual da geração no ambiente livre"
        verbose_name_plural = "percentuais da geração no ambiente livre"
        ordering = ["-mes", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["contrato", "mes"], name="percentual_do_mes_unico"),
            models.CheckConstraint(
                condition=Q(percentual__gte=0, percentual__lte=100), name="percentual_de_zero_a_cem"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.percentual} % em {self.mes:%m/%Y} de {self.contrato.numero}"
