from django.db import models
from django.db.models import F, Q

from contratos.models.contrato import Contrato
from portal.agentes.models import Agente


class UnidadeConsumidora(models.Model):
    """A metering site of a consumer that still buys from its distributor."""

    class Regime(models.TextChoices):
        PARCIALMENTE_LIVRE = "parcialmente_livre", "Consumidor parcialmente livre"
        ESPECIAL = "especial", "Consumidor especial"

    codigo = models.CharField("código", max_length=30, unique=True)
    nome = models.CharField("nome", max_length=200)
    consumidor = models.ForeignKey(Agente, models.PROTECT, related_name="+", verbose_name="consumidor")
    distribuidora = models.ForeignKey(Agente, models.PROTECT, related_name="+", verbose_name="distribuidora")
    regime = models.CharField("regime", max_length=20, choices=Regime.choices)
    rede_basica = models.BooleanField("na Rede Básica", default=False)

    class Meta:
        verbose_name = "unidade consumidora"
        verbose_name_plural = "unidades consumidoras"
        ordering = ["codigo"]

    def __str__(self) -> str:
        return f"{self.codigo} · {self.nome}"


class Ccer(models.Model):
    """Of one consumer unit, for the whole supply (3.22, 3.23). `zerado_*`: first months, day 1 (3.72)."""

    contrato = models.OneToOneField(Contrato, models.PROTECT, related_name="ccer", verbose_name="contrato")
    unidade = models.ForeignKey(
        UnidadeConsumidora, models.PROTECT, related_name="ccers", verbose_name="unidade consumidora"
    )
    zerado_desde = models.DateField("zerado por inadimplência desde", null=True, blank=True)
    zerado_ate = models.DateField("restaurado desde", null=True, blank=True)
    inadimplencia = models.CharField("registro da inadimplência", max_length=300, blank=True)

    class Meta:
        verbose_name = "CCER"
        verbose_name_plural = "CCERs"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(zerado_ate=None) | Q(zerado_ate__gte=F("zerado_desde")), name="ccer_zerado_em_ordem"
            )
        ]

    def __str__(self) -> str:
        return f"CCER {self.contrato.numero}"


class MontanteDoMes(models.Model):
    """Energy of one month of a contract, MWh with six decimals. `mes`: its first day."""

    contrato = models.ForeignKey(Contrato, models.PROTECT, related_name="montantes", verbose_name="contrato")
    mes = models.DateField("mês")
    energia_mwh = models.DecimalField("energia (MWh)", max_digits=18, decimal_places=6)

    class Meta:
        verbose_name = "montante do mês"
        verbose_name_plural = "montantes dos meses"
        ordering = ["contrato_id", "mes"]
        constraints = [
            models.UniqueConstraint(fields=["contrato", "mes"], name="montante_do_mes_unico"),
            models.CheckConstraint(condition=Q(energia_mwh__gte=0), name="montante_do_mes_nao_negativo"),
        ]

    def __str__(self) -> str:
        return f"{self.mes:%m/%Y}: {self.energia_mwh} MWh"


class Suprimento(models.Model):
    """Supply between distributors: the market of the one that is supplied, in GWh a year, is below 500 (3.1)."""

    contrato = models.OneToOneField(Contrato, models.PROTECT, related_name="suprimento", verbose_name="contrato")
    mercado_gwh = models.DecimalField("mercado próprio da suprida (GWh/ano)", max_digits=9, decimal_places=3)

    class Meta:
        verbose_name = "suprimento entre distribuidoras"
        verbose_name_plural = "suprimentos entre distribuidoras"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"suprimento {self.contrato.numero}"
