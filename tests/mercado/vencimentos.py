"""A pair of eva's that ends long before all others, the days around its end, and what was written about it."""

from datetime import datetime, timedelta
from email.message import EmailMessage

from notificacoes.models import Envio, Estado, Tipo
from portal import clock
from portal.contas.models import Par
from tests.correio import Servidor
from tests.mercado.cena import Cena
from tests.notificacoes.cartas import letter, parsed


def ending(cena: Cena) -> Par:
    """Told of to eva, who owns it, and to jana, who administers."""
    return cena.register(cena.eva, "eva", left=200)


def before(par: Par, days: int, *, hour: int = 12) -> datetime:
    """So many days before its end, by the market's clock; negative: after it."""
    day = clock.local(par.valid_until) - timedelta(days=days)
    return day.replace(hour=hour, minute=0, second=0, microsecond=0)


def of_pairs() -> dict[tuple[str, int], str]:
    """Person and lead -> what became of the message."""
    rows = Envio.objects.filter(tipo=Tipo.PAR).values_list("destinatario__username", "dados__antecedencia", "estado")
    return {(username, lead): estado for username, lead, estado in rows}


def arrived(servidor: Servidor) -> list[str]:
    """Addresses; the invitations that the scene makes are left out."""
    return sorted(one.para for one in servidor.recebidas if one.message_id.startswith("par-"))


def reasons() -> set[str]:
    return set(Envio.objects.filter(tipo=Tipo.PAR, estado=Estado.CANCELADA).values_list("motivo", flat=True))


def mail_to(username: str, *, now: datetime) -> EmailMessage:
    """The newest, as it would leave at that moment."""
    envio = Envio.objects.filter(tipo=Tipo.PAR, destinatario__username=username).latest("pk")
    return parsed(letter(envio, now=now))
