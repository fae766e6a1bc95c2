"""Sweeps over the adesão's rows; each may run twice, or at once in two places."""

from typing import Any

from celery import shared_task

from adesao import services
from portal import clock


@shared_task
def discard_stale(**kwargs: Any) -> None:
    """Drafts that nobody concluded lose their files and the password's hash after a week."""
    services.discard_stale(now=clock.now())
