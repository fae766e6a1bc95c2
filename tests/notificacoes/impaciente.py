"""The portal's Celery, in a hurry: `celery --app=tests.notificacoes.impaciente`.

Beat wakes the sweep every two seconds. The broker takes a task for lost after one and hands it out again, also while it
runs, for it is acknowledged late; a line with the id of each that began goes to the file that INICIADAS names.
"""

import os
from pathlib import Path
from typing import Any

from celery.signals import task_prerun

from portal.celery import app

__all__ = ["app"]

app.conf.beat_schedule["sweep"]["schedule"] = 2.0
app.conf.task_acks_late = True
# Without the last two Redis is asked every hundred seconds: nothing would be handed out again while the test runs.
app.conf.broker_transport_options = {
    "visibility_timeout": 1,
    "unacked_restore_interval": 1,
    "unacked_restore_throttle": 1,
}


@task_prerun.connect
def note(task_id: str, **kwargs: Any) -> None:
    with Path(os.environ["INICIADAS"]).open("a") as file:
        file.write(f"{task_id}\n")
