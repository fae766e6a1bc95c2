"""Reading: the calendar and the conventions by which the deadlines of contracts are counted."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet

from contratos.domain.clausulas import REGISTRO, Clausula
from contratos.domain.prazos import Ancoras, Convencoes, Vencimento, day_in_time, parse, parse_anchor, work_out
from contratos.models import Atividade, Contagem, Contrato, Fluxo, Signatario
from portal.agentes.models import Agente
from portal.auditoria.models import Evento
from portal.calendario import selectors as calendario

NAO_RECONTADO = "contrato.prazos_nao_recontados"


def conventions() -> Convencoes:
    """As the settings have them; docs/decisions/013."""
    return Convencoes(ancora_rola=settings.PRAZO_ANCORA_ROLA, vencimento_dc_rola=settings.PRAZO_CORRIDO_ROLA)


def deadline_day(now: datetime) -> date:
    """Today, as deadlines go: what is due before it is late. After PRAZO_HORA it is tomorrow."""
    return day_in_time(now, fuso=ZoneInfo(settings.FUSO), hora=settings.PRAZO_HORA)


def deadline(expressao: str, ancoras: dict[str, str]) -> Vencimento:
    """Both as typed. Raises DomainError that says what cannot be read or is missing."""
    parsed = parse(expressao)
    given: Ancoras = {nome: parse_anchor(nome, texto.strip()) for nome, texto in ancoras.items() if texto.strip()}
    return work_out(parsed, given, calendario.calendar(), conventions())


def clauses(expressao: str, *, on: date) -> list[Clausula]:
    """Those in force on that day that give this very deadline."""
    written = str(parse(expressao))
    return [clausula for _, secao in REGISTRO.em_vigor(on) for clausula in secao if written in clausula.prazos]


def as_dict(expressao: str, vencimento: Vencimento, *, on: date) -> dict[str, Any]:
    """For `calcular_prazo --json` and the API."""
    return {
        "expressao": str(parse(expressao)),
        "vencimento": _iso(vencimento.data),
        "calendario": calendario.name(),
        "passos": [
            {"data": passo.data.isoformat(), "conta": passo.conta, "motivo": passo.motivo}
            for passo in vencimento.passos
        ],
        "clausulas": [{"numero": each.numero, "revisao": each.revisao} for each in clauses(expressao, on=on)],
    }


def left_uncounted() -> list[str]:
    """The contracts of which a flow could not follow the calendar's last change, and is still open."""
    seen = Contagem.objects.values_list("evento", flat=True).first() or 0
    told = Evento.objects.filter(tipo=NAO_RECONTADO, numero__gt=seen)
    flows = list(told.values_list("dados__numero_do_fluxo", flat=True))
    rows = Fluxo.objects.filter(pk__in=flows, closed_at=None) if flows else Fluxo.objects.none()
    return sorted(set(rows.values_list("contrato__numero", flat=True)))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def signatories(agente: Agente | None, *, on: date) -> QuerySet[Signatario]:
    """Who may sign for it on that day; for CCEE where there is none."""
    ends = Q(ate=None) | Q(ate__gte=on)
    return Signatario.objects.filter(ends, agente=agente, desde__lte=on).order_by("nome")


def has_activity(contrato: Contrato, pk: int) -> bool:
    return Atividade.objects.filter(pk=pk, fluxo__contrato=contrato).exists()


def of_sides(contrato: Contrato, *, on: date) -> QuerySet[Signatario]:
    """Who may sign for either side on that day."""
    return signatories(contrato.vendedor, on=on) | signatories(contrato.comprador, on=on)
