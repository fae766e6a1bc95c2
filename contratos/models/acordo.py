from django.db import models
from django.db.models import Q

from contratos.models.atividade import Fluxo
from contratos.models.contrato import Contrato


class AcordoBilateral(models.Model):
    """What both sides of a CCEAR agreed (3.103): less energy from a month on, or its end.

    `mes_inicio`: first day of the month from which it counts. `montante_mwmed`: what remains, empty for a rescission;
    `ano`: the one civil year that it reduces, empty where it counts until the end of the supply.
    """

    class Tipo(models.TextChoices):
        REDUCAO = "reducao", "Redução do montante"
        RESCISAO = "rescisao", "Rescisão"

    class Situacao(models.TextChoices):
        REGISTRADO = "registrado", "Registrado, à espera da validação"
        VALIDADO = "validado", "Validado"
        CADUCADO = "caducado", "Caducado sem validação"
        RETIRADO = "retirado", "Retirado antes da validação"

    contrato = models.ForeignKey(Contrato, models.PROTECT, related_name="acordos", verbose_name="contrato")
    fluxo = models.OneToOneField(Fluxo, models.PROTECT, related_name="acordo", verbose_name="fluxo")
    tipo = models.CharField("tipo", max_length=10, choices=Tipo.choices)
    mes_inicio = models.DateField("mês de início")
    ano = models.PositiveSmallIntegerField("ano reduzido", null=True, blank=True)
    montante_mwmed = models.DecimalField(
        "montante que permanece (MWmédio)", max_digits=18, decimal_places=6, null=True, blank=True
    )
    situacao = models.CharField("situação", max_length=12, choices=Situacao.choices, default=Situacao.REGISTRADO.value)
    registered_at = models.DateTimeField("registrado em")
    validated_at = models.DateTimeField("validado em", null=True, blank=True)

    class Meta:
        verbose_name = "acordo bilateral"
        verbose_name_plural = "acordos bilaterais"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contrato"], condition=Q(situacao="registrado"), name="acordo_um_a_validar"
            ),
            models.CheckConstraint(
                condition=Q(tipo="rescisao", montante_mwmed=None) | Q(tipo="reducao", montante_mwmed__gte=0),
                name="acordo_reducao_tem_montante",
            ),
            models.CheckConstraint(
                condition=Q(situacao="validado", validated_at__isnull=False)
                | (~Q(situacao="validado") & Q(validated_at=None)),
                name="acordo_validado_tem_instante",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_tipo_display()} de {self.contrato.numero} desde {self.mes_inicio:%m/%Y}"
