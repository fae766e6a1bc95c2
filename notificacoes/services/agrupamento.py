"""Notices that wait for a message, gathered: one message per person, however many certificates it tells of."""

from datetime import datetime
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    DateTimeField,
    F,
    Max,
    Min,
    OuterRef,
    Subquery,
    Value,
    When,
    Window,
)  # fmt: skip

from notificacoes.enderecos import domain
from notificacoes.models import Aviso, Envio, Situacao, Tipo
from notificacoes.services.em_massa import Epoch, Joined, insert_from, text


def gather(now: datetime) -> int:
    """How many messages. The first notice of each names it; the Message-ID is fixed here and now."""
    waiting = Aviso.objects.filter(situacao=Situacao.PLANEJADA, envio=None)
    newest = Envio.objects.aggregate(last=Max("pk"))["last"] or 0
    created = insert_from(
        Envio,
        _leaders(waiting, now=now),
        tipo=Value(Tipo.VENCIMENTO.value),
        chave=Joined(Value("vencimento:"), text("pk"), F("vez")),
        message_id=Joined(
            Value("aviso-"), text("certificado"), Value("-"), text("antecedencia"), Value("-"), text("destinatario"),
            Value("-"), text(Epoch("vence_em")), Value("-"), text("quantos"), F("vez"), Value(f"@{domain()}"),
        ),
        destinatario=F("destinatario"),
        prazo=F("primeiro"),
        created_at=Value(now, DateTimeField()),
    )  # fmt: skip
    if created:
        # `+ 0`: found by the person, not by walking all that are newer once for every notice.
        mine = Envio.objects.annotate(numero=F("pk") + 0).filter(numero__gt=newest, tipo=Tipo.VENCIMENTO)
        mine = mine.filter(destinatario=OuterRef("destinatario"))
        waiting.update(envio=Subquery(mine.values("pk")[:1]))
    return created


def _leaders(waiting: Any, *, now: datetime) -> Any:
    """The first notice of each person, with how many there are and the first end of validity among them."""
    return waiting.annotate(
        lider=Window(Min("pk"), partition_by="destinatario"),
        quantos=Window(Count("pk"), partition_by="destinatario"),
        primeiro=Window(Min("vence_em"), partition_by="destinatario"),
        # One that is owed again may have named a message already, which went without it.
        vez=Case(When(motivo="", then=Value("")), default=Value(f"-{now:%Y%m%d%H%M%S}"), output_field=CharField()),
    ).filter(pk=F("lider"))
