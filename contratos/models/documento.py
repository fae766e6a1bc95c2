from django.conf import settings
from django.db import models
from django.db.models import Q

from contratos.models.atividade import Atividade
from contratos.models.contrato import Contrato


class Documento(models.Model):
    """What the portal issued for signature: a contract, a form, an amendment, a CCG. Its bytes are what must be signed.

    `assinado` is the latest file with signatures; `protocolo` is given when the last party has signed.
    """

    contrato = models.ForeignKey(Contrato, models.PROTECT, related_name="documentos", verbose_name="contrato")
    fluxo = models.ForeignKey("Fluxo", models.PROTECT, related_name="documentos", verbose_name="fluxo")
    tipo = models.CharField("tipo", max_length=20)  # contrato | formulario | termo_aditivo | ccg
    titulo = models.CharField("título", max_length=200)
    emitido = models.BinaryField("documento emitido", editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    assinado = models.BinaryField("documento assinado", null=True, blank=True, editable=False)
    issued_at = models.DateTimeField("emitido em")
    issued_by = models.CharField("emitido por", max_length=200)
    replaced_at = models.DateTimeField("substituído em", null=True, blank=True)
    protocolo = models.CharField("protocolo de autenticidade", max_length=40, unique=True, null=True, blank=True)
    completed_at = models.DateTimeField("assinado por todos em", null=True, blank=True)

    class Meta:
        verbose_name = "documento"
        verbose_name_plural = "documentos"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["fluxo", "tipo"], condition=Q(replaced_at=None), name="documento_em_vigor_unico"
            ),
        ]

    def __str__(self) -> str:
        return self.titulo


class Indisponibilidade(models.Model):
    """An outage of the signing system: only within one may a contract be signed on paper (3.13.1)."""

    desde = models.DateTimeField("desde")
    ate = models.DateTimeField("até", null=True, blank=True)
    descricao = models.CharField("o que houve", max_length=300)
    chamado = models.CharField("chamado", max_length=40)

    class Meta:
        verbose_name = "indisponibilidade"
        verbose_name_plural = "indisponibilidades"
        ordering = ["-desde"]

    def __str__(self) -> str:
        return f"chamado {self.chamado}"


class AssinaturaAceita(models.Model):
    """One signature that was accepted, with its evidence. On paper: the scan and the outage that allowed it."""

    documento = models.ForeignKey(Documento, models.PROTECT, related_name="assinaturas", verbose_name="documento")
    atividade = models.OneToOneField(Atividade, models.PROTECT, related_name="assinatura", verbose_name="atividade")
    signatario = models.ForeignKey(
        "Signatario", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="signatário"
    )
    nome = models.CharField("nome", max_length=200)
    cpf = models.CharField("CPF", max_length=11)
    signed_at = models.DateTimeField("assinada em")
    accepted_at = models.DateTimeField("aceita em")
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="enviada por"
    )
    evidencia = models.JSONField("evidência", default=dict)
    arquivo = models.BinaryField("arquivo enviado", editable=False)
    indisponibilidade = models.ForeignKey(
        Indisponibilidade, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="indisponibilidade"
    )

    class Meta:
        verbose_name = "assinatura"
        verbose_name_plural = "assinaturas"
        ordering = ["documento_id", "id"]

    def __str__(self) -> str:
        return f"{self.nome} em {self.documento}"
