"""Each activity of a contract is an all-day event on its due date, which moves with it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse

from contratos import procedimentos
from contratos.domain.andamento import Situacao
from contratos.models import Atividade
from notificacoes.domain.palavras import day_in_words, joined
from notificacoes.enderecos import domain
from notificacoes.ics.comum import alarm, text
from portal.kernel.business_days import Calendario
from portal.kernel.errors import DomainError

GIVEN_UP = (Situacao.DISPENSADA, Situacao.CANCELADA)
HOJE = timedelta()


def event(row: Atividade, calendario: Calendario) -> Any:
    """Only for those that have a due date."""
    from icalendar import Event  # noqa: PLC0415 - 130 ms that only feeds need

    day = row.vence_em or date.max
    found = Event()
    found.add("uid", f"atividade-{row.pk}@{domain()}")
    found.add("dtstamp", _changed(row).astimezone(UTC))
    # The due date may move any number of times before the activity ends; it ends once.
    found.add("sequence", 2 * row.versao + (row.closed_at is not None))
    found.add("dtstart", day)
    found.add("dtend", day + timedelta(days=1))
    found.add("transp", "TRANSPARENT")
    found.add("summary", _summary(row))
    found.add("url", _link(row))
    found.add("status", "CANCELLED" if row.situacao in GIVEN_UP else "CONFIRMED")
    found.add("description", _description(row, day, calendario))
    if row.closed_at is None:
        for before, words in _reminders(day, calendario):
            found.add_component(alarm(before, f"{words}{_summary(row)}"))
    return found


def _changed(row: Atividade) -> datetime:
    return row.closed_at or row.opened_at or row.fluxo.opened_at


def _summary(row: Atividade) -> str:
    what = f"{text(row.nome)} — {text(row.fluxo.contrato.numero)}"
    if row.situacao == Situacao.CONCLUIDA:
        return f"Concluída: {what}"
    return f"Prazo: {what}"


def _description(row: Atividade, day: date, calendario: Calendario) -> str:
    if row.closed_at is not None:
        return f"{row.get_situacao_display().capitalize()}. Nada mais a fazer por causa dela.\n{_link(row)}"
    contrato = row.fluxo.contrato
    parties = " × ".join(text(agente.sigla) for agente in contrato.partes)
    clauses = joined(list(procedimentos.of(row.fluxo).por_codigo[row.codigo].clausulas))
    waits = " Ainda espera por outra atividade." if row.situacao == Situacao.AGUARDANDO else ""
    when = day_in_words(day, calendario)
    return (
        f"{text(row.nome)}, no contrato {text(contrato.numero)} ({parties}), vence {when}.{waits}"
        f"\n\nSubmódulo 3.2, cláusulas {clauses}; prazo {row.prazo}.\n{_link(row)}\n\n"
        f"Dúvidas: {' ou '.join(settings.ATENDIMENTO['telefones'])}."
    )


def _reminders(day: date, calendario: Calendario) -> list[tuple[timedelta, str]]:
    """Where nobody knows the holidays of that year yet, only on the day itself."""
    lead = settings.PRAZO_AVISO_DU
    try:
        return [(calendario.add(day, -lead) - day, f"Em {lead} dias úteis. "), (HOJE, "Hoje. ")]
    except DomainError:
        return [(HOJE, "Hoje. ")]


def _link(row: Atividade) -> str:
    return str(settings.ENDERECO_PUBLICO + reverse("contratos:contrato", args=[row.fluxo.contrato.numero]))
