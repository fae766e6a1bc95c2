from django.db import models
from django.db.models import F, Q

from contratos.models.contrato import Contrato
from contratos.models.leilao import ExigenciaDoEdital
from portal.agentes.models import Agente


class Garantia(models.Model):
    """A security that must be valid before the signature is offered (3.3), or the reason why none applies."""

    contrato = models.ForeignKey(Contrato, models.PROTECT, related_name="garantias", verbose_name="contrato")
    nome = models.CharField("garantia", max_length=120)
    aplicavel = models.BooleanField("aplicável", default=True)
    motivo = models.CharField("por que não se aplica", max_length=300, blank=True)
    valor = models.DecimalField("valor (R$)", max_digits=16, decimal_places=2, null=True, blank=True)
    vale_de = models.DateField("válida desde", null=True, blank=True)
    vale_ate = models.DateField("válida até", null=True, blank=True)
    instrumento = models.CharField("instrumento e número", max_length=120, blank=True)
    arquivo = models.BinaryField("arquivo", null=True, blank=True, editable=False)
    nome_arquivo = models.CharField("nome do arquivo", max_length=200, blank=True)
    presented_at = models.DateTimeField("apresentada em", null=True, blank=True)
    presented_by = models.CharField("apresentada por", max_length=200, blank=True)

    class Meta:
        verbose_name = "garantia"
        verbose_name_plural = "garantias"
        ordering = ["contrato_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["contrato", "nome"], name="garantia_unica"),
            models.CheckConstraint(
                condition=Q(aplicavel=True) | ~Q(motivo=""), name="garantia_nao_aplicavel_tem_motivo"
            ),
            models.CheckConstraint(
                condition=Q(vale_ate=None) | Q(vale_de=None) | Q(vale_ate__gte=F("vale_de")),
                name="garantia_validade_em_ordem",
            ),
        ]

    def __str__(self) -> str:
        return self.nome


class Signatario(models.Model):
    """Who signs for an Agente, or for CCEE where there is none.

    The Agente answers for what it states (3.13.2): who stated it is kept.
    """

    agente = models.ForeignKey(
        Agente, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="agente",
        help_text="Vazio: signatário da CCEE, que é parte dos contratos de energia de reserva.",
    )  # fmt: skip
    nome = models.CharField("nome completo", max_length=200)
    cpf = models.CharField("CPF", max_length=11)
    email = models.EmailField("e-mail", blank=True)
    desde = models.DateField("desde")
    ate = models.DateField("até", null=True, blank=True, help_text="Último dia; vazio: sem data de término.")
    stated_at = models.DateTimeField("indicado em")
    stated_by = models.CharField("indicado por", max_length=200)

    class Meta:
        verbose_name = "signatário"
        verbose_name_plural = "signatários"
        ordering = ["agente_id", "nome"]
        constraints = [
            models.UniqueConstraint(fields=["agente", "cpf"], condition=Q(ate=None), name="signatario_unico"),
            models.UniqueConstraint(
                fields=["cpf"], condition=Q(ate=None, agente=None), name="signatario_da_ccee_unico"
            ),
            models.CheckConstraint(condition=Q(cpf__regex=r"^[0-9]{11}$"), name="signatario_cpf_11_digitos"),
        ]

    def __str__(self) -> str:
        return self.nome


class Cumprimento(models.Model):
    """That one condition of the edital was met for one contract, and by whom it was stated."""

    contrato = models.ForeignKey(Contrato, models.PROTECT, related_name="cumprimentos", verbose_name="contrato")
    exigencia = models.ForeignKey(ExigenciaDoEdital, models.PROTECT, related_name="+", verbose_name="exigência")
    comprovante = models.CharField("comprovante", max_length=300)
    met_at = models.DateTimeField("cumprida em")
    met_by = models.CharField("registrada por", max_length=200)

    class Meta:
        verbose_name = "cumprimento de exigência"
        verbose_name_plural = "cumprimentos de exigências"
        ordering = ["contrato_id", "exigencia_id"]
        constraints = [models.UniqueConstraint(fields=["contrato", "exigencia"], name="exigencia_cumprida_uma_vez")]

    def __str__(self) -> str:
        return f"{self.exigencia}: {self.comprovante}"
