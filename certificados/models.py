"""Registered certificates and the rule sets they were judged by."""

from django.db import models
from django.db.models import F, Q

from portal.agentes.models import Agente


class Politica(models.Model):
    """A rule set with dates: limits, severities and pinned roots are data (certificados.domain.policy.Policy)."""

    codigo = models.SlugField("código", max_length=40, unique=True)
    titulo = models.CharField("título", max_length=200)
    desde = models.DateField("vale desde", unique=True)
    ate = models.DateField("vale até", null=True, blank=True)
    dados = models.JSONField("limites, severidades e raízes")

    class Meta:
        verbose_name = "política de certificados"
        verbose_name_plural = "políticas de certificados"
        ordering = ["-desde"]

    def __str__(self) -> str:
        return f"{self.codigo} (desde {self.desde:%d/%m/%Y})"


class Certificado(models.Model):
    """A certificate of an Agente. In service while it holds a slot; afterwards it stays as history."""

    agente = models.ForeignKey(Agente, models.PROTECT, related_name="+", verbose_name="agente")
    nome_arquivo = models.CharField("nome do arquivo", max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    titular = models.CharField("titular", max_length=1000)
    emissor = models.CharField("emissor", max_length=1000)
    certificadora = models.CharField("certificadora", max_length=200)
    versao = models.PositiveSmallIntegerField("versão")
    numero_serie = models.CharField("número de série", max_length=80)
    valid_from = models.DateTimeField("válido desde")
    valid_until = models.DateTimeField("válido até")
    cnpj = models.CharField("CNPJ no certificado", max_length=14, blank=True)
    cnpj_origem = models.CharField("onde estava o CNPJ", max_length=20, blank=True)
    subject_hash = models.CharField(max_length=64, editable=False)
    subject_hash_unordered = models.CharField(max_length=64, editable=False)
    spki_sha256 = models.CharField(max_length=64, editable=False, db_index=True)
    politica = models.CharField("política", max_length=40)
    # In service: a slot from 1 to the limit of the policy it was accepted under. Out of service: no slot.
    slot = models.PositiveSmallIntegerField("posição", null=True, blank=True)
    limite = models.PositiveSmallIntegerField(editable=False)
    # Also in service for another company, whose row came first (docs/decisions/040). One row of each is not.
    compartilhado = models.BooleanField("de várias empresas", default=False, db_default=False, editable=False)
    included_at = models.DateTimeField("incluído em")
    included_by = models.CharField("incluído por", max_length=200)
    removed_at = models.DateTimeField("excluído em", null=True, blank=True)
    removed_by = models.CharField("excluído por", max_length=200, blank=True)
    motivo = models.CharField("motivo da exclusão", max_length=200, blank=True)

    class Meta:
        verbose_name = "certificado"
        verbose_name_plural = "certificados"
        ordering = ["agente_id", "valid_until", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_hash"],
                condition=Q(slot__isnull=False, compartilhado=False),
                name="certificado_subject_unico",
            ),
            models.UniqueConstraint(
                fields=["agente", "subject_hash"],
                condition=Q(slot__isnull=False),
                name="certificado_subject_unico_na_empresa",
            ),
            models.UniqueConstraint(
                fields=["agente", "slot"], condition=Q(slot__isnull=False), name="certificado_limite_por_cnpj"
            ),
            models.CheckConstraint(
                condition=Q(slot=None) | Q(slot__gte=1, slot__lte=F("limite")), name="certificado_slot_no_limite"
            ),
            models.CheckConstraint(
                condition=Q(slot=None, removed_at__isnull=False) | Q(slot__isnull=False, removed_at=None),
                name="certificado_em_servico_ou_excluido",
            ),
        ]
        indexes = [
            models.Index(
                fields=["agente", "valid_until"], condition=Q(slot__isnull=False), name="certificado_vigencia"
            ),
            # What the sweep reads of the certificates whose end is near: an index alone answers it.
            models.Index(
                fields=["valid_until", "agente", "id"], condition=Q(slot__isnull=False), name="certificado_a_vencer"
            ),
        ]

    def __str__(self) -> str:
        return self.nome_arquivo


class Arquivo(models.Model):
    """The DER, in its own table so that lists never load it."""

    certificado = models.OneToOneField(Certificado, models.PROTECT, primary_key=True, related_name="arquivo")
    der = models.BinaryField("certificado (DER)")

    class Meta:
        verbose_name = "arquivo do certificado"
        verbose_name_plural = "arquivos dos certificados"

    def __str__(self) -> str:
        return f"{self.certificado_id}.cer"


class ListaRevogacao(models.Model):
    """A revocation list that certificates in service name, of one authority, and what its last readings brought."""

    url = models.CharField("endereço", max_length=500)
    emissora = models.CharField("certificadora", max_length=200)
    emissora_sha256 = models.CharField("SHA-256 da certificadora", max_length=64)
    numero = models.CharField("número", max_length=60, blank=True)
    this_update = models.DateTimeField("emitida em", null=True, blank=True)
    next_update = models.DateTimeField("vale até", null=True, blank=True)
    quantas = models.PositiveIntegerField("revogados na lista", null=True, blank=True)
    sha256 = models.CharField("SHA-256 da lista", max_length=64, blank=True)
    etag = models.CharField(max_length=200, blank=True, editable=False)
    created_at = models.DateTimeField("conhecida desde")
    tried_at = models.DateTimeField("última tentativa", null=True, blank=True)
    read_at = models.DateTimeField("última leitura", null=True, blank=True)
    # Operations asked for it; the sweep that reads the list, or tries to, takes that back.
    pedida_at = models.DateTimeField("consulta pedida em", null=True, blank=True)
    falha = models.CharField("o que falhou", max_length=300, blank=True)
    # On the machine's clock, unlike the others: who reads it now. A reader that died is waited for that long.
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "lista de revogação"
        verbose_name_plural = "listas de revogação"
        ordering = ["emissora", "url", "id"]
        constraints = [models.UniqueConstraint(fields=["url", "emissora_sha256"], name="lista_revogacao_unica")]

    def __str__(self) -> str:
        return self.url


class PontoDeLista(models.Model):
    """That a certificate names a list; without one, that it names none. `checked_at`: last looked for in it."""

    certificado = models.ForeignKey(Certificado, models.PROTECT, related_name="pontos", verbose_name="certificado")
    lista = models.ForeignKey(
        ListaRevogacao, models.PROTECT, null=True, related_name="pontos", verbose_name="lista de revogação"
    )
    ordem = models.PositiveSmallIntegerField("ordem", default=0)
    checked_at = models.DateTimeField("conferido em", null=True)

    class Meta:
        verbose_name = "ponto de distribuição"
        verbose_name_plural = "pontos de distribuição"
        ordering = ["certificado_id", "ordem"]
        constraints = [models.UniqueConstraint(fields=["certificado", "ordem"], name="ponto_de_lista_unico")]

    def __str__(self) -> str:
        return f"{self.certificado_id}: {self.lista_id or 'sem lista'}"
