from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from contratos.models.leilao import Leilao


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
    leilao = models.ForeignKey(
        Leilao, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="leilão",
        help_text="Vazio: para todos. O calendário de um leilão de ajuste vale no lugar do geral.",
    )  # fmt: skip
    de = models.DateField("de")
    ate = models.DateField("até")
    comunicado = models.CharField("comunicado", max_length=120, help_text="Número e data do comunicado da CCEE.")

    class Meta:
        verbose_name = "data anunciada"
        verbose_name_plural = "datas anunciadas"
        ordering = ["-referencia", "codigo"]
        constraints = [
            models.UniqueConstraint(fields=["codigo", "referencia", "leilao"], name="anuncio_unico_no_leilao"),
            models.UniqueConstraint(
                fields=["codigo", "referencia"], condition=Q(leilao=None), name="anuncio_unico_geral"
            ),
            models.CheckConstraint(condition=Q(ate__gte=F("de")), name="anuncio_em_ordem"),
        ]

    def __str__(self) -> str:
        return f"{self.get_codigo_display()}, {self.referencia:%m/%Y}"

    def clean(self) -> None:
        """3.48: what the parties did not do, CCEE does by 31 December of the year before (3.49.1)."""
        ate: date | None = self.ate  # what could not be read is not there
        referencia: date | None = self.referencia
        if self.codigo != self.Codigo.SAZO_CCEAR or referencia is None or ate is None:
            return
        last = date(referencia.year - 1, 12, 31)
        if ate >= last:
            text = (
                f"Cláusulas 3.48 e 3.49.1: a CCEE sazonaliza o que faltar até {last:%d/%m/%Y}; o prazo das partes tem "
                f"de terminar antes desse dia, e foi informado {ate:%d/%m/%Y}."
            )
            raise ValidationError({"ate": text})
