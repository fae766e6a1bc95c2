"""A due date for one's own calendar."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from contratos.domain.clausulas import Clausula
from contratos.domain.prazos import Vencimento


def write(expressao: str, vencimento: Vencimento, clausulas: Sequence[Clausula], *, now: datetime) -> bytes:
    """One all-day event on the due date; the same deadline has the same UID."""
    from icalendar import Calendar, Event  # noqa: PLC0415 - 130 ms that only this needs

    if vencimento.data is None:
        raise ValueError("N.A. has no day to write down")
    feed, event = Calendar(), Event()
    feed.add("prodid", "-//CCEE//Plataforma de Integração//PT-BR")
    feed.add("version", "2.0")
    identity = f"{expressao} {vencimento.passos[0].data} {vencimento.data}"
    event.add("uid", f"prazo-{hashlib.sha256(identity.encode()).hexdigest()[:32]}")
    event.add("dtstamp", now)
    event.add("dtstart", vencimento.data)
    event.add("dtend", vencimento.data + timedelta(days=1))
    event.add("summary", f"Prazo: {expressao}")
    counted = [f"{p.data:%d/%m/%Y} {p.conta or ''} {p.motivo}" for p in vencimento.passos]
    event.add("description", "\n".join([*(f"Prazo da cláusula {each}." for each in clausulas), *counted]))
    event.add("transp", "TRANSPARENT")
    feed.add_component(event)
    return bytes(feed.to_ical())
