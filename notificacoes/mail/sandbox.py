"""The sandbox's mail: real registrations were copied into it, and none of those people asked for a test's letters."""

from collections.abc import Sequence

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from notificacoes.services import keep
from portal import clock
from portal.agentes.models import Usuario

MARCA = "[SANDBOX] "
SMTP = "django.core.mail.backends.smtp.EmailBackend"


class SandboxBackend(BaseEmailBackend):
    """All of it is kept in the outbox. What goes out besides, goes to who is signed in here at this moment."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            if not str(message.subject).startswith(MARCA):
                message.subject = f"{MARCA}{message.subject}"
        if settings.SANDBOX_ENVIA_A_QUEM_ENTROU:
            out = [message for message in email_messages if all(map(is_signed_in, message.recipients()))]
            get_connection(SMTP, fail_silently=self.fail_silently).send_messages(out)
        for message in email_messages:
            keep(message, now=clock.now())
        return len(email_messages)


def is_signed_in(address: str) -> bool:
    """Somebody with this address has a session that has not ended. A copied person has none before signing in."""
    person = Usuario.objects.filter(email__iexact=address, is_active=True).first()
    if person is None:
        return False
    sessions = Session.objects.filter(expire_date__gt=clock.instant())
    return any(one.get_decoded().get(SESSION_KEY) == str(person.pk) for one in sessions.iterator())
