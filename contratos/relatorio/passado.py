"""What was so at the end of a past day, where rows say only what is so now: taken back from the ledger."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet

from contratos.domain.contrato import Assinatura
from contratos.models import Contrato
from contratos.selectors import deadline_day
from portal.auditoria.models import Evento
from portal.calendario import selectors as calendario
from portal.kernel.business_days import Calendario

Vencimentos = Mapping[tuple[int, str, int], date | None]  # by flow, code and round
Marcos = Mapping[tuple[int, str, int], Mapping[str, str]]
EMPRESA = ("agente.incluido", "agente.alterado")


def end_of(day: date) -> datetime:
    """The first instant that belongs to the next day, as deadlines count days (PRAZO_HORA)."""
    last = datetime.combine(day, settings.PRAZO_HORA, ZoneInfo(settings.FUSO))
    return last.replace(microsecond=0) + timedelta(seconds=1)


def due_dates(contratos: Iterable[Contrato], em: date) -> Vencimentos:
    """Those that were moved since then, as they were."""
    found: dict[tuple[int, str, int], date | None] = {}
    for dados in _events("contrato.prazo_alterado", contratos, em).values_list("dados", flat=True):
        if "numero_do_fluxo" in dados:
            key = dados["numero_do_fluxo"], dados["atividade"], dados["rodada"]
            before = dados["prazo_anterior"]
            found.setdefault(key, date.fromisoformat(before) if before else None)
    return found


def milestones(contratos: Iterable[Contrato], em: date) -> Marcos:
    """What was called otherwise, or was another's, before the flow adopted a set of milestones."""
    found: dict[tuple[int, str, int], dict[str, str]] = {}
    for dados in _events("contrato.marcos_adotados", contratos, em).values_list("dados", flat=True):
        for codigo, change in dados.get("mudam", {}).items():
            before = found.setdefault((dados["numero_do_fluxo"], codigo, change["rodada"]), {})
            for nome in ("nome", "responsavel"):
                if nome in change:
                    before.setdefault(nome, change[nome]["de"])
    return found


def given_up(contratos: Iterable[Contrato], em: date) -> Mapping[int, tuple[date, str]]:
    """Of the contracts that by then would not be signed: since what day, and why."""
    by_object = {_object(each): each.pk for each in contratos if each.assinatura == Assinatura.NAO_ASSINADO}
    rows = Evento.objects.filter(tipo="contrato.situacao", objeto__in=by_object, at__lt=end_of(em)).order_by("numero")
    return {
        by_object[row.objeto]: (deadline_day(row.at), str(row.dados.get("motivo", "")))
        for row in rows
        if row.dados.get("assinatura") == Assinatura.NAO_ASSINADO
    }


def siglas(cnpjs: Iterable[str], em: date) -> Mapping[str, str]:
    """Of companies whose name was changed at any time: the one of that day."""
    rows = Evento.objects.filter(tipo__in=EMPRESA, cnpj__in=set(cnpjs), at__lt=end_of(em)).order_by("numero")
    return {cnpj: dados["sigla"] for cnpj, dados in rows.values_list("cnpj", "dados") if "sigla" in dados}


def calendar_of(em: date) -> Calendario:
    """The business days as operations had them then: a day declared since then was an ordinary one."""
    return calendario.calendar_before(end_of(em))


def _events(tipo: str, contratos: Iterable[Contrato], em: date) -> QuerySet[Evento]:
    """After that day, the earliest first: its `de` is what was."""
    objetos = [_object(contrato) for contrato in contratos]
    return Evento.objects.filter(tipo=tipo, objeto__in=objetos, at__gte=end_of(em)).order_by("numero")


def _object(contrato: Contrato) -> str:
    return f"contrato {contrato.numero}"
