from django.db import models
from django.db.models import Q

from contratos.models.atividade import Fluxo
from contratos.models.contrato import Contrato


class Ccg(models.Model):
    """The instrument of guarantee of a CCEAR or CA. One at most is in force: the database sees to it (3.101)."""

    class Situacao(models.TextChoices):
        EM_ELABORACAO = "em_elaboracao", "Em elaboração"
        EM_VIGOR = "em_vigor", "Em vigor"
        REVOGADO = "revogado", "Revogado"
        ABANDONADO = "abandonado", "Abandonado"

    contrato = models.ForeignKey(Contrato, models.PROTECT, related_name="ccgs", verbose_name="contrato")
    fluxo = models.OneToOneField(Fluxo, models.PROTECT, related_name="ccg", verbose_name="fluxo")
    tipo_garantia = models.CharField("tipo de garantia", max_length=120, blank=True)
    banco_gestor = models.CharField("banco gestor", max_length=120, blank=True)
    valor = models.DecimalField("valor (R$)", max_digits=16, decimal_places=2, null=True, blank=True)
    vale_ate = models.DateField("válido até", null=True, blank=True)
    situacao = models.CharField(
        "situação", max_length=14, choices=Situacao.choices, default=Situacao.EM_ELABORACAO.value
    )
    substitui = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="substitui"
    )
    celebrated_at = models.DateTimeField("celebrado em", null=True, blank=True)
    revoked_at = models.DateTimeField("revogado em", null=True, blank=True)

    class Meta:
        verbose_name = "CCG"
        verbose_name_plural = "CCGs"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["contrato"], condition=Q(situacao="em_vigor"), name="ccg_um_em_vigor"),
            models.CheckConstraint(
                condition=~Q(situacao__in=["em_vigor", "revogado"]) | Q(celebrated_at__isnull=False),
                name="ccg_em_vigor_foi_celebrado",
            ),
            models.CheckConstraint(
                condition=Q(situacao="revogado", revoked_at__isnull=False)
                | (~Q(situacao="revogado") & Q(revoked_at=None)),
                name="ccg_revogado_tem_instante",
            ),
        ]

    def __str__(self) -> str:
        return f"CCG de {self.contrato.numero} ({self.get_situacao_display().lower()})"


class Aditamento(models.Model):
    """An amendment and its efficacy: with the CCG that goes with it, or the equivalent instrument (3.95)."""

    contrato = models.ForeignKey(Contrato, models.PROTECT, related_name="aditamentos", verbose_name="contrato")
    fluxo = models.OneToOneField(Fluxo, models.PROTECT, related_name="aditamento", verbose_name="fluxo")
    signed_at = models.DateTimeField("assinado em")
    eficaz_em = models.DateTimeField("eficaz desde", null=True, blank=True)
    ccg = models.ForeignKey(Ccg, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="CCG")
    equivalente = models.CharField("instrumento equivalente", max_length=300, blank=True)

    class Meta:
        verbose_name = "aditamento"
        verbose_name_plural = "aditamentos"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"aditamento de {self.contrato.numero}"
