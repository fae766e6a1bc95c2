"""People, companies, and who represents whom."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from portal.kernel.cnpj import mask


class Usuario(AbstractUser):
    """A person. Operations staff are `is_staff` with rights by group; everybody else has Representacao rows."""

    first_name = last_name = None  # type: ignore[assignment]  # one field for the name, as Brazilian forms ask for it
    nome = models.CharField("nome completo", max_length=200)
    email = models.EmailField("e-mail")
    telefone = models.CharField("telefone", max_length=40, blank=True)

    REQUIRED_FIELDS = ["nome", "email"]

    class Meta:
        verbose_name = "pessoa"
        verbose_name_plural = "pessoas"
        constraints = [models.UniqueConstraint(Lower("email"), name="pessoa_email_unico")]

    def __str__(self) -> str:
        return f"{self.nome} ({self.username})"

    def get_full_name(self) -> str:
        return self.nome

    def get_short_name(self) -> str:
        return self.nome.split(" ")[0]


class Classe(models.TextChoices):
    GERADOR = "gerador", "Gerador"
    PRODUTOR_INDEPENDENTE = "produtor_independente", "Produtor independente"
    AUTOPRODUTOR = "autoprodutor", "Autoprodutor"
    DISTRIBUIDOR = "distribuidor", "Distribuidor"
    COMERCIALIZADOR = "comercializador", "Comercializador"
    CONSUMIDOR_LIVRE = "consumidor_livre", "Consumidor livre"
    CONSUMIDOR_ESPECIAL = "consumidor_especial", "Consumidor especial"
    IMPORTADOR = "importador", "Importador"
    EXPORTADOR = "exportador", "Exportador"


class Situacao(models.TextChoices):
    CANDIDATO = "candidato", "Candidato a agente"
    ATIVO = "ativo", "Ativo"
    SUSPENSO = "suspenso", "Suspenso"
    DESLIGADO = "desligado", "Desligado"


class Agente(models.Model):
    """A company in the market. The system user of the integration platform is its CNPJ."""

    cnpj = models.CharField("CNPJ", max_length=14, unique=True)
    sigla = models.CharField("sigla", max_length=60)
    razao_social = models.CharField("razão social", max_length=200)
    classe = models.CharField("classe", max_length=30, choices=Classe.choices)
    situacao = models.CharField("situação", max_length=12, choices=Situacao.choices, default=Situacao.ATIVO)
    telefone = models.CharField("telefone", max_length=40, blank=True)
    # Without accents, upper case (portal.kernel.text.searchable): what filters and ordering use.
    sigla_busca = models.CharField(max_length=60, unique=True, editable=False)
    razao_social_busca = models.CharField(max_length=220, editable=False)

    class Meta:
        verbose_name = "agente"
        verbose_name_plural = "agentes"
        ordering = ["razao_social_busca", "id"]
        permissions = [("view_todos", "Pode consultar todos os agentes no portal")]
        constraints = [
            models.CheckConstraint(condition=Q(cnpj__regex=r"^[0-9A-Z]{12}[0-9]{2}$"), name="agente_cnpj_14_posicoes")
        ]
        indexes = [models.Index(fields=["razao_social_busca", "id"], name="agente_por_razao")]

    def __str__(self) -> str:
        return f"{self.sigla} ({mask(self.cnpj)})"


class Papel(models.TextChoices):
    """The manual's three kinds of representative; only the first may change anything (page 3)."""

    REPRESENTANTE_CCEE = "representante_ccee", "Representante CCEE"
    REPRESENTANTE_LEGAL = "representante_legal", "Representante legal"
    REPRESENTANTE_CONTABIL = "representante_contabil", "Representante contábil"


class Representacao(models.Model):
    """A person represents an Agente in one role, from `desde` to `ate` inclusive (São Paulo dates)."""

    usuario = models.ForeignKey(Usuario, models.PROTECT, related_name="representacoes", verbose_name="pessoa")
    agente = models.ForeignKey(Agente, models.PROTECT, related_name="representacoes", verbose_name="agente")
    papel = models.CharField("papel", max_length=25, choices=Papel.choices)
    desde = models.DateField("desde")
    ate = models.DateField("até", null=True, blank=True, help_text="Último dia; vazio: sem data de término.")

    class Meta:
        verbose_name = "representação"
        verbose_name_plural = "representações"
        ordering = ["agente_id", "papel", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["usuario", "agente", "papel"], condition=Q(ate=None), name="representacao_aberta_unica"
            ),
            models.CheckConstraint(
                condition=Q(ate=None) | Q(ate__gte=models.F("desde")), name="representacao_ate_depois_de_desde"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.usuario.nome}: {self.get_papel_display()} de {self.agente.sigla}"


class Convite(models.Model):
    """A fact that notificacoes turns into a mail with a link to choose the first password."""

    usuario = models.ForeignKey(Usuario, models.CASCADE, related_name="convites", verbose_name="pessoa")
    created_at = models.DateTimeField("criado em")
    sent_at = models.DateTimeField("enviado em", null=True, blank=True)
    # Its message was refused for good: the person may be invited, or ask, again.
    dropped_at = models.DateTimeField("não entregue em", null=True, blank=True)

    class Meta:
        verbose_name = "convite"
        verbose_name_plural = "convites"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["usuario"], condition=Q(sent_at=None, dropped_at=None), name="convite_pendente_unico"
            )
        ]

    def __str__(self) -> str:
        return f"convite de {self.usuario.username}"


class Escopo(models.TextChoices):
    AGENTE = "agente", "Agente: o que o representante CCEE faz"
    GATEWAY = "gateway", "Gateway: quem pode entrar"


class ChaveDeMaquina(models.Model):
    """A machine's key. Only its SHA-256 is kept: 256 random bits need no slow hash."""

    nome = models.CharField("nome", max_length=80)
    escopo = models.CharField("escopo", max_length=10, choices=Escopo.choices)
    agente = models.ForeignKey(Agente, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="agente")
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField("emitida em")
    expires_at = models.DateTimeField("vale até")
    revoked_at = models.DateTimeField("revogada em", null=True, blank=True)
    last_used_at = models.DateTimeField("último uso", null=True, blank=True)

    class Meta:
        verbose_name = "chave de máquina"
        verbose_name_plural = "chaves de máquina"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(escopo="agente", agente__isnull=False) | Q(escopo="gateway", agente__isnull=True),
                name="chave_de_agente_tem_agente",
            )
        ]

    def __str__(self) -> str:
        return f"{self.nome} ({self.get_escopo_display()})"


class ChaveDeEnvio(models.Model):
    """An Idempotency-Key that one caller sent to one address, and what was answered (docs/decisions/036)."""

    sha256 = models.CharField(max_length=64, unique=True)  # of caller, address and key
    corpo = models.CharField(max_length=64)  # HMAC of what was sent, which may hold a password
    vez = models.PositiveIntegerField(default=1)
    claimed_at = models.DateTimeField(db_index=True)
    status = models.PositiveSmallIntegerField(null=True)  # null: not answered yet
    tipo = models.CharField(max_length=60, default="", blank=True)
    resposta = models.TextField(default="", blank=True)

    class Meta:
        verbose_name = "chave de envio"
        verbose_name_plural = "chaves de envio"

    def __str__(self) -> str:
        return self.sha256[:16]
