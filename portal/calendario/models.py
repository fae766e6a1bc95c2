"""Days that are no business days, frozen as rows: a new version of the library moves no deadline."""

from django.db import models


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
        verbose_name_plural = "feriados e pontos facultativos"
        ordering = ["data"]
        constraints = [models.CheckConstraint(condition=models.Q(origem__in=Origem.values), name="feriado_origem")]

    def __str__(self) -> str:
        return f"{self.data:%d/%m/%Y} {self.nome}"
