"""How far the open deadlines have followed the calendar."""

from django.db import models


class Contagem(models.Model):
    """One row: the last entry of the ledger about the calendar that every open due date was counted after."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    evento = models.BigIntegerField("última mudança do calendário contada", default=0)

    class Meta:
        verbose_name = "contagem de prazos"
        verbose_name_plural = "contagens de prazos"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="contagem_unica")]

    def __str__(self) -> str:
        return f"prazos contados até a entrada {self.evento}"
