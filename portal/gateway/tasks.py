"""The feed follows the ledger also where nobody asks for it, so that who asks need not wait."""

from typing import Any

from celery import shared_task

from portal import clock
from portal.gateway.diretorio import services


@shared_task
def publish_directory(**kwargs: Any) -> None:
    services.publish(now=clock.now())
