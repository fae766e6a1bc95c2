"""Where events go, and each delivery: its tries, its lease and what the other side said."""

from django.db import models
from django.db.models import Q

from portal.agentes.models import Agente
from portal.webhooks.domain.eventos import POR_NOME


class Destino(models.Model):
    """An address of one company, or of a gateway (no company). What signs is derived from `sal`, never stored."""

    agente = models.ForeignKey(Agente, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="agente")
    nome = models.CharField("nome", max_length=80)
    url = models.CharField("endereço", max_length=2000)
    eventos: "models.JSONField[list[str], list[str]]" = models.JSONField("eventos", default=list)
    ativo = models.BooleanField("ativo", default=True)
    sal = models.CharField(max_length=60, unique=True, editable=False)
    sal_at = models.DateTimeField("segredo de", editable=False)
    sal_anterior = models.CharField(max_length=60, blank=True, editable=False)
    anterior_ate = models.DateTimeField("segredo anterior assina até", null=True, blank=True)
    desde_trilha = models.BigIntegerField(editable=False)  # entries of the ledger, and of the feed, after these
    desde_diretorio = models.BigIntegerField(editable=False)
    falhas = models.PositiveIntegerField("falhas seguidas", default=0)
    pausado_ate = models.DateTimeField("em pausa até", null=True, blank=True)
    motivo = models.CharField("por que está desligado", max_length=200, blank=True)
    created_at = models.DateTimeField("criado em")
    created_by = models.CharField("criado por", max_length=200)
    removed_at = models.DateTimeField("removido em", null=True, blank=True)

    class Meta:
        verbose_name = "destino de webhook"
        verbose_name_plural = "destinos de webhook"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(removed_at=None) | Q(ativo=False), name="destino_removido_nao_ativo")
        ]

    def __str__(self) -> str:
        return self.nome

    @property
    def gateway(self) -> bool:
        return self.agente_id is None

    @property
    def origem(self) -> str:
        """Without the path, which may hold a token of the other side."""
        return "/".join(self.url.split("/", 3)[:3])


class Estado(models.TextChoices):
    """PENDENTE and ARRENDADA still owe a result; the others are final."""

    PENDENTE = "pendente", "Na fila"
    ARRENDADA = "arrendada", "Sendo enviada"
    ENTREGUE = "entregue", "Entregue"
    MORTA = "morta", "Não entregue"
    CANCELADA = "cancelada", "Cancelada"


class Entrega(models.Model):
    """One event for one destination. Its id is the same at each try, and the body too. Times are the machine's."""

    destino = models.ForeignKey(Destino, models.PROTECT, related_name="entregas", verbose_name="destino")
    evento = models.CharField("identificador do evento", max_length=60)
    tipo = models.CharField("tipo", max_length=40)
    origem = models.BigIntegerField(default=0)  # the number of the ledger's entry, or the feed's; 0: a test
    estado = models.CharField("estado", max_length=10, choices=Estado.choices, default=Estado.PENDENTE)
    tentativas = models.PositiveSmallIntegerField("tentativas", default=0)
    created_at = models.DateTimeField("planejada em")
    tentada_at = models.DateTimeField("última tentativa", null=True, blank=True)
    proxima_at = models.DateTimeField("próxima tentativa", null=True, blank=True)
    ended_at = models.DateTimeField("terminada em", null=True, blank=True)
    status = models.PositiveSmallIntegerField("resposta HTTP", null=True, blank=True)
    motivo = models.CharField("o que aconteceu", max_length=300, blank=True)
    duracao_ms = models.PositiveIntegerField("duração (ms)", null=True, blank=True)
    corpo_sha256 = models.CharField("SHA-256 do corpo", max_length=64, blank=True)
    lease_token = models.CharField(max_length=120, blank=True, editable=False)
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "entrega de webhook"
        verbose_name_plural = "entregas de webhook"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["destino", "evento"], name="entrega_evento_uma_vez"),
            models.CheckConstraint(condition=Q(estado__in=Estado.values), name="entrega_estado_conhecido"),
            models.CheckConstraint(
                condition=Q(estado="arrendada", lease_until__isnull=False)
                | (~Q(estado="arrendada") & Q(lease_until=None, lease_token="")),
                name="entrega_arrendada_tem_prazo",
            ),
        ]
        indexes = [
            models.Index(
                fields=["destino", "id"], condition=Q(estado__in=["pendente", "arrendada"]), name="entrega_aberta"
            ),
        ]

    def __str__(self) -> str:
        return self.evento

    @property
    def rotulo(self) -> str:
        return POR_NOME[self.tipo].rotulo if self.tipo in POR_NOME else self.tipo


class Leitura(models.Model):
    """One row: how far the ledger and the feed have been turned into deliveries. Who plans holds its lock."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    trilha = models.BigIntegerField()
    diretorio = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="leitura_unica")]

    def __str__(self) -> str:
        return f"webhooks até a entrada {self.trilha} da trilha"
