"""Secrets of destinations, from the peppers of the settings and the row's salt (docs/decisions/038)."""

import secrets
from datetime import datetime

from django.conf import settings

from portal.webhooks.domain import assinatura
from portal.webhooks.models import Destino


def new_salt() -> str:
    """Random, so that a row's number given out again after a restore brings no secret back."""
    return f"{assinatura.mark(settings.PIMENTAS[0])}.{secrets.token_hex(16)}"


def of_salt(salt: str) -> str | None:
    """None where its pepper is no longer in the settings."""
    mark = salt.partition(".")[0]
    return next((assinatura.derive(p, salt) for p in settings.PIMENTAS if assinatura.mark(p) == mark), None)


def signing(destino: Destino, *, now: datetime) -> list[str]:
    """The current one first; for a while after a change the former too."""
    salts = [destino.sal]
    if destino.sal_anterior and destino.anterior_ate and now < destino.anterior_ate:
        salts.append(destino.sal_anterior)
    return [found for salt in salts if (found := of_salt(salt))]
