from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from contratos.domain.proinfa import ORIGENS
from contratos.models.atividade import Fluxo
from contratos.models.ccer import UnidadeConsumidora
from contratos.models.contrato import Contrato
from portal.agentes.models import Agente


class RepresentanteDeCotista(models.Model):
    """Who acts at CCEE for a facultative quota holder: its PROINFA contracts are registered for that one (3.69)."""

    representado = models.ForeignKey(Agente, models.PROTECT, related_name="+", verbose_name="cotista representado")
    representante = models.ForeignKey(Agente, models.PROTECT, related_name="+", verbose_name="agente representante")
    desde = models.DateField("desde")
    ate = models.DateField("até", null=True, blank=True, help_text="Último dia; vazio: sem data de término.")

    class Meta:
        verbose_name = "representante de cotista"
        verbose_name_plural = "representantes de cotistas"
        ordering = ["representado_id", "-desde"]
        constraints = [
            models.UniqueConstraint(
                fields=["representado"], condition=Q(ate=None), name="representante_de_cotista_unico"
            ),
            models.CheckConstraint(
                condition=~Q(representado=F("representante")), name="representante_de_cotista_e_outro"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.representante.sigla} por {self.representado.sigla}"


class UsinaDoProinfa(models.Model):
    """A hydro plant of PROINFA that may join the MRE: it has a profile of its own (3.64)."""

    codigo = models.CharField("código", max_length=20, unique=True)
    nome = models.CharField("nome", max_length=120)
    garantia_fisica_mwmed = models.DecimalField(
        "garantia física (MWmédio)",
        max_digits=18,
        decimal_places=6,
        validators=[MinValueValidator(Decimal("0.000001"))],
    )

    class Meta:
        verbose_name = "usina do PROINFA"
        verbose_name_plural = "usinas do PROINFA"
        ordering = ["codigo"]
        constraints = [
            models.CheckConstraint(condition=Q(garantia_fisica_mwmed__gt=0), name="usina_do_proinfa_tem_garantia")
        ]

    def __str__(self) -> str:
        return f"{self.codigo} · {self.nome}"

    def clean(self) -> None:
        """The head of a column of ACEP's table: one word, and none of the other columns'."""
        if self.codigo.upper() in ("MES", "COTAS", "ACEP") or ";" in self.codigo:
            raise ValidationError({"codigo": "Use outro código: este é o nome de outra coluna da tabela do ACEP."})


class HistoricoDeConsumo(models.Model):
    """Consumption by month, of a unit or of a distributor's whole area: declared by one side, validated by the other.

    `meses`: MWh as text, by the month's first day. Nothing is calculated from what was not validated (3.39.1).
    """

    class Situacao(models.TextChoices):
        DECLARADO = "declarado", "À espera da validação"
        VALIDADO = "validado", "Validado"
        DEVOLVIDO = "devolvido", "Devolvido"

    unidade = models.ForeignKey(
        UnidadeConsumidora, models.PROTECT, null=True, blank=True, related_name="historicos",
        verbose_name="unidade consumidora",
    )  # fmt: skip
    distribuidora = models.ForeignKey(
        Agente, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="área da distribuidora"
    )
    meses = models.JSONField("consumo por mês")
    declarante = models.ForeignKey(Agente, models.PROTECT, related_name="+", verbose_name="declarado por")
    situacao = models.CharField("situação", max_length=10, choices=Situacao.choices)
    sent_at = models.DateTimeField("declarado em")
    sent_by = models.CharField("enviado por", max_length=200)
    answered_at = models.DateTimeField("respondido em", null=True, blank=True)
    answered_by = models.CharField("respondido por", max_length=200, blank=True)
    motivo = models.CharField("motivo da devolução", max_length=300, blank=True)

    class Meta:
        verbose_name = "histórico de consumo"
        verbose_name_plural = "históricos de consumo"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(unidade=None, distribuidora__isnull=False) | Q(unidade__isnull=False, distribuidora=None),
                name="historico_de_uma_so",
            ),
            models.UniqueConstraint(
                fields=["unidade"], condition=Q(situacao="declarado"), name="historico_declarado_unico_da_unidade"
            ),
            models.UniqueConstraint(
                fields=["distribuidora"], condition=Q(situacao="declarado"), name="historico_declarado_unico_da_area"
            ),
            models.CheckConstraint(
                condition=Q(situacao="declarado", answered_at=None)
                | (~Q(situacao="declarado") & Q(answered_at__isnull=False)),
                name="historico_respondido_tem_data",
            ),
        ]

    def __str__(self) -> str:
        return f"histórico de {self.unidade.codigo if self.unidade else f'{self.distribuidora}'}"


class CotaDoProinfa(models.Model):
    """Of a unit that migrated: the distributor's contract that its quota comes from, and the share that migrated."""

    contrato = models.OneToOneField(Contrato, models.PROTECT, related_name="cota_proinfa", verbose_name="contrato")
    unidade = models.ForeignKey(
        UnidadeConsumidora, models.PROTECT, related_name="cotas_proinfa", verbose_name="unidade consumidora"
    )
    origem = models.ForeignKey(
        Contrato, models.PROTECT, related_name="cotas_transferidas", verbose_name="contrato da distribuidora"
    )
    parcela = models.DecimalField("parcela migrada", max_digits=7, decimal_places=6)
    renunciada_de = models.DateField("sem cota a partir de", null=True, blank=True)

    class Meta:
        verbose_name = "cota do PROINFA de unidade"
        verbose_name_plural = "cotas do PROINFA de unidades"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(parcela__gt=0, parcela__lte=1), name="cota_parcela_migrada"),
            models.CheckConstraint(condition=~Q(contrato=F("origem")), name="cota_vem_de_outro_contrato"),
        ]

    def __str__(self) -> str:
        return f"cota {self.contrato.numero}"


class CotaDoMes(models.Model):
    """A month's quota of a unit, as it was calculated: kept, also where a later one takes its place (3.40 to 3.42)."""

    class Situacao(models.TextChoices):
        APURADA = "apurada", "Apurada"
        PUBLICADA = "publicada", "Publicada"
        ACEITA = "aceita", "Aceita: sem volta"
        CONTESTADA = "contestada", "Com discordância"
        MANTIDA = "mantida", "Mantida: discordância improcedente"
        SUBSTITUIDA = "substituida", "Substituída por outra"
        AJUSTADA = "ajustada", "Nos contratos"
        SEM_EFEITO = "sem_efeito", "Sem efeito"

    contrato = models.ForeignKey(Contrato, models.PROTECT, related_name="cotas_dos_meses", verbose_name="contrato")
    fluxo = models.ForeignKey(
        Fluxo, models.PROTECT, null=True, blank=True, related_name="cotas_dos_meses", verbose_name="fluxo"
    )
    mes = models.DateField("mês de referência")
    energia_mwh = models.DecimalField("cota (MWh)", max_digits=18, decimal_places=6)
    situacao = models.CharField("situação", max_length=12, choices=Situacao.choices)
    calculo = models.CharField("cálculo", max_length=60)
    entrada = models.JSONField("entrada")
    made_at = models.DateTimeField("apurada em")
    made_by = models.CharField("apurada por", max_length=200)
    published_at = models.DateTimeField("publicada em", null=True, blank=True)

    class Meta:
        verbose_name = "cota do mês"
        verbose_name_plural = "cotas dos meses"
        ordering = ["contrato_id", "-mes", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contrato", "mes"],
                condition=~Q(situacao__in=["substituida", "sem_efeito"]),
                name="cota_do_mes_em_vigor_unica",
            ),
            models.CheckConstraint(condition=Q(energia_mwh__gte=0), name="cota_do_mes_nao_negativa"),
        ]

    def __str__(self) -> str:
        return f"cota de {self.mes:%m/%Y} de {self.contrato.numero}"


class MovimentoDeCota(models.Model):
    """Energy of a month that went from one contract to another: what one side gains the other loses.

    `de`: whose amount fell; `para`: whose rose. Their sum over all contracts never changes.
    """

    de = models.ForeignKey(Contrato, models.PROTECT, related_name="+", verbose_name="do contrato")
    para = models.ForeignKey(Contrato, models.PROTECT, related_name="+", verbose_name="para o contrato")
    unidade = models.ForeignKey(
        UnidadeConsumidora, models.PROTECT, related_name="+", verbose_name="unidade consumidora"
    )
    mes = models.DateField("mês")
    energia_mwh = models.DecimalField("energia (MWh)", max_digits=18, decimal_places=6)
    clausula = models.CharField("cláusula", max_length=8)
    made_at = models.DateTimeField("feito em")
    made_by = models.CharField("feito por", max_length=200)

    class Meta:
        verbose_name = "movimento de cota"
        verbose_name_plural = "movimentos de cotas"
        ordering = ["-id"]
        indexes = [models.Index(fields=["de", "mes"], name="movimento_de_cota_por_mes")]
        constraints = [
            models.CheckConstraint(condition=~Q(de=F("para")), name="movimento_entre_dois_contratos"),
        ]

    def __str__(self) -> str:
        return f"{self.mes:%m/%Y}: {self.energia_mwh} MWh"


class AnoDoProinfa(models.Model):
    """What the regulatory act sets for a civil year. `usinas`: MWh of each MRE plant, as text, by its code (3.64)."""

    ano = models.PositiveSmallIntegerField("ano", unique=True)
    montante_mwh = models.DecimalField("montante anual (MWh)", max_digits=18, decimal_places=6)
    ato = models.CharField("ato regulatório", max_length=160)
    usinas = models.JSONField("energia das usinas", default=dict)
    stated_at = models.DateTimeField("informado em")
    stated_by = models.CharField("informado por", max_length=200)

    class Meta:
        verbose_name = "ano do PROINFA"
        verbose_name_plural = "anos do PROINFA"
        ordering = ["-ano"]
        constraints = [models.CheckConstraint(condition=Q(montante_mwh__gt=0), name="ano_do_proinfa_tem_montante")]

    def __str__(self) -> str:
        return f"PROINFA {self.ano}"


class CotaAnual(models.Model):
    """A contract's quota of a year: by the act, or calculated from the validated history (3.43). None: and why.

    `versao_da_curva`: the latest curve of the year that its months were made from; 0: none yet.
    """

    contrato = models.ForeignKey(Contrato, models.PROTECT, related_name="cotas_anuais", verbose_name="contrato")
    ano = models.PositiveSmallIntegerField("ano")
    energia_mwh = models.DecimalField("cota anual (MWh)", max_digits=18, decimal_places=6, null=True, blank=True)
    motivo = models.CharField("por que não há cota", max_length=600, blank=True)
    calculo = models.CharField("cálculo", max_length=60)
    entrada = models.JSONField("entrada", default=dict)
    versao_da_curva = models.PositiveSmallIntegerField("curva aplicada", default=0)
    made_at = models.DateTimeField("feita em")
    made_by = models.CharField("feita por", max_length=200)

    class Meta:
        verbose_name = "cota anual"
        verbose_name_plural = "cotas anuais"
        ordering = ["-ano", "contrato_id"]
        constraints = [
            models.UniqueConstraint(fields=["contrato", "ano"], name="cota_anual_unica"),
            models.CheckConstraint(
                condition=Q(energia_mwh=None) | Q(energia_mwh__gte=0), name="cota_anual_nao_negativa"
            ),
            models.CheckConstraint(
                condition=Q(energia_mwh=None) & ~Q(motivo="") | Q(energia_mwh__isnull=False, motivo=""),
                name="cota_anual_ou_motivo",
            ),
        ]

    def __str__(self) -> str:
        return f"cota de {self.ano} de {self.contrato.numero}"


class CurvaDoProinfa(models.Model):
    """The quotas of a year by month. The latest version counts; the ones before stay, each with what it was made from.

    `saida`: {"cotas": months, "acep": months, "usinas": {code: months}}, MWh as text.
    """

    ano = models.ForeignKey(AnoDoProinfa, models.PROTECT, related_name="curvas", verbose_name="ano")
    versao = models.PositiveSmallIntegerField("versão")
    origem = models.CharField("origem", max_length=16, choices=[(str(k), v) for k, v in ORIGENS.items()])
    calculo = models.CharField("cálculo", max_length=60)
    entrada = models.JSONField("entrada")
    saida = models.JSONField("resultado")
    made_at = models.DateTimeField("feita em")
    made_by = models.CharField("feita por", max_length=200)

    class Meta:
        verbose_name = "curva do PROINFA"
        verbose_name_plural = "curvas do PROINFA"
        ordering = ["-ano__ano", "-versao"]
        constraints = [models.UniqueConstraint(fields=["ano", "versao"], name="curva_do_proinfa_unica")]

    def __str__(self) -> str:
        return f"curva de {self.ano.ano}, versão {self.versao}"
