"""The web server of production; GUNICORN_CMD_ARGS overrides what is set here."""

import os
from typing import Any

from django.db import connections

wsgi_app = "portal.wsgi:application"
bind = "0.0.0.0:8000"  # inside the container; docker-compose.yml publishes it on the loopback only
workers = int(os.environ.get("PROCESSOS", "2"))
worker_class = "gthread"  # a slow upload holds a thread, not a process
threads = 8
timeout = 60
graceful_timeout = 30
max_requests, max_requests_jitter = 5000, 500
worker_tmp_dir = "/dev/shm"  # noqa: S108 - the heartbeat file must not wait for a disk
control_socket_disable = True
# Loaded once, before the processes: a configuration that is refused ends the start with its one line.
preload_app = True


def pre_fork(server: Any, worker: Any) -> None:
    """What the loading asked of the database must not be a connection that all processes share."""
    connections.close_all()
