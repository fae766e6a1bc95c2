"""The trust store as rows that operators maintain."""

from django.db import models


class AutoridadeCertificadora(models.Model):
    """One CA certificate. A root is an anchor only where portal.icp.selectors says so (pins decide in production)."""

    der = models.BinaryField("certificado (DER)", editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    nome = models.CharField("nome", max_length=200)
    emissor = models.CharField("emissora", max_length=200)
    raiz = models.BooleanField("raiz")
    valid_from = models.DateTimeField("válida desde")
    valid_until = models.DateTimeField("válida até")
    ativa = models.BooleanField("aceita", default=True)
    origem = models.CharField("origem", max_length=200)
    included_at = models.DateTimeField("incluída em")
    included_by = models.CharField("incluída por", max_length=200)

    class Meta:
        verbose_name = "autoridade certificadora"
        verbose_name_plural = "autoridades certificadoras"
        ordering = ["-raiz", "nome", "valid_until"]

    def __str__(self) -> str:
        return self.nome
