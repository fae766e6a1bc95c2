from contextlib import suppress
from typing import Any

from celery import shared_task
from kombu.exceptions import OperationalError

from notificacoes import mail, services
from portal import clock


@shared_task
def deliver() -> None:
    """Rows become mail."""
    with mail.connect() as correio:
        services.deliver(correio=correio, agora=clock.now, relogio=clock.instant)


@shared_task
def sweep(**kwargs: Any) -> None:
    """What is owed becomes rows, and rows become mail. A plan that fails does not hold back what was planned before."""
    try:
        services.plan(now=clock.now(), complete=False)
    finally:
        if services.is_long(now=clock.instant()):
            with suppress(OperationalError):  # help is welcome, not needed
                deliver.apply_async(expires=25, retry=False)
        deliver()
