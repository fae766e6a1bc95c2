from django.db import models

from contratos.domain.procedimentos import RESPONSAVEIS
from portal.agentes.models import Agente


class TipoDeLeilao(models.TextChoices):
    NOVA = "nova", "Energia nova"
    EXISTENTE = "existente", "Energia existente"
    RESERVA = "reserva", "Energia de reserva"
    AJUSTE = "ajuste", "Ajuste"


class AtoRegulatorio(models.Model):
    """An act of ANEEL or of the granting authority. Publication counts; the date of decision is only recorded."""

    tipo = models.CharField("tipo", max_length=60, help_text="Resolução autorizativa, despacho, portaria…")
    numero = models.CharField("número", max_length=40)
    orgao = models.CharField("órgão", max_length=60, default="ANEEL")
    published_on = models.DateField("publicado em (DOU)")
    decided_on = models.DateField("decidido em", null=True, blank=True)
    ementa = models.CharField("ementa", max_length=500, blank=True)
    so_tecnica = models.BooleanField("altera somente características técnicas", default=False)
    arquivo = models.BinaryField("arquivo", null=True, blank=True, editable=False)  # kept here: part of the evidence
    nome_arquivo = models.CharField("nome do arquivo", max_length=200, blank=True)

    class Meta:
        verbose_name = "ato regulatório"
        verbose_name_plural = "atos regulatórios"
        ordering = ["-published_on", "-id"]
        constraints = [models.UniqueConstraint(fields=["orgao", "tipo", "numero"], name="ato_unico")]

    def __str__(self) -> str:
        return f"{self.tipo} {self.orgao} nº {self.numero}, de {self.published_on:%d/%m/%Y}"


class Leilao(models.Model):
    """`homologado_em` is H, the anchor of flow 2."""

    numero = models.PositiveSmallIntegerField("número")
    tipo = models.CharField("tipo", max_length=10, choices=TipoDeLeilao.choices)
    edital = models.CharField("edital", max_length=80)
    realizado_em = models.DateField("realizado em")
    homologado_em = models.DateField("homologado e adjudicado em", null=True, blank=True)
    relatorio_situacao_du = models.PositiveSmallIntegerField(
        "relatório de situação: dias úteis depois do termo da assinatura",
        null=True,
        blank=True,
        help_text="3.16: o prazo está em normativo externo; vazio: sem prazo.",
    )

    class Meta:
        verbose_name = "leilão"
        verbose_name_plural = "leilões"
        ordering = ["-realizado_em", "-numero"]
        constraints = [models.UniqueConstraint(fields=["numero", "tipo"], name="leilao_unico")]

    def __str__(self) -> str:
        return f"{self.numero}º leilão · {self.get_tipo_display().lower()}"


class ExigenciaDoEdital(models.Model):
    """What the edital asks of a party or of CCEE before the signature (3.5)."""

    leilao = models.ForeignKey(Leilao, models.PROTECT, related_name="exigencias", verbose_name="leilão")
    texto = models.CharField("exigência", max_length=300)
    de_quem = models.CharField("de quem", max_length=12, choices=[(str(k), v) for k, v in RESPONSAVEIS.items()])
    obrigatoria = models.BooleanField("obrigatória", default=True)

    class Meta:
        verbose_name = "exigência do edital"
        verbose_name_plural = "exigências do edital"
        ordering = ["leilao_id", "id"]

    def __str__(self) -> str:
        return self.texto


class Outorga(models.Model):
    """The concession or authorisation of a plant; its publication is P."""

    agente = models.ForeignKey(Agente, models.PROTECT, related_name="+", verbose_name="agente")
    usina = models.CharField("usina", max_length=120)
    ceg = models.CharField("CEG", max_length=30, blank=True, help_text="Código único do empreendimento de geração")
    fonte = models.CharField("fonte", max_length=40, blank=True)
    ato = models.ForeignKey(AtoRegulatorio, models.PROTECT, related_name="+", verbose_name="ato")
    informed_at = models.DateTimeField("informada em")
    informed_by = models.CharField("informada por", max_length=200)

    class Meta:
        verbose_name = "outorga"
        verbose_name_plural = "outorgas"
        ordering = ["agente_id", "usina"]
        constraints = [models.UniqueConstraint(fields=["agente", "usina", "ato"], name="outorga_unica")]

    def __str__(self) -> str:
        return f"{self.usina}: {self.ato}"
