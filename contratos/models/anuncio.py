from django.db import models
from django.db.models import F, Q


class Anuncio(models.Model):
    """Dates that CCEE announces and the rules only name (`CAL:…`): one day, or a period with both days included.

    `referencia`: first day of the month or year that it is about.
    """

    class Codigo(models.TextChoices):
        SAZO_CCEAR = "sazo_ccear", "Sazonalização dos CCEARs"
        SAZO_CA = "sazo_ca", "Sazonalização dos CAs"
        MODULACAO_CA = "modulacao_ca", "Modulação dos CAs"
        PROINFA_ANUAL = "proinfa_anual", "Histórico de consumo para a cota anual do PROINFA"
        PMO = "pmo", "Programa Mensal de Operação"
        PLD = "pld", "Divulgação do PLD"

    codigo = models.CharField("o que é", max_length=20, choices=Codigo.choices)
    referencia = models.DateField("mês ou ano de referência", help_text="Primeiro dia do mês ou do ano.")
    de = models.DateField("de")
    ate = models.DateField("até")
    comunicado = models.CharField("comunicado", max_length=120, help_text="Número e data do comunicado da CCEE.")

    class Meta:
        verbose_name = "data anunciada"
        verbose_name_plural = "datas anunciadas"
        ordering = ["-referencia", "codigo"]
        constraints = [
            models.UniqueConstraint(fields=["codigo", "referencia"], name="anuncio_unico"),
            models.CheckConstraint(condition=Q(ate__gte=F("de")), name="anuncio_em_ordem"),
        ]

    def __str__(self) -> str:
        return f"{self.get_codigo_display()}, {self.referencia:%m/%Y}"
