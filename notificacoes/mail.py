"""The only place that hands a message to a mail server, or to the demonstration's outbox."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from notificacoes.services import keep
from portal import clock


class OutboxBackend(BaseEmailBackend):
    """Where no EMAIL_URL is set: messages stay as rows, readable at /caixa-de-saida/ (demo only)."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            keep(message, now=clock.now())
        return len(email_messages)
