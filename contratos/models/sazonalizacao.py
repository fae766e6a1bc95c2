import re

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from contratos.domain.sazonalizacao import ORIGENS, REGRAS
from contratos.models.atividade import Fluxo
from contratos.models.contrato import Contrato
from contratos.models.leilao import Leilao
from portal.agentes.models import Agente

MESES = 12
NUMERO = re.compile(r"\d{1,11}(?:\.\d{1,6})?", re.ASCII)


class RegraDeSazonalizacao(models.Model):
    """Of the quantity contracts of an auction, or of one product of it, where not that of their kind (3.50, 3.51)."""

    leilao = models.ForeignKey(Leilao, models.PROTECT, related_name="regras", verbose_name="leilão")
    produto = models.CharField("produto", max_length=60, blank=True, help_text="Vazio: todos os do leilão.")
    regra = models.CharField("regra", max_length=16, choices=[(str(k), v) for k, v in REGRAS.items()])

    class Meta:
        verbose_name = "regra de sazonalização"
        verbose_name_plural = "regras de sazonalização"
        ordering = ["leilao_id", "produto"]
        constraints = [models.UniqueConstraint(fields=["leilao", "produto"], name="regra_de_sazonalizacao_unica")]

    def __str__(self) -> str:
        return f"{self.leilao}, {self.produto or 'todos os produtos'}"


class DozeValores(models.Model):
    """Twelve numbers, January first, as texts with a point."""

    class Unidade(models.TextChoices):
        MWMED = "mwmed", "MWmédio"
        MWH = "mwh", "MWh"

    unidade = models.CharField("unidade", max_length=5, choices=Unidade.choices, default=Unidade.MWMED)
    valores = models.JSONField("valores")

    class Meta:
        abstract = True

    def clean(self) -> None:
        """There is nothing to share out by where a month is unknown (3.49)."""
        held = [str(each) for each in self.valores or []]
        wrong = [each for each in held if not NUMERO.fullmatch(each)]
        if len(held) != MESES or wrong:
            found = f"“{wrong[0][:20]}” não se lê" if wrong else f"há {len(held)}"
            raise ValidationError(
                {"valores": f"Informe doze números, de janeiro a dezembro, como 640,5: {found}. Um por linha."}
            )


class PerfilDeCarga(DozeValores):
    """What a distributor declared in SIMPLES or its successor for a year (3.49)."""

    agente = models.ForeignKey(Agente, models.PROTECT, related_name="+", verbose_name="distribuidora")
    ano = models.PositiveSmallIntegerField("ano")
    fonte = models.CharField("fonte", max_length=120, default="SIMPLES")

    class Meta:
        verbose_name = "perfil de carga"
        verbose_name_plural = "perfis de carga"
        ordering = ["-ano", "agente_id"]
        constraints = [models.UniqueConstraint(fields=["agente", "ano"], name="perfil_de_carga_unico")]

    def __str__(self) -> str:
        return f"perfil de carga de {self.agente.sigla} para {self.ano}"


class Sazonalizacao(models.Model):
    """The months of a contract in a civil year. Final once, never changed; `entrada` and `calculo` make it again.

    `saida`: MWh by month, as text with six decimals and a point, by its first day.
    """

    class Situacao(models.TextChoices):
        PROPOSTA = "proposta", "À espera da validação"
        DEVOLVIDA = "devolvida", "Devolvida pelo vendedor"
        SEM_EFEITO = "sem_efeito", "Sem efeito: não validada no prazo"
        FINAL = "final", "Definitiva"

    contrato = models.ForeignKey(Contrato, models.PROTECT, related_name="sazonalizacoes", verbose_name="contrato")
    ano = models.PositiveSmallIntegerField("ano")
    fluxo = models.ForeignKey(
        Fluxo, models.PROTECT, null=True, blank=True, related_name="sazonalizacoes", verbose_name="fluxo"
    )
    origem = models.CharField("origem", max_length=12, choices=[(str(k), v) for k, v in ORIGENS.items()])
    calculo = models.CharField("cálculo", max_length=60)
    situacao = models.CharField("situação", max_length=12, choices=Situacao.choices)
    entrada = models.JSONField("entrada")
    saida = models.JSONField("resultado")
    sent_at = models.DateTimeField("informada em")
    sent_by = models.CharField("informada por", max_length=200)
    final_at = models.DateTimeField("definitiva em", null=True, blank=True)

    class Meta:
        verbose_name = "sazonalização"
        verbose_name_plural = "sazonalizações"
        ordering = ["-ano", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contrato", "ano"], condition=Q(situacao="final"), name="sazonalizacao_uma_final"
            ),
            models.UniqueConstraint(
                fields=["contrato", "ano"], condition=Q(situacao="proposta"), name="sazonalizacao_uma_proposta"
            ),
            models.CheckConstraint(
                condition=Q(situacao="final", final_at__isnull=False) | (~Q(situacao="final") & Q(final_at=None)),
                name="sazonalizacao_final_tem_data",
            ),
        ]

    def __str__(self) -> str:
        return f"sazonalização de {self.ano} de {self.contrato.numero}"


class Rodada(models.Model):
    """A run over many contracts: it goes on where it stopped, after `ate` (a key of a contract)."""

    codigo = models.CharField("o que é", max_length=20)
    ano = models.PositiveSmallIntegerField("ano")
    total = models.PositiveIntegerField("contratos")
    feitos = models.PositiveIntegerField("feitos", default=0)
    pendentes = models.JSONField("sem cálculo", default=list)  # number of the contract, and why
    ate = models.BigIntegerField("até o contrato", default=0)
    started_at = models.DateTimeField("começou em")
    started_by = models.CharField("começada por", max_length=200)
    finished_at = models.DateTimeField("terminou em", null=True, blank=True)

    class Meta:
        verbose_name = "rodada de sazonalização"
        verbose_name_plural = "rodadas de sazonalização"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["codigo", "ano"], condition=Q(finished_at=None), name="rodada_uma_em_andamento"
            )
        ]

    def __str__(self) -> str:
        return f"rodada {self.codigo} de {self.ano}"
