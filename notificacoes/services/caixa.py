"""Keeping what the demonstration only pretends to send."""

from datetime import datetime

from django.core.mail import EmailMessage

from notificacoes.models import Mensagem


def keep(message: EmailMessage, *, now: datetime) -> Mensagem:
    return Mensagem.objects.create(
        at=now,
        para=", ".join(message.recipients())[:400],
        assunto=str(message.subject)[:400],
        texto=str(message.body),
    )
