"""Sweeps over what callers leave behind; each may run twice, or at once in two places."""

from typing import Any

from celery import shared_task

from portal import clock
from portal.agentes.idempotencia import services


@shared_task
def forget_keys(**kwargs: Any) -> None:
    """Answers kept for a repetition that did not come within a day."""
    services.forget(at=clock.instant())
