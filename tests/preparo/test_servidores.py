"""The servers under the tests leave nothing running behind them."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]
START = """
import os, time
import tests.servidores
print(os.environ["DATABASE_URL"], os.environ["REDIS_URL"], flush=True)
time.sleep(60)
"""


def is_open(url: str) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", urlsplit(url).port or 0)) == 0


def test_servers_end_with_the_process_that_was_killed() -> None:
    own = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
    own.pop("PYTEST_XDIST_WORKER", None)
    process = subprocess.Popen([sys.executable, "-c", START], cwd=ROOT, env=own, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    with process.stdout as output:
        urls = output.readline().split()
    try:
        assert [is_open(url) for url in urls] == [True, True]
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()

    end = time.monotonic() + 20
    while any(map(is_open, urls)) and time.monotonic() < end:
        time.sleep(0.05)
    assert not any(map(is_open, urls))
