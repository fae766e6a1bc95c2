"""Invitations and password resets: rows of portal.agentes that become messages of the queue."""

from datetime import datetime

from django.db.models import DateTimeField, Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import JSONObject

from notificacoes.enderecos import domain
from notificacoes.models import Envio, Estado, Tipo
from notificacoes.services.acerto import AO_ENVIAR
from notificacoes.services.em_massa import Joined, insert_from, text
from portal.agentes import services as agentes
from portal.agentes.models import Convite

CHAVE = Joined(Value("convite:"), text("pk"))


def plan_invitations(now: datetime) -> int:
    if not _pending().exists():
        return 0
    pending = _pending().filter(usuario__is_active=True)
    pending = pending.annotate(chave=CHAVE).filter(~Exists(Envio.objects.filter(chave=OuterRef("chave"))))
    return insert_from(
        Envio,
        pending,
        tipo=Value(Tipo.CONVITE.value),
        chave=F("chave"),
        message_id=Joined(Value("convite-"), text("pk"), Value(f"@{domain()}")),
        destinatario=F("usuario"),
        dados=JSONObject(convite=F("pk")),
        prazo=Value(now, DateTimeField()),
        created_at=Value(now, DateTimeField()),
    )


def invitation_sent(envio: Envio, now: datetime) -> None:
    """For delivery, in the transaction that writes down the server's answer."""
    convite = Convite.objects.select_related("usuario").filter(pk=envio.dados["convite"]).first()
    if convite is not None:
        agentes.close_invitation(convite, now=now)


AO_ENVIAR[Tipo.CONVITE] = invitation_sent


def drop_invitations(now: datetime) -> int:
    """Where the message died or was given up the person may ask again; a pending row would stand in the way."""
    if not _pending().exists():
        return 0
    given_up = Envio.objects.filter(chave=OuterRef("chave"), estado__in=(Estado.MORTA, Estado.CANCELADA))
    pending = _pending().annotate(chave=CHAVE)
    dropped = list(pending.filter(Exists(given_up)).select_related("usuario").order_by("pk")[:500])
    for convite in dropped:
        agentes.drop_invitation(convite, now=now)
    return len(dropped)


def _pending() -> QuerySet[Convite]:
    return Convite.objects.filter(**agentes.PENDENTE).order_by()
