from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from contratos.domain.andamento import NOMES, Situacao
from contratos.domain.procedimentos import RESPONSAVEIS
from contratos.models.contrato import Contrato
from contratos.models.leilao import Leilao
from portal.agentes.models import Agente

VIVA = Q(situacao__in=[Situacao.AGUARDANDO.value, Situacao.ABERTA.value])


class ConjuntoDeMarcos(models.Model):
    """A published set of milestones (3.11). Never changed: a change is a new version (3.12).

    `marcos`: list of {codigo, nome, tipo, responsavel, ate_du, depois}.
    """

    leilao = models.ForeignKey(
        Leilao, models.PROTECT, null=True, blank=True, related_name="marcos", verbose_name="leilão",
        help_text="Vazio: vale para todos os leilões sem conjunto próprio.",
    )  # fmt: skip
    versao = models.PositiveSmallIntegerField("versão")
    marcos = models.JSONField("marcos")
    published_at = models.DateTimeField("publicado em")
    published_by = models.CharField("publicado por", max_length=200)

    class Meta:
        verbose_name = "conjunto de marcos"
        verbose_name_plural = "conjuntos de marcos"
        ordering = ["leilao_id", "-versao"]
        constraints = [
            models.UniqueConstraint(fields=["leilao", "versao"], name="marcos_versao"),
            models.UniqueConstraint(fields=["versao"], condition=Q(leilao=None), name="marcos_gerais_versao"),
        ]

    def __str__(self) -> str:
        return f"marcos, versão {self.versao}"


class Fluxo(models.Model):
    """One run of a procedure for one contract. `ancoras`: {"P": "2026-11-19"}."""

    contrato = models.ForeignKey(Contrato, models.PROTECT, related_name="fluxos", verbose_name="contrato")
    procedimento = models.CharField("procedimento", max_length=30)
    versao = models.PositiveSmallIntegerField("versão do procedimento", default=1)
    marcos = models.ForeignKey(
        ConjuntoDeMarcos, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="conjunto de marcos"
    )
    sob = models.ForeignKey(
        "Atividade", models.PROTECT, null=True, blank=True, related_name="subfluxos", verbose_name="sob a atividade"
    )
    solicitante = models.ForeignKey(
        Agente, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="solicitante"
    )
    sucessora = models.ForeignKey(
        Agente, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="sucessora"
    )
    ancoras = models.JSONField("âncoras", default=dict)
    dados = models.JSONField("dados do pedido", default=dict, encoder=DjangoJSONEncoder)
    opened_at = models.DateTimeField("aberto em")
    opened_by = models.CharField("aberto por", max_length=200)
    closed_at = models.DateTimeField("encerrado em", null=True, blank=True)
    estado = models.CharField("estado", max_length=60)

    class Meta:
        verbose_name = "fluxo"
        verbose_name_plural = "fluxos"
        ordering = ["-id"]
        indexes = [models.Index(fields=["contrato", "-id"], name="fluxo_do_contrato")]

    def __str__(self) -> str:
        return f"{self.procedimento} de {self.contrato.numero}"


class Atividade(models.Model):
    """One step of a flow, in one round. Late is derived from `vence_em`, never stored.

    `versao` counts changes of the due date; `evidencia` is what was stated when it was closed.
    """

    fluxo = models.ForeignKey(Fluxo, models.PROTECT, related_name="atividades", verbose_name="fluxo")
    codigo = models.CharField("código", max_length=12)
    rodada = models.PositiveSmallIntegerField("rodada", default=1)
    nome = models.CharField("atividade", max_length=120)
    responsavel = models.CharField("responsável", max_length=12, choices=[(str(k), v) for k, v in RESPONSAVEIS.items()])
    prazo = models.CharField("prazo", max_length=60)
    vence_em = models.DateField("vence em", null=True, blank=True)
    versao = models.PositiveSmallIntegerField("mudanças do prazo", default=0, editable=False)
    ordem = models.PositiveSmallIntegerField(editable=False)
    situacao = models.CharField("situação", max_length=12, choices=[(str(k), v) for k, v in NOMES.items()])
    opened_at = models.DateTimeField("aberta em", null=True, blank=True)
    closed_at = models.DateTimeField("encerrada em", null=True, blank=True)
    closed_by = models.CharField("encerrada por", max_length=200, blank=True)
    resultado = models.CharField("resultado", max_length=24, blank=True)
    motivo = models.CharField("motivo", max_length=300, blank=True)
    evidencia = models.JSONField("evidência", default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = "atividade"
        verbose_name_plural = "atividades"
        ordering = ["fluxo_id", "ordem", "rodada"]
        constraints = [
            models.UniqueConstraint(fields=["fluxo", "codigo", "rodada"], name="atividade_unica"),
            models.UniqueConstraint(fields=["fluxo", "codigo"], condition=VIVA, name="atividade_viva_uma_vez"),
            models.CheckConstraint(
                condition=(VIVA & Q(closed_at=None)) | (~VIVA & Q(closed_at__isnull=False)),
                name="atividade_encerrada_tem_instante",
            ),
        ]
        indexes = [models.Index(fields=["vence_em", "id"], condition=VIVA, name="atividade_a_vencer")]

    def __str__(self) -> str:
        return f"{self.codigo} {self.nome}"
