"""The one row that planning locks, so that two sweeps take turns; and how far it has read the ledger."""

from django.db import models


class Varredura(models.Model):
    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    at = models.DateTimeField("última varredura", null=True, blank=True)
    completa_at = models.DateTimeField("última varredura completa", null=True, blank=True)
    evento = models.BigIntegerField("última entrada da trilha lida", default=0)

    class Meta:
        verbose_name = "varredura"
        verbose_name_plural = "varreduras"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="varredura_unica")]

    def __str__(self) -> str:
        return f"varredura de {self.at}"
