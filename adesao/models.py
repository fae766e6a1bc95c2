"""The adesão: a request that takes effect only when concluded, and the credential it sets."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from certificados.models import Certificado
from portal.agentes.models import Agente


class Credencial(models.Model):
    """The system user of an Agente (user name: the CNPJ). Existing means that the Agente has adhered."""

    agente = models.OneToOneField(Agente, models.PROTECT, related_name="+", verbose_name="agente")
    senha_hash = models.CharField(max_length=255, editable=False)
    versao = models.PositiveIntegerField("versão da senha", default=1)
    adhered_at = models.DateTimeField("aderiu em")
    changed_at = models.DateTimeField("senha definida em")
    changed_by = models.CharField("senha definida por", max_length=200)

    class Meta:
        verbose_name = "credencial"
        verbose_name_plural = "credenciais"

    def __str__(self) -> str:
        return f"credencial de {self.agente.sigla}"


class Solicitacao(models.Model):
    """One person's draft for one Agente. Open until concluded or cancelled; nothing in it is in force before."""

    agente = models.ForeignKey(Agente, models.PROTECT, related_name="+", verbose_name="agente")
    aberta_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="aberta por"
    )
    ator = models.CharField("quem", max_length=200)
    opened_at = models.DateTimeField("aberta em")
    closed_at = models.DateTimeField("encerrada em", null=True, blank=True)
    protocolo = models.CharField("protocolo", max_length=20, unique=True, null=True, blank=True)
    # The password that will be set: Argon2id of an HMAC, never the password.
    senha_hash = models.CharField(max_length=255, blank=True, editable=False)
    excluir: "models.ManyToManyField[Certificado, Certificado]" = models.ManyToManyField(
        Certificado, blank=True, related_name="+", verbose_name="certificados a excluir"
    )
    recibo = models.JSONField("recibo", null=True, blank=True)

    class Meta:
        verbose_name = "solicitação"
        verbose_name_plural = "solicitações"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agente", "aberta_por"],
                condition=Q(closed_at=None, aberta_por__isnull=False),
                name="solicitacao_aberta_unica",
            )
        ]

    def __str__(self) -> str:
        return self.protocolo or f"rascunho {self.pk}"


class Anexo(models.Model):
    """A file in the draft with its report.

    `conteudo`, as it was sent, is kept only where a certificate could be read from it; never for private keys.
    """

    solicitacao = models.ForeignKey(Solicitacao, models.CASCADE, related_name="anexos", verbose_name="solicitação")
    nome_arquivo = models.CharField("nome do arquivo", max_length=200)
    conteudo = models.BinaryField("conteúdo enviado", null=True, editable=False)
    relatorio = models.JSONField("relatório")
    aceito = models.BooleanField("aceito")
    attached_at = models.DateTimeField("anexado em")

    class Meta:
        verbose_name = "anexo"
        verbose_name_plural = "anexos"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.nome_arquivo

    @property
    def recusa(self) -> str:
        """Of one that is not accepted, in a sentence."""
        failed = sum(regra["situacao"] == "falha" for regra in self.relatorio["regras"])
        rules = "1 regra falhou" if failed == 1 else f"{failed} regras falharam"
        return f"{self.nome_arquivo} não pode ser aceito ({rules}). Remova-o ou envie o arquivo corrigido."


class Lote(models.Model):
    """Several companies concluded by one person with one gesture; `linhas` is the report (adesao.domain.lote)."""

    aberto_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="aberto por"
    )
    opened_at = models.DateTimeField("aberto em")
    closed_at = models.DateTimeField("encerrado em", null=True, blank=True)
    linhas = models.JSONField("linhas")

    class Meta:
        verbose_name = "conclusão de várias empresas"
        verbose_name_plural = "conclusões de várias empresas"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"lote {self.pk}"
