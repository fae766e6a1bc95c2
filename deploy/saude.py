"""Health checks of the containers, `saude.py web` and `saude.py beat`: exit 0 is healthy."""

import http.client
import os
import sys
import time
from pathlib import Path

STALE = 600  # seconds; beat writes its schedule at least every eight minutes


def web() -> str:
    """Asks as the front would, by a name that ALLOWED_HOSTS knows; the loopback address is none."""
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].lstrip(".")
    connection = http.client.HTTPConnection("127.0.0.1", int(os.environ.get("PORTA", "8000")), timeout=8)
    connection.request("GET", "/saude/", headers={"Host": host, "X-Forwarded-Proto": "https"})
    status = connection.getresponse().status
    return "" if status == 200 else f"/saude/ respondeu {status}"


def beat() -> str:
    schedule = Path(os.environ.get("BEAT_AGENDA", "/tmp/agenda-do-beat"))  # noqa: S108 - the container's own tmpfs
    written = max((path.stat().st_mtime for path in schedule.parent.glob(f"{schedule.name}*")), default=0.0)
    return "" if time.time() - written < STALE else "o beat não dá sinal há mais de 10 minutos"


if __name__ == "__main__":
    try:
        problem = {"web": web, "beat": beat}[sys.argv[1]]()
    except OSError as error:
        problem = str(error)
    sys.exit(problem or 0)
