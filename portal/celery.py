"""The Celery app and the only beat schedule."""

import os
from pathlib import Path

from celery import Celery
from celery.schedules import crontab
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(
    [
        "portal.agentes",
        "portal.calendario",
        "certificados",
        "adesao",
        "contratos",
        "portal.gateway",
        "notificacoes",
        "portal.webhooks",
    ]
)

# Every task is a sweep over rows: the database says what is due, a lost message costs one interval.
app.conf.beat_schedule = {
    "seed-calendar": {"task": "portal.calendario.tasks.seed_calendar", "schedule": 21600.0},
    "discard-stale-drafts": {"task": "adesao.tasks.discard_stale", "schedule": 3600.0},
    "forget-keys": {"task": "portal.agentes.tasks.forget_keys", "schedule": 3600.0},
    # Just after each hour, midnight's too: what is due on a day is over then.
    "advance-flows": {"task": "contratos.tasks.advance", "schedule": crontab(minute="1")},
    "open-due-flows": {"task": "contratos.tasks.open_due", "schedule": crontab(minute="2")},
    "continue-years": {"task": "contratos.tasks.continue_years", "schedule": 60.0, "options": {"expires": 55}},
    "recompute-deadlines": {"task": "contratos.tasks.recompute_open", "schedule": 60.0, "options": {"expires": 55}},
    "consult-lists": {"task": "certificados.tasks.consult_lists", "schedule": 300.0, "options": {"expires": 290}},
    "publish-directory": {
        "task": "portal.gateway.tasks.publish_directory",
        "schedule": 30.0,
        "options": {"expires": 25},
    },
    "deliver-webhooks": {
        "task": "portal.webhooks.tasks.deliver_webhooks",
        "schedule": 15.0,
        "options": {"expires": 14},
    },
    # Expires: after an outage of the workers one sweep does what a thousand waiting ones would.
    "sweep": {"task": "notificacoes.tasks.sweep", "schedule": 30.0, "options": {"expires": 25}},
}

if settings.MERCADO.agenda is not None:
    _due = app.conf.beat_schedule.items()
    app.conf.beat_schedule = {name: entry for name, entry in _due if name in settings.MERCADO.agenda}

if not settings.REDIS_URL:
    for _folder in (settings.PORTAL_VAR / "fila", settings.PORTAL_VAR / "fila/controle"):
        Path(_folder).mkdir(parents=True, exist_ok=True)
