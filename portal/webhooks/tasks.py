"""Each may run twice, or at once in two places."""

from typing import Any

from celery import shared_task

from portal import clock
from portal.webhooks import services


@shared_task
def deliver_webhooks(**kwargs: Any) -> None:
    """Events become rows, and rows requests. A plan that fails does not hold back what was planned before."""
    try:
        services.plan(now=clock.instant())
    finally:
        services.deliver(agora=clock.now, relogio=clock.instant)
