"""What one sweep found owed and not yet written: rows of a temporary table."""

from django.apps.registry import Apps
from django.db import models


class Devido(models.Model):
    """One notice that has no message yet. Gathered here first, so that each real row is written once, complete.

    Of a registry of its own: no migration, dump or list of tables knows it.
    """

    pk = models.CompositePrimaryKey("certificado", "antecedencia", "destinatario")
    certificado = models.BigIntegerField()
    antecedencia = models.PositiveSmallIntegerField()
    destinatario = models.BigIntegerField()
    vence_em = models.DateTimeField()
    desde = models.DateField(null=True)  # since when the person is the representante CCEE; None: in another role
    mensagem = models.CharField(max_length=120)  # the `chave` of the message that is to tell it
    vez = models.CharField(max_length=20, default="")  # of one that is owed again: when; it named a message before

    objects: "models.Manager[Devido]" = models.Manager()

    class Meta:
        app_label = "notificacoes"
        apps = Apps()

    def __str__(self) -> str:
        return f"devido: {self.antecedencia} dias do certificado {self.certificado}"
