from django.db import models
from django.db.models import F, Q

from contratos.models.atividade import Fluxo
from contratos.models.contrato import Contrato
from contratos.models.leilao import AtoRegulatorio


class Cbr(models.Model):
    """What a CBR states beside the terms of every contract (3.25 to 3.30, 3.77).

    Invalid since `invalido_em` (3.26.1): it then counts for nothing, from its beginning.
    """

    class Subgrupo(models.TextChoices):
        A = "a", "(a) comprador distribuidora"
        B = "b", "(b) vendedor gerador, Lei 13.182/2015"

    class Origem(models.TextChoices):
        CHAMADA_PUBLICA = "chamada_publica", "Geração distribuída por chamada pública"
        DESVERTICALIZACAO = "desverticalizacao", "Geração distribuída por desverticalização"
        SISTEMA_ISOLADO = "sistema_isolado", "Sistema isolado de distribuidora interligada"
        ANTERIOR_10848 = "anterior_10848", "Anterior à Lei 10.848/2004"
        ART_5 = "art_5", "Art. 5º da Lei 13.182/2015"
        ART_10 = "art_10", "Art. 10 da Lei 13.182/2015"
        OUTRA = "outra", "Outra"

    class Modulacao(models.TextChoices):
        FLAT = "flat", "Flat"
        CARGA = "carga", "Pelo perfil de carga do comprador"
        GERACAO = "geracao", "Pelo perfil de geração da usina"
        EX_ANTE = "ex_ante", "Ex-ante, combinada entre as partes"

    contrato = models.OneToOneField(Contrato, models.PROTECT, related_name="cbr", verbose_name="contrato")
    subgrupo = models.CharField("subgrupo", max_length=1, choices=Subgrupo.choices)
    origem = models.CharField("origem", max_length=20, choices=Origem.choices)
    modulacao = models.CharField("modulação", max_length=10, choices=Modulacao.choices)
    mesmo_grupo = models.BooleanField("partes do mesmo grupo econômico", default=False)
    parcela_usina = models.CharField("parcela de usina", max_length=120, blank=True)
    ato = models.ForeignKey(
        AtoRegulatorio, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ato da ANEEL"
    )
    invalido_em = models.DateTimeField("dado por inválido em", null=True, blank=True)
    invalido_motivo = models.CharField("por que é inválido", max_length=300, blank=True)

    class Meta:
        verbose_name = "registro de CBR"
        verbose_name_plural = "registros de CBR"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"registro do CBR {self.contrato.numero}"


class VersaoDoCbr(models.Model):
    """The amounts as the seller registered or adjusted them; those before rule until the buyer validates (3.28)."""

    class Situacao(models.TextChoices):
        PENDENTE = "pendente", "À espera da validação"
        VALIDADA = "validada", "Em vigor"
        SUBSTITUIDA = "substituida", "Substituída por outra"
        DEVOLVIDA = "devolvida", "Devolvida pelo comprador"
        SEM_EFEITO = "sem_efeito", "Sem efeito: não validada no prazo"

    cbr = models.ForeignKey(Cbr, models.PROTECT, related_name="versoes", verbose_name="CBR")
    numero = models.PositiveSmallIntegerField("versão")
    fluxo = models.ForeignKey(Fluxo, models.PROTECT, related_name="versoes", verbose_name="fluxo")
    mes_referencia = models.DateField("mês de referência")
    ato = models.ForeignKey(
        AtoRegulatorio, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ato da ANEEL"
    )
    situacao = models.CharField("situação", max_length=12, choices=Situacao.choices)
    sent_at = models.DateTimeField("enviada em")
    validated_at = models.DateTimeField("validada em", null=True, blank=True)

    class Meta:
        verbose_name = "versão de CBR"
        verbose_name_plural = "versões de CBR"
        ordering = ["cbr_id", "-numero"]
        constraints = [
            models.UniqueConstraint(fields=["cbr", "numero"], name="versao_do_cbr"),
            models.UniqueConstraint(fields=["cbr"], condition=Q(situacao="pendente"), name="versao_uma_pendente"),
            models.UniqueConstraint(fields=["cbr"], condition=Q(situacao="validada"), name="versao_uma_em_vigor"),
        ]

    def __str__(self) -> str:
        return f"versão {self.numero} de {self.cbr.contrato.numero}"


class PeriodoDoCbr(models.Model):
    """One interval, both days included. Art. 5 of Lei 13.182/2015 has an hourly maximum instead (3.28.2)."""

    versao = models.ForeignKey(VersaoDoCbr, models.PROTECT, related_name="periodos", verbose_name="versão")
    inicio = models.DateField("início")
    fim = models.DateField("fim")
    montante_mwmed = models.DecimalField("montante (MWmédio)", max_digits=18, decimal_places=6, null=True, blank=True)
    maximo_mwh = models.DecimalField("máximo por hora (MWh)", max_digits=18, decimal_places=6, null=True, blank=True)

    class Meta:
        verbose_name = "período de vigência"
        verbose_name_plural = "períodos de vigência"
        ordering = ["versao_id", "inicio"]
        constraints = [
            models.UniqueConstraint(fields=["versao", "inicio"], name="periodo_unico"),
            models.CheckConstraint(condition=Q(fim__gte=F("inicio")), name="periodo_em_ordem"),
            models.CheckConstraint(
                condition=Q(montante_mwmed__gt=0, maximo_mwh=None) | Q(montante_mwmed=None, maximo_mwh__gt=0),
                name="periodo_montante_ou_maximo",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inicio:%d/%m/%Y} a {self.fim:%d/%m/%Y}"
