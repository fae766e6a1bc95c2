from typing import Any

from celery import shared_task

from contratos import services
from contratos.services.trilha import SISTEMA
from portal import clock


@shared_task
def advance(**kwargs: Any) -> int:
    """What time alone brings about."""
    return services.advance(now=clock.now())


@shared_task
def recompute_open(**kwargs: Any) -> int:
    """What a change of the calendar brings about; one cheap question where there was none."""
    return services.recompute_open(by=SISTEMA, now=clock.now())


@shared_task
def open_due(**kwargs: Any) -> int:
    """What nobody asks for: CONUERs of new users of reserve energy, publications of Itaipu, announced years, months."""
    now = clock.now()
    opened = services.send_conuers(now=now) + services.open_publications(now=now) + services.open_years(now=now)
    opened += services.open_months(now=now) + services.modulate_due(now=now)
    return opened + services.open_proinfa(now=now) + services.open_name_changes(now=now)


@shared_task
def continue_years(**kwargs: Any) -> int:
    """CCEE's yearly runs that were started, or cut off: one cheap question where there is none."""
    return services.continue_years(now=clock.now())
