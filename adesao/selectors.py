"""Reading for the pages: companies, connections in force, drafts and receipts."""

from datetime import datetime

from django.db.models import Q, QuerySet

from adesao.models import Credencial, Solicitacao
from certificados import selectors as certificados
from certificados.models import Certificado
from portal import clock
from portal.agentes import acesso
from portal.agentes.acesso import Ator
from portal.agentes.models import Agente, Usuario
from portal.kernel import cnpj as kernel_cnpj
from portal.kernel.text import searchable

CAMPOS = {"sigla": "Sigla", "cnpj": "CNPJ", "razao_social": "Razão social"}


def search(agentes: QuerySet[Agente], *, por: str, texto: str) -> tuple[QuerySet[Agente], bool]:
    """Those found in the chosen column, or else in any of them; True when it took the others. `por` "": in any."""
    columns = _columns(texto)
    if not columns:
        return agentes, False
    if por in columns and agentes.filter(columns[por]).exists():
        return agentes.filter(columns[por]), False
    anywhere = Q()
    for condition in columns.values():
        anywhere |= condition
    return agentes.filter(anywhere), bool(por)


def _columns(texto: str) -> dict[str, Q]:
    """What to look for in each column; none when there is nothing to look for."""
    columns = {}
    if searchable(texto):
        columns = {"sigla": _words("sigla_busca", texto), "razao_social": _words("razao_social_busca", texto)}
    if compact := kernel_cnpj.compact(texto):
        columns["cnpj"] = Q(cnpj__contains=compact)
    return columns


def _words(column: str, texto: str) -> Q:
    """Every word, in any order."""
    condition = Q()
    for word in searchable(texto).split()[:8]:
        condition &= Q(**{f"{column}__contains": word})
    return condition


def connections(ator: Ator, *, now: datetime) -> QuerySet[Certificado]:
    """The certificates in force at `now` of every company the actor sees, soonest to end first."""
    agentes = acesso.visible_agentes(ator, on=clock.local_date(now))
    rows = certificados.in_service().filter(agente__in=agentes, valid_from__lte=now, valid_until__gte=now)
    return rows.select_related("agente").order_by("valid_until", "pk")


def adherable(ator: Ator, *, now: datetime) -> QuerySet[Agente]:
    """Companies the actor may make adhere."""
    agentes = acesso.alteraveis(ator, on=clock.local_date(now))
    return agentes.exclude(pk__in=Credencial.objects.values("agente")).order_by("sigla_busca")


def has_adhered(agente: Agente) -> bool:
    return Credencial.objects.filter(agente=agente).exists()


def find_company(ator: Ator, *, por: str, texto: str, now: datetime) -> Agente | None:
    """By exact SIGLA or CNPJ among those the actor sees, forgiving the wrong choice of the two."""
    agentes = acesso.visible_agentes(ator, on=clock.local_date(now))
    by = {"sigla": Q(sigla_busca=searchable(texto)), "cnpj": Q(cnpj=kernel_cnpj.compact(texto))}
    other = "cnpj" if por == "sigla" else "sigla"
    return agentes.filter(by[por]).first() or agentes.filter(by[other]).first()


def open_draft(agente: Agente, usuario: Usuario) -> Solicitacao | None:
    return draft_and_number(agente, usuario)[0]


def draft_and_number(agente: Agente, usuario: Usuario) -> tuple[Solicitacao | None, int]:
    """The person's open draft, and what the form shows as its number.

    Without a draft that is the next one: whatever this person concludes from there on is that form's (ended_since).
    """
    newest = Solicitacao.objects.filter(agente=agente, aberta_por=usuario).first()
    if newest is None:
        return None, 1
    return (newest, newest.pk) if newest.closed_at is None else (None, newest.pk + 1)


def ended_since(agente: Agente, usuario: Usuario, draft_id: int) -> Solicitacao | None:
    """The newest request of this person for this company that ended after the form was shown."""
    rows = Solicitacao.objects.filter(agente=agente, aberta_por=usuario, closed_at__isnull=False)
    return rows.filter(pk__gte=draft_id).first()


def receipts(agente: Agente) -> QuerySet[Solicitacao]:
    return Solicitacao.objects.filter(agente=agente).exclude(protocolo=None)
