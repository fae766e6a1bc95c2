from celery import shared_task
from django.conf import settings

from certificados.revogacao import services
from portal import clock


@shared_task
def consult_lists() -> None:
    """Revocation lists that are due, for a minute; the next run goes on."""
    if settings.LCR_CONSULTA:
        services.sweep(now=clock.now(), relogio=clock.instant)
