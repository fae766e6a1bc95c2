"""Each certificate is an all-day event on the São Paulo day on which it ends."""

from datetime import UTC, date, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse

from certificados.models import Certificado
from notificacoes.domain.marcos import ANTECEDENCIAS
from notificacoes.domain.palavras import day_in_words
from notificacoes.enderecos import domain
from notificacoes.ics.comum import alarm, text
from portal import clock
from portal.kernel.business_days import Calendario
from portal.kernel.cnpj import mask


def event(certificado: Certificado, calendario: Calendario) -> Any:
    from icalendar import Event  # noqa: PLC0415 - 130 ms that only feeds need

    day = clock.local_date(certificado.valid_until)
    changed = (certificado.removed_at or certificado.included_at).astimezone(UTC)
    event = Event()
    event.add("uid", f"certificado-{certificado.pk}@{domain()}")
    event.add("dtstamp", changed)
    event.add("created", certificado.included_at.astimezone(UTC))
    event.add("last-modified", changed)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", _summary(certificado))
    event.add("url", _link(certificado))
    if certificado.slot is None:
        event.add("sequence", 1)
        event.add("status", "CANCELLED")
        event.add("description", "O certificado foi excluído da plataforma. Nada mais a fazer por causa dele.")
    else:
        event.add("sequence", 0)
        event.add("status", "CONFIRMED")
        event.add("description", _what_to_do(certificado, day, calendario))
        for lead in ANTECEDENCIAS:
            words = f"Em {lead} dias. {_summary(certificado)}"
            event.add_component(alarm(timedelta(days=-lead), words))
    return event


def _summary(certificado: Certificado) -> str:
    return f"Certificado vence: {text(certificado.agente.sigla)} — {text(certificado.nome_arquivo)}"


def _what_to_do(certificado: Certificado, day: date, calendario: Calendario) -> str:
    """Where nobody knows the holidays of that year yet, the date stands alone."""
    agente, known = certificado.agente, calendario.covers(day - timedelta(days=31)) and calendario.covers(day)
    words = day_in_words(day, calendario) if known else f"{day:%d/%m/%Y}"
    last = f" Último dia útil antes: {calendario.last_business_before(day):%d/%m/%Y}." if known else ""
    return (
        f"O certificado {text(certificado.nome_arquivo)} de {text(agente.razao_social)} (CNPJ {mask(agente.cnpj)}) "
        f"vence {words}.{last}\n\n"
        "Depois do vencimento ele é excluído dos servidores e a conexão para de funcionar. Antes disso, o "
        "representante CCEE inclui o novo certificado em Atualizar cadastro:\n"
        f"{_link(certificado)}\n\nDúvidas: {' ou '.join(settings.ATENDIMENTO['telefones'])}."
    )


def _link(certificado: Certificado) -> str:
    return str(settings.ENDERECO_PUBLICO + reverse("adesao:cadastro", args=[certificado.agente.cnpj]))
