from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from contratos.domain.contrato import (
    CCEE_ACER,
    COTISTAS,
    DE_LEILAO,
    ESPECIES,
    NOMES,
    PAPEIS,
    VENDEDOR_E_COMPRADOR,
    Assinatura,
    Especie,
    Registro,
    situacao,
)
from contratos.models.leilao import AtoRegulatorio, Leilao, Outorga
from portal.agentes.models import Agente

NUMERO = RegexValidator(
    r"^[A-Z0-9][A-Z0-9.\-]*$", "Use letras maiúsculas sem acento, algarismos, ponto e hífen, como CCEAR-2026.0001."
)


class Minuta(models.Model):
    """The text of a kind of contract. One that is annexed to an edital changes only by an act of ANEEL (3.2)."""

    leilao = models.ForeignKey(
        Leilao, models.PROTECT, null=True, blank=True, related_name="minutas", verbose_name="leilão"
    )
    especie = models.CharField("espécie", max_length=24, choices=[(str(k), v) for k, v in ESPECIES.items()])
    versao = models.PositiveSmallIntegerField("versão", default=1)
    titulo = models.CharField("título", max_length=200)
    texto = models.TextField("texto", help_text="Uma cláusula por parágrafo.")
    anexa_ao_edital = models.BooleanField("anexa ao edital", default=True)
    autorizada_por = models.ForeignKey(
        AtoRegulatorio, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="autorizada por"
    )
    created_at = models.DateTimeField("criada em")
    created_by = models.CharField("criada por", max_length=200)

    class Meta:
        verbose_name = "minuta"
        verbose_name_plural = "minutas"
        ordering = ["leilao_id", "especie", "-versao"]
        constraints = [
            models.UniqueConstraint(fields=["leilao", "especie", "versao"], name="minuta_unica"),
            models.UniqueConstraint(fields=["especie", "versao"], condition=Q(leilao=None), name="minuta_geral_unica"),
            models.CheckConstraint(
                condition=Q(versao=1) | Q(anexa_ao_edital=False) | Q(autorizada_por__isnull=False),
                name="minuta_anexa_so_muda_com_ato",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.titulo} (versão {self.versao})"


class Contrato(models.Model):
    """One contract between two sides. `comprador` empty: CCEE as ACER, the counterparty of a CER.

    Never deleted (3.18). Amounts are exact: `energia_mwh` for the whole supply, `montante_mwmed` its mean power.
    """

    numero = models.CharField("número", max_length=30, unique=True, validators=[NUMERO])
    especie = models.CharField("espécie", max_length=24, choices=[(str(k), v) for k, v in ESPECIES.items()])
    revisao = models.CharField("revisão do submódulo", max_length=8, default="6.0")
    leilao = models.ForeignKey(
        Leilao, models.PROTECT, null=True, blank=True, related_name="contratos", verbose_name="leilão"
    )
    produto = models.CharField("produto", max_length=60, blank=True)
    vendedor = models.ForeignKey(Agente, models.PROTECT, related_name="+", verbose_name="vendedor")
    comprador = models.ForeignKey(
        Agente, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="comprador"
    )
    outorga = models.ForeignKey(
        Outorga, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="outorga"
    )
    minuta = models.ForeignKey(Minuta, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="minuta")
    suprimento_inicio = models.DateField("início do suprimento")
    suprimento_fim = models.DateField("fim do suprimento")
    energia_mwh = models.DecimalField("energia total (MWh)", max_digits=18, decimal_places=6)
    montante_mwmed = models.DecimalField("montante (MWmédio)", max_digits=18, decimal_places=6)
    preco = models.DecimalField("preço (R$/MWh)", max_digits=12, decimal_places=2, null=True, blank=True)
    assinatura = models.CharField(
        "assinatura",
        max_length=22,
        choices=[(str(k), NOMES[k]) for k in Assinatura],
        default=Assinatura.RASCUNHO.value,
    )
    registro = models.CharField(
        "registro",
        max_length=16,
        choices=[(str(k), NOMES[k]) for k in Registro],
        default=Registro.NAO_REGISTRADO.value,
    )
    signed_at = models.DateTimeField("assinado em", null=True, blank=True)
    validated_at = models.DateTimeField("validado pela CCEE em", null=True, blank=True)
    registered_at = models.DateTimeField("registrado em", null=True, blank=True)
    suspenso_de = models.DateField("suspenso desde", null=True, blank=True)
    suspenso_ate = models.DateField("suspenso até", null=True, blank=True)
    cessa_em = models.DateField(
        "sem efeito a partir de",
        null=True,
        blank=True,
        help_text="Primeiro dia sem energia, quando cessa antes do fim.",
    )
    sucede = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="sucessores", verbose_name="sucede ao contrato"
    )
    publicavel = models.BooleanField("publicar o texto integral", default=False)
    liberacao_garantia_em = models.DateField(
        "informação da liberação da garantia do último agente", null=True, blank=True
    )
    created_at = models.DateTimeField("criado em")

    class Meta:
        verbose_name = "contrato"
        verbose_name_plural = "contratos"
        ordering = ["-id"]
        permissions = [("act_as_ccee", "Pode agir pela CCEE nos contratos")]
        constraints = [
            models.CheckConstraint(
                condition=Q(suprimento_fim__gte=F("suprimento_inicio")), name="contrato_suprimento_em_ordem"
            ),
            models.CheckConstraint(
                condition=Q(energia_mwh__gte=0, montante_mwmed__gte=0)
                & (~Q(especie__in=sorted(DE_LEILAO)) | Q(energia_mwh__gt=0, montante_mwmed__gt=0)),
                name="contrato_montantes_positivos",
            ),
            models.CheckConstraint(
                condition=Q(comprador=None) | ~Q(comprador=F("vendedor")), name="contrato_entre_dois_lados"
            ),
            models.CheckConstraint(
                condition=Q(comprador__isnull=False) | Q(especie__in=["cer", "conuer", "proinfa"]),
                name="contrato_sem_comprador_e_da_ccee",
            ),
            models.UniqueConstraint(
                fields=["vendedor"], condition=Q(especie="proinfa", comprador=None), name="contrato_conta_do_acep_unica"
            ),
        ]
        indexes = [
            models.Index(fields=["vendedor", "-id"], name="contrato_do_vendedor"),
            models.Index(fields=["comprador", "-id"], name="contrato_do_comprador"),
        ]

    def __str__(self) -> str:
        return f"{self.numero} ({self.get_especie_display()})"

    def clean(self) -> None:
        if problems := self._conuer_problems() if self.especie == Especie.CONUER else {}:
            raise ValidationError(problems)

    def _conuer_problems(self) -> dict[str, str]:
        """By field (3.45)."""
        found = {}
        if self.comprador_id is not None:
            found["comprador"] = (
                "Cláusula 3.45: as partes do CONUER são o usuário de energia de reserva, informado como vendedor, e a "
                "CCEE, na forma de ACER. Deixe o comprador vazio."
            )
        if self.vendedor_id and self.vendedor.classe not in settings.CLASSES_USUARIAS_DE_RESERVA:
            found["vendedor"] = (
                f"Cláusula 3.45: o CONUER é de usuário de energia de reserva; {self.vendedor.sigla} é "
                f"{self.vendedor.get_classe_display().lower()}, classe que não está entre as usuárias."
            )
        return found

    @property
    def situacao(self) -> str:
        return situacao(Assinatura(self.assinatura), Registro(self.registro), self.tipo)

    @property
    def tipo(self) -> Especie:
        return Especie(self.especie)

    @property
    def papeis(self) -> tuple[str, str]:
        """What its two sides are called: the one in `vendedor`, then the one in `comprador`."""
        return PAPEIS.get(self.tipo, VENDEDOR_E_COMPRADOR)

    @property
    def entre(self) -> str:
        """Its sides, from the one that sells: of a CONUER that is CCEE."""
        sides = (self.vendedor.sigla, self.nome_do_comprador)
        return " → ".join(reversed(sides) if self.tipo is Especie.CONUER else sides)

    @property
    def nome_do_comprador(self) -> str:
        if self.comprador:
            return self.comprador.sigla
        return COTISTAS if self.tipo is Especie.PROINFA else CCEE_ACER

    @property
    def partes(self) -> list[Agente]:
        return [self.vendedor, *filter(None, [self.comprador])]
