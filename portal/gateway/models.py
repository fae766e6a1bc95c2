"""What the gateway saw: of each certificate, and of those that came in a company's name without being registered."""

from django.db import models
from django.db.models import Q

from certificados.models import Certificado
from portal.agentes.models import Agente
from portal.gateway.domain.decisao import PALAVRAS, Motivo
from portal.gateway.domain.diretorio import Cursor, Item


class Passagem(models.Model):
    """One row a certificate, and one an agente for all that are not its own; written at most once in a while."""

    agente = models.ForeignKey(Agente, models.PROTECT, related_name="+", verbose_name="agente")
    certificado = models.OneToOneField(
        Certificado, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="certificado"
    )
    seen_at = models.DateTimeField("último acesso autorizado", null=True, blank=True)
    refused_at = models.DateTimeField("última recusa", null=True, blank=True)
    motivo = models.CharField("motivo da recusa", max_length=40, blank=True)
    sha256 = models.CharField("SHA-256 recusado", max_length=64, blank=True)
    falhas = models.PositiveIntegerField("senhas erradas seguidas", default=0)
    falhas_desde = models.DateTimeField("senhas erradas desde", null=True, blank=True)

    class Meta:
        verbose_name = "passagem pelo gateway"
        verbose_name_plural = "passagens pelo gateway"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agente"], condition=Q(certificado=None), name="passagem_sem_cadastro_unica"
            )
        ]

    def __str__(self) -> str:
        return f"{self.agente.sigla}: {self.certificado or 'certificado sem cadastro'}"

    @property
    def motivo_em_palavras(self) -> str:
        """A reason of an older version as it was kept."""
        return PALAVRAS[Motivo(self.motivo)] if self.motivo in PALAVRAS else self.motivo


class Entrada(models.Model):
    """One line of the feed of who is active. Text and no foreign keys, as in the ledger; never changed but `ultima`."""

    cnpj = models.CharField("CNPJ", max_length=14)
    sigla = models.CharField("sigla", max_length=60)
    sha256 = models.CharField("SHA-256", max_length=64)
    ativo = models.BooleanField("ativo")
    motivo = models.CharField("motivo", max_length=40)
    valido_de = models.DateTimeField("válido desde")
    valido_ate = models.DateTimeField("válido até")
    at = models.DateTimeField("publicada em")
    marca = models.CharField(max_length=8)  # random: the same number after a restore is another row
    ultima = models.BooleanField("a última deste certificado", default=True)

    class Meta:
        verbose_name = "entrada do diretório"
        verbose_name_plural = "diretório"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["cnpj", "sha256"], condition=Q(ultima=True), name="entrada_ultima_unica")
        ]

    def __str__(self) -> str:
        return f"{self.pk} · {self.sigla}"

    @property
    def cursor(self) -> Cursor:
        return Cursor(self.pk, self.marca)

    @property
    def item(self) -> Item:
        return Item(self.cnpj, self.sigla, self.sha256, self.valido_de, self.valido_ate)


class Publicacao(models.Model):
    """One row: how far the feed has followed the ledger. Who writes the feed holds its lock."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    numero = models.BigIntegerField()  # the ledger's entries up to this one are told
    varredura = models.BigIntegerField(null=True)  # everybody is being looked at: up to this Agente's id
    regra = models.CharField(max_length=200)  # under which it is told who is active

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="publicacao_unica")]

    def __str__(self) -> str:
        return f"diretório até a entrada {self.numero} da trilha"
