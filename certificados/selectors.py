"""Reading: certificates in service, the status of an Agente, the policy of a date."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from certificados.domain.policy import Policy
from certificados.models import Certificado, Politica
from portal import clock
from portal.agentes import acesso
from portal.agentes.acesso import Ator
from portal.agentes.models import Agente
from portal.kernel.errors import DomainError, NotFound

BREVE = 30  # days; the first of the manual's three notices

STATUS = {
    "vigente": "Vigente",
    "vence_em_breve": f"Vence em até {BREVE} dias",
    "vencido": "Vencido",
    "sem_certificado": "Sem certificado",
}
CERTIFICADO_STATUS = {
    "vigente": "Vigente",
    "vence_em_breve": f"Vence em até {BREVE} dias",
    "vencido": "Vencido",
    "ainda_nao_vigente": "Ainda não vigente",
}


class SemPolitica(DomainError):
    code, title = "sem-politica", "Nenhuma política de certificados em vigor"


def in_service() -> QuerySet[Certificado]:
    return Certificado.objects.filter(slot__isnull=False)


def of_agente(agente: Agente) -> QuerySet[Certificado]:
    """Those in service, soonest to end first."""
    return in_service().filter(agente=agente).order_by("valid_until", "pk")


def history_of(agente: Agente) -> QuerySet[Certificado]:
    """Those in service and those that once were, soonest to end first."""
    return Certificado.objects.filter(agente=agente).order_by("valid_until", "pk")


def ending(agentes: QuerySet[Agente], *, ate: date | None = None) -> QuerySet[Certificado]:
    """Those in service of all these companies, soonest to end first; with `ate`, until that São Paulo day."""
    rows = in_service().filter(agente__in=agentes)
    if ate is not None:
        rows = rows.filter(valid_until__lt=end_of_day(ate))
    return rows.order_by("valid_until", "pk")


def same_elsewhere(certificado: Certificado) -> QuerySet[Certificado]:
    """The same certificate in service for other companies."""
    return in_service().filter(sha256=certificado.sha256).exclude(agente=certificado.agente_id)


def may_share(holders: QuerySet[Certificado], sha256: str, *, agente: Agente, por: Ator | None, on: date) -> bool:
    """Whether those who hold a subject are this very certificate, in other companies for which `por` may act too."""
    if por is None or por.usuario is None:
        return False
    theirs = holders.exclude(sha256=sha256, agente__in=acesso.alteraveis(por, on=on))
    return holders.exists() and not theirs.exists() and not holders.filter(agente=agente).exists()


def find(agente: Agente, pk: int) -> Certificado:
    """In service or not, with its file; another Agente's is NotFound."""
    found = Certificado.objects.select_related("arquivo", "agente").filter(agente=agente, pk=pk).first()
    if found is None:
        raise NotFound("Não há este certificado entre os da empresa.")
    return found


def policy_at(on: date) -> Policy:
    """The rule set in force on that date; raises SemPolitica where operations left a gap."""
    row = _policies(on).first()
    if row is None:
        raise SemPolitica(f"Não há política de certificados cadastrada para {on:%d/%m/%Y}. Avise o atendimento.")
    return Policy.from_dict(row.dados)


def _policies(on: date) -> QuerySet[Politica]:
    return Politica.objects.filter(Q(ate=None) | Q(ate__gte=on), desde__lte=on).order_by("-desde")


def with_policy(rows: QuerySet[Certificado], *, on: date) -> QuerySet[Certificado]:
    """Annotates `regras` with what today's rule set says, in the same query; None where there is no rule set."""
    return rows.annotate(regras=Subquery(_policies(on).values("dados")[:1]))


def shareable(certificado: Any) -> bool:
    """Whether that rule set lets a certificate of with_policy() serve several companies."""
    return bool((certificado.regras or {}).get("varias_empresas"))


def policy_of(codigo: str) -> Policy:
    """The rule set of that code, in force or not; raises SemPolitica."""
    row = Politica.objects.filter(codigo=codigo).first()
    if row is None:
        raise SemPolitica(f"Não existe política de certificados com o código “{codigo}”.")
    return Policy.from_dict(row.dados)


def with_status(agentes: QuerySet[Agente], *, now: datetime) -> QuerySet[Agente]:
    """Annotates em_servico (count), ultimo (latest valid_until) and vigentes (count in force at `now`)."""
    return agentes.annotate(
        em_servico=_per_agente(Count("pk")),
        ultimo=_per_agente(Max("valid_until")),
        vigentes=_per_agente(Count("pk", filter=Q(valid_from__lte=now, valid_until__gte=now))),
    )


def _per_agente(aggregate: Any) -> Any:
    rows = in_service().order_by().filter(agente=OuterRef("pk")).values("agente")
    subquery = Subquery(rows.annotate(value=aggregate).values("value"))
    return Coalesce(subquery, 0) if isinstance(aggregate, Count) else subquery


def status_filter(status: str, *, now: datetime) -> Q:
    """On any queryset of Agentes. Semi-joins: counting a long list must not aggregate certificate by certificate."""
    soon = _soon(now)
    return {
        "sem_certificado": ~_holds(),
        "vencido": _holds() & ~_holds(valid_until__gte=now),
        "vence_em_breve": _holds(valid_until__gte=now) & ~_holds(valid_until__gte=soon),
        "vigente": _holds(valid_until__gte=soon),
    }[status]


def _holds(**facts: datetime) -> Q:
    return Q(Exists(in_service().order_by().filter(agente=OuterRef("pk"), **facts)))


def status_of(agente: Any, *, now: datetime) -> str:
    """The status of an Agente that came from with_status()."""
    if not agente.em_servico:
        return "sem_certificado"
    if agente.ultimo < now:
        return "vencido"
    return "vence_em_breve" if agente.ultimo < _soon(now) else "vigente"


def status_of_certificado(certificado: Certificado, *, now: datetime) -> str:
    """A key of CERTIFICADO_STATUS, for one in service."""
    if certificado.valid_until < now:
        return "vencido"
    if certificado.valid_from > now:
        return "ainda_nao_vigente"
    return "vence_em_breve" if certificado.valid_until < _soon(now) else "vigente"


def days_left(certificado: Certificado, *, now: datetime) -> int:
    """Civil days of São Paulo; none on its last day and after it."""
    return max((clock.local_date(certificado.valid_until) - clock.local_date(now)).days, 0)


def _soon(now: datetime) -> datetime:
    return end_of_day(clock.local_date(now) + timedelta(days=BREVE))


def end_of_day(day: date) -> datetime:
    """The first instant after that São Paulo day."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(settings.FUSO))
