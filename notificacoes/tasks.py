from typing import Any

from celery import shared_task

from notificacoes import services
from portal import clock


@shared_task
def deliver_invitations(**kwargs: Any) -> int:
    return services.deliver_invitations(now=clock.now())
