"""Any mail backend of Django that is not SMTP; the demonstration's outbox is one."""

import hashlib
from collections.abc import Sequence

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from notificacoes.domain.resultado import Desfecho, Resultado
from notificacoes.services import keep
from portal import clock


class OutboxBackend(BaseEmailBackend):
    """Where no EMAIL_URL is set: messages stay as rows, readable at /caixa-de-saida/ (demo only)."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            keep(message, now=clock.now())
        return len(email_messages)


class CorreioDjango:
    """What the backend takes counts as delivered: it is all that such a backend can say."""

    def send(self, message: EmailMessage) -> Resultado:
        try:
            data = message.message().as_bytes(linesep="\r\n")
            taken = get_connection().send_messages([message])
        except OSError as error:
            return Resultado(Desfecho.ADIADA, None, repr(error), do_servidor=True)
        except ValueError as error:
            return Resultado(Desfecho.RECUSADA, None, f"mensagem malformada: {error}")
        if not taken:
            return Resultado(Desfecho.ADIADA, None, "o destino não aceitou a mensagem", do_servidor=True)
        return Resultado(Desfecho.ENTREGUE, 250, "250 guardada", sha256=hashlib.sha256(data).hexdigest())
