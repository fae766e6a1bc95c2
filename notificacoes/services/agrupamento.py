"""What is owed, written: notices with the message that tells them, one per person, however many certificates."""

from datetime import datetime
from math import ceil

from django.db.models import Count, DateTimeField, F, Max, Min, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Mod

from notificacoes.enderecos import domain
from notificacoes.models import Aviso, Envio, Tipo
from notificacoes.models.devido import Devido
from notificacoes.services import devidos
from notificacoes.services.em_massa import Epoch, Joined, Smallest, insert_from, temporary, text

LOTE = 50_000  # notices to a statement, or a first sweep of a large table would end at the database's time limit


def gather(now: datetime, *, since: datetime | None = None) -> tuple[int, int]:
    """(notices, messages) written. With `since`, only of the certificates that reached a lead after it."""
    janelas = list(devidos.windows(now, since=since))
    again = Aviso.objects.filter(devidos.ESPERA).exists()
    if not janelas and not again:
        return 0, 0
    # No message has this key yet: any that was named after the same newest one came after it.
    prefix = f"{Tipo.VENCIMENTO}:{Envio.objects.aggregate(last=Max('pk'))['last'] or 0}:"
    with temporary(Devido):
        found = devidos.find_again(prefix=prefix, now=now) if again else 0
        found += sum(devidos.find_new(janela, prefix=prefix, now=now) for janela in janelas)
        lots = [_write(rows, late=since is None, now=now) for rows in _lots(found)]
    if again:
        _join(prefix)
    return sum(avisos for avisos, _ in lots), sum(mensagens for _, mensagens in lots)


def _lots(found: int) -> list[QuerySet[Devido]]:
    """All notices of one person in the same lot."""
    count = ceil(found / LOTE)
    if count == 1:
        return [Devido.objects.all()]
    person = Devido.objects.annotate(resto=Mod("destinatario", count))
    return [person.filter(resto=number) for number in range(count)]


def _write(rows: QuerySet[Devido], *, late: bool, now: datetime) -> tuple[int, int]:
    """With `late`, some may be of people who should have been told before: not just after a complete look."""
    mensagens = _write_messages(rows, now=now)
    avisos = insert_from(
        Aviso,
        rows.filter(vez=""),
        certificado=F("certificado"),
        antecedencia=F("antecedencia"),
        destinatario=F("destinatario"),
        vence_em=F("vence_em"),
        created_at=Value(now, DateTimeField()),
        envio=_message(OuterRef("mensagem")),
    )
    return avisos + (devidos.write_missed(rows, now=now) if late else 0), mensagens


def _write_messages(rows: QuerySet[Devido], *, now: datetime) -> int:
    """One of its notices names it, always the same one; the Message-ID is fixed here and now."""
    nome = Joined(
        text("certificado"), Value("-"), text("antecedencia"), Value("-"), text("destinatario"),
        Value("-"), text(Epoch("vence_em")), F("vez"),
    )  # fmt: skip
    people = rows.values("destinatario", "mensagem")
    return insert_from(
        Envio,
        people.annotate(nome=Smallest(nome), quantos=Count("*"), primeiro=Min("vence_em")),
        tipo=Value(Tipo.VENCIMENTO.value),
        chave=F("mensagem"),
        message_id=Joined(Value("aviso-"), F("nome"), Value("-"), text("quantos"), Value(f"@{domain()}")),
        destinatario=F("destinatario"),
        prazo=F("primeiro"),
        created_at=Value(now, DateTimeField()),
    )


def _join(prefix: str) -> None:
    """Those that were written before and waited."""
    chave = Joined(Value(prefix), text(OuterRef("destinatario")))
    Aviso.objects.filter(devidos.ESPERA).update(envio=_message(chave))


def _message(chave: OuterRef | Joined) -> Subquery:
    return Subquery(Envio.objects.filter(chave=chave).order_by().values("pk"))
