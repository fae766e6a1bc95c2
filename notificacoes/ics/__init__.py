"""The calendar that a feed answers: what ends and what is due, each as an all-day event.

Made from rows alone, so that the same rows give the same bytes whoever asks and whenever.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings

from certificados.models import Certificado
from contratos.models import Atividade
from notificacoes.ics import atividade, certificado
from notificacoes.ics.comum import text
from portal.kernel.business_days import Calendario

PRODID = "-//CCEE//Plataforma de Integração//PT-BR"
REFRESH = timedelta(hours=12)


def write(
    certificados: Iterable[Certificado], atividades: Iterable[Atividade], *, nome: str, calendario: Calendario
) -> bytes:
    """An iCalendar of them; certificates out of service and activities given up are told as cancelled."""
    from icalendar import Calendar, vDuration  # noqa: PLC0415 - 130 ms that only feeds need

    feed = Calendar()
    feed.add("prodid", PRODID)
    feed.add("version", "2.0")
    feed.add("calscale", "GREGORIAN")
    feed.add("method", "PUBLISH")
    for name in ("name", "x-wr-calname"):
        feed.add(name, text(nome))
    feed.add("x-wr-timezone", settings.FUSO)
    feed.add("refresh-interval", vDuration(REFRESH), parameters={"value": "DURATION"})
    feed.add("x-published-ttl", vDuration(REFRESH))
    for each in certificados:
        feed.add_component(certificado.event(each, calendario))
    for row in atividades:
        feed.add_component(atividade.event(row, calendario))
    return bytes(feed.to_ical())
