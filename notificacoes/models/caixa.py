"""The outbox of the demonstration."""

from django.db import models


class Mensagem(models.Model):
    """A mail that would have been sent, where no EMAIL_URL names a server. Readable at /caixa-de-saida/."""

    at = models.DateTimeField("quando")
    para = models.CharField("para", max_length=400)
    assunto = models.CharField("assunto", max_length=400)
    texto = models.TextField("texto")

    class Meta:
        verbose_name = "mensagem"
        verbose_name_plural = "mensagens"
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.assunto
