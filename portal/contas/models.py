"""Accounts of persons within a company and their pairs of certificates, for a market that works by accounts."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.agentes.models import Usuario


class Empresa(models.Model):
    """A company as the market knows it. A producer of supported sources registers by a form, not here."""

    registro = models.CharField(_("número de registro"), max_length=14, unique=True)
    nome = models.CharField(_("nome da empresa"), max_length=200)
    produtor = models.BooleanField(_("produtor de fontes apoiadas (POZE)"), default=False)
    created_at = models.DateTimeField(_("incluída em"))

    class Meta:
        verbose_name = _("empresa")
        verbose_name_plural = _("empresas")
        ordering = ["nome", "id"]

    def __str__(self) -> str:
        return f"{self.nome} ({self.registro})"


class Conta(models.Model):
    """A person within a company. `administra`: may manage the accounts and certificates of that company."""

    empresa = models.ForeignKey(Empresa, models.PROTECT, related_name="contas", verbose_name=_("empresa"))
    usuario = models.ForeignKey(Usuario, models.PROTECT, related_name="+", verbose_name=_("pessoa"))
    administra = models.BooleanField(_("administra contas e certificados"), default=False)
    ativa = models.BooleanField(_("ativa"), default=True)
    created_at = models.DateTimeField(_("aberta em"))
    created_by = models.CharField(_("aberta por"), max_length=200)

    class Meta:
        verbose_name = _("conta")
        verbose_name_plural = _("contas")
        ordering = ["empresa_id", "usuario_id", "id"]
        constraints = [models.UniqueConstraint(fields=["empresa", "usuario"], name="conta_pessoa_na_empresa")]

    def __str__(self) -> str:
        return f"{self.usuario.username} ({self.empresa.registro})"


class Par(models.Model):
    """A pair of certificates of an account. In service while it holds a slot; afterwards it stays as history."""

    conta = models.ForeignKey(Conta, models.PROTECT, related_name="pares", verbose_name=_("conta"))
    slot = models.PositiveSmallIntegerField(_("posição"), null=True, blank=True)
    limite = models.PositiveSmallIntegerField(editable=False)
    sha256 = models.CharField(_("SHA-256 do certificado de assinatura"), max_length=64)
    valid_from = models.DateTimeField(_("válido desde"))  # the later of the two
    valid_until = models.DateTimeField(_("válido até"))  # the earlier of the two
    included_at = models.DateTimeField(_("registrado em"))
    included_by = models.CharField(_("registrado por"), max_length=200)
    removed_at = models.DateTimeField(_("excluído em"), null=True, blank=True)
    removed_by = models.CharField(_("excluído por"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("par de certificados")
        verbose_name_plural = _("pares de certificados")
        ordering = ["conta_id", "valid_until", "id"]
        constraints = [
            models.UniqueConstraint(fields=["conta", "slot"], condition=Q(slot__isnull=False), name="par_por_conta"),
            models.UniqueConstraint(fields=["sha256"], condition=Q(slot__isnull=False), name="par_de_uma_conta"),
            models.CheckConstraint(
                condition=Q(slot=None) | Q(slot__gte=1, slot__lte=F("limite")), name="par_slot_no_limite"
            ),
            models.CheckConstraint(
                condition=Q(slot=None, removed_at__isnull=False) | Q(slot__isnull=False, removed_at=None),
                name="par_em_uso_ou_excluido",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sha256[:16]}…"


class Uso(models.TextChoices):
    ASSINATURA = "assinatura", _("Assinatura")
    CIFRA = "cifra", _("Cifra")


class Parte(models.Model):
    """The public part of one certificate of a pair. One file may serve both uses: then it is in both rows."""

    par = models.ForeignKey(Par, models.PROTECT, related_name="partes", verbose_name=_("par"))
    uso = models.CharField(_("uso"), max_length=10, choices=Uso.choices)
    nome_arquivo = models.CharField(_("nome do arquivo"), max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64)
    titular = models.CharField(_("titular"), max_length=1000)
    autoridade = models.CharField(_("autoridade"), max_length=200)
    valid_from = models.DateTimeField(_("válido desde"))
    valid_until = models.DateTimeField(_("válido até"))
    der = models.BinaryField(_("certificado (DER)"))

    class Meta:
        verbose_name = _("certificado do par")
        verbose_name_plural = _("certificados do par")
        ordering = ["par_id", "uso"]
        constraints = [models.UniqueConstraint(fields=["par", "uso"], name="parte_um_de_cada_uso")]

    def __str__(self) -> str:
        return self.nome_arquivo


class IdiomaEscolhido(models.Model):
    """What a person chose in the page's header: mails to them are written in it."""

    usuario = models.OneToOneField(Usuario, models.CASCADE, related_name="+", verbose_name=_("pessoa"))
    codigo = models.CharField(_("idioma"), max_length=10)

    class Meta:
        verbose_name = _("idioma escolhido")
        verbose_name_plural = _("idiomas escolhidos")

    def __str__(self) -> str:
        return self.codigo


class Publicado(models.Model):
    """What an authority's row and one of the operator's own certificates have in common: one public certificate."""

    nome = models.CharField(_("nome"), max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    valid_from = models.DateTimeField(_("válido desde"))
    valid_until = models.DateTimeField(_("válido até"))
    ativo = models.BooleanField(_("em vigor"), default=True)
    included_at = models.DateTimeField(_("incluído em"))
    included_by = models.CharField(_("incluído por"), max_length=200)
    der = models.BinaryField(_("certificado (DER)"), editable=False)

    class Meta:
        abstract = True
        ordering = ["nome", "valid_until", "id"]

    def __str__(self) -> str:
        return self.nome


class AutoridadePermitida(Publicado):
    """An authority whose certificates the market takes. `site`: where it says how to get one."""

    site = models.URLField(_("página da autoridade"), blank=True)

    class Meta(Publicado.Meta):
        verbose_name = _("autoridade permitida")
        verbose_name_plural = _("autoridades permitidas")


class CertificadoDoOperador(Publicado):
    """One of those that the operator itself uses in automatic communication."""

    uso = models.CharField(_("para que serve"), max_length=200)

    class Meta(Publicado.Meta):
        verbose_name = _("certificado do operador")
        verbose_name_plural = _("certificados do operador")
