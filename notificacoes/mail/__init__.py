"""The only place that hands a message to a mail server, or to the demonstration's outbox."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from notificacoes.mail.caixa import CorreioDjango, OutboxBackend
from notificacoes.mail.sandbox import SandboxBackend
from notificacoes.mail.smtp import CorreioSmtp
from notificacoes.services.entrega import Correio

__all__ = ["CorreioDjango", "CorreioSmtp", "OutboxBackend", "SandboxBackend", "connect"]

SMTP = "django.core.mail.backends.smtp.EmailBackend"


@contextmanager
def connect() -> Iterator[Correio]:
    """By Django's settings. Nothing is opened before the first message, and all is closed at the end."""
    if settings.EMAIL_BACKEND != SMTP:
        yield CorreioDjango()
        return
    correio = CorreioSmtp()
    try:
        yield correio
    finally:
        correio.close()
