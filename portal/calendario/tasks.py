from typing import Any

from celery import shared_task

from portal import clock
from portal.calendario import services


@shared_task
def seed_calendar(**kwargs: Any) -> int:
    return services.seed(now=clock.now())
