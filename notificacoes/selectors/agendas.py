"""Reading the calendar feeds: whose they are, and which certificates they tell of."""

import hashlib
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet

from certificados.models import Certificado
from contratos.acesso import held_by
from contratos.domain.andamento import Situacao
from contratos.models import Atividade
from notificacoes.models import Agenda
from portal import clock
from portal.agentes import acesso
from portal.agentes.models import Agente, Usuario
from portal.kernel.errors import NotFound

CANCELADOS = timedelta(days=30)  # how long a removed certificate is still told as cancelled


def digest(segredo: str) -> str:
    """A secret of 256 random bits needs no slow hash."""
    return hashlib.sha256(segredo.encode()).hexdigest()


def find_agenda(segredo: str) -> Agenda:
    """The feed that this secret opens; else NotFound, in the same words whatever the reason."""
    rows = Agenda.objects.filter(sha256=digest(segredo), revoked_at=None, usuario__is_active=True)
    found = rows.select_related("usuario", "agente").first()
    if found is None:
        raise NotFound
    return found


def open_agendas(usuario: Usuario) -> QuerySet[Agenda]:
    return Agenda.objects.filter(usuario=usuario, revoked_at=None).select_related("agente").order_by("-pk")


def companies(agenda: Agenda, *, now: datetime) -> QuerySet[Agente]:
    """Those that its person represents today; of a company's feed, that one if it is still among them."""
    own = acesso.represented(acesso.of_usuario(agenda.usuario), on=clock.local_date(now))
    return own if agenda.agente_id is None else own.filter(pk=agenda.agente_id)


def certificates(agenda: Agenda, *, now: datetime) -> list[Certificado]:
    """In service and not ended, and those taken out before their end not long ago.

    Raises NotFound where the company of the feed is no longer represented by its person.
    """
    agentes = list(companies(agenda, now=now).values_list("pk", flat=True))
    if agenda.agente_id is not None and not agentes:
        raise NotFound
    running = Q(slot__isnull=False, valid_until__gte=now)
    cancelled = Q(removed_at__gte=now - CANCELADOS, removed_at__lt=F("valid_until"))
    rows = Certificado.objects.filter(running | cancelled, agente__in=agentes).select_related("agente")
    return list(rows.order_by("valid_until", "pk"))


def activities(agenda: Agenda, *, now: datetime) -> list[Atividade]:
    """Those of the companies that have a due date: open, waiting for their turn, or ended not long ago."""
    agentes = companies(agenda, now=now).order_by().values("pk")
    alive = Q(situacao__in=[Situacao.AGUARDANDO.value, Situacao.ABERTA.value])
    rows = Atividade.objects.filter(
        held_by(agentes), alive | Q(closed_at__gte=now - CANCELADOS), vence_em__isnull=False
    )
    rows = rows.select_related(
        "fluxo__contrato__vendedor", "fluxo__contrato__comprador", "fluxo__marcos", "fluxo__solicitante",
        "fluxo__sucessora",
    )  # fmt: skip
    return list(rows.order_by("vence_em", "pk"))
