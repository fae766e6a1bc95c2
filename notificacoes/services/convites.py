"""Invitations."""

import logging
from datetime import datetime

from django.core.mail import EmailMultiAlternatives

from notificacoes.mensagens.convite import invitation
from portal.agentes import services as agentes

logger = logging.getLogger(__name__)
BATCH = 100


def deliver_invitations(*, now: datetime) -> int:
    """Send those that are due; how many went. What fails stays owed and is tried again when its lease ends."""
    sent = 0
    for _ in range(BATCH):
        convite = agentes.claim_invitation(now=now)
        if convite is None:
            break
        if _send(invitation(convite), what=f"convite {convite.pk}, tentativa {convite.tentativas}"):
            sent += agentes.close_invitation(convite, now=now)
    return sent


def _send(message: EmailMultiAlternatives, *, what: str) -> bool:
    try:
        message.send()
    except (OSError, ValueError):  # SMTP and sockets; an address that cannot be a header
        logger.exception("falhou o envio: %s", what)
        return False
    return True
