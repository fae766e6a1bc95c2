"""Contracts on the days that a test wants, and what their people are told."""

from datetime import date, datetime

from contratos.models import Atividade
from notificacoes.models import Envio, Lembrete, Momento, Tipo, Varredura
from portal.auditoria.models import Evento
from tests.contratos.cena import Cena
from tests.notificacoes.cartas import letter, parsed, text_of

SEXTA, SEGUNDA, TERCA, QUARTA = date(2026, 11, 27), date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 2)


def only(cena: Cena, codigo: str, day: date | None) -> Atividade:
    """A signature flow of which this activity alone is open, due on that day; what was written until now is told."""
    fluxo = cena.open()
    Atividade.objects.exclude(fluxo=fluxo, codigo=codigo).update(situacao="aguardando")
    Atividade.objects.filter(fluxo=fluxo, codigo=codigo).update(situacao="aberta")
    forget_the_ledger()
    return due(cena.row(codigo, fluxo), day)


def forget_the_ledger() -> None:
    """What was written until now is told to nobody."""
    last = Evento.objects.latest("numero").numero
    Varredura.objects.update_or_create(id=1, defaults={"evento": last})


def due(row: Atividade, day: date | None) -> Atividade:
    Atividade.objects.filter(pk=row.pk).update(vence_em=day)
    row.refresh_from_db()
    return row


def told(row: Atividade) -> list[tuple[str, str, str]]:
    """(person, moment, what became of it) of all that was planned for an activity."""
    rows = Lembrete.objects.filter(atividade=row).order_by("momento", "destinatario__username", "pk")
    return [(each.destinatario.username, Momento(each.momento).name, each.situacao) for each in rows]


def latest(username: str) -> Envio:
    return Envio.objects.filter(tipo=Tipo.CONTRATO, destinatario__username=username).latest("pk")


def mail_of(username: str, now: datetime) -> str:
    """The latest message about contracts to that person, as text."""
    mail = parsed(letter(latest(username), now=now))
    return f"{mail['subject']}\n{text_of(mail)}"
