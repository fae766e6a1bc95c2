"""Days that are no business days, frozen as rows: a new version of the library moves no deadline."""

from django.db import models

from portal.calendario.nacional import PONTOS


class Origem(models.TextChoices):
    BIBLIOTECA = "biblioteca", "Lista do portal"
    OPERACAO = "operacao", "Operação"


class Feriado(models.Model):
    """One date. Never removed: `dia_util` says that it counts as a business day after all."""

    data = models.DateField("data", unique=True)
    nome = models.CharField("nome", max_length=100)
    dia_util = models.BooleanField(
        "é dia útil", default=False, help_text="Marque se, apesar do nome, este dia conta como dia útil."
    )
    origem = models.CharField("origem", max_length=10, choices=Origem.choices)
    quem = models.CharField("quem", max_length=200)
    at = models.DateTimeField("quando")

    class Meta:
        verbose_name = "feriado"
        verbose_name_plural = "feriados e outros dias sem expediente"
        ordering = ["data"]
        constraints = [models.CheckConstraint(condition=models.Q(origem__in=Origem.values), name="feriado_origem")]

    def __str__(self) -> str:
        return f"{self.data:%d/%m/%Y} {self.nome}"


class Facultativo(models.Model):
    """A switch for the same day of every year (nacional.PONTOS), whose rows it writes from the day it is turned on."""

    codigo = models.CharField("código", max_length=30, unique=True)
    dia_util = models.BooleanField("é dia útil", help_text="Vale de hoje em diante, para este dia de todos os anos.")
    quem = models.CharField("quem", max_length=200)
    at = models.DateTimeField("quando")

    class Meta:
        verbose_name = "dia facultativo"
        verbose_name_plural = "dias facultativos"
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(PONTOS.get(self.codigo, self.codigo))
