"""The one command of a single machine, as a process: up together, down together, nothing left behind."""

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.comandos.processos import alive, family_of
from tests.servidores import free_port

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 240  # seconds; the first start plays the whole demonstration, beside other tests


class Portal:
    def __init__(self, var: Path, port: int) -> None:
        env = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
        self.port, self.log = port, var / "log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "portal"],
                env={**env, "PORTAL_VAR": str(var), "PORTA": str(port)},
                cwd=ROOT, stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip

    def wait_for(self, condition: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < end, self.log.read_text()
            time.sleep(0.2)

    def greeted(self) -> bool:
        return "Ctrl-C encerra." in self.log.read_text()

    def health(self) -> int:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)) as connection:
            connection.request("GET", "/saude/")
            return connection.getresponse().status

    def family(self) -> list[int]:
        return family_of(self.process.pid)


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("portal")


@pytest.fixture
def portal(var: Path) -> Iterator[Portal]:
    started = Portal(var, free_port())
    family: list[int] = []
    try:
        started.wait_for(started.greeted)
        family = started.family()
        yield started
    finally:
        for pid in alive([*family, started.process.pid]):
            os.kill(pid, signal.SIGKILL)
        started.process.wait()


def test_it_comes_up_says_so_and_goes_down(portal: Portal, var: Path) -> None:
    said = portal.log.read_text()

    assert f"http://127.0.0.1:{portal.port}/" in said
    assert not {"demo-portal-2026", "ana.ccee"} - set(said.replace(":", " ").split())
    assert not {"Traceback", "Warning"} & set(said.replace(":", " ").split()), said
    assert portal.health() == 200
    assert (var / "demo/LEIA-ME.txt").exists()

    second = subprocess.run(
        [sys.executable, "manage.py", "portal"],
        env={**os.environ, "PORTAL_VAR": str(var), "PORTA": str(portal.port)},
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert second.returncode == 1
    assert second.stderr.count("\n") == 1
    assert f"A porta {portal.port} não está livre" in second.stderr

    family = portal.family()
    assert len(family) >= 5  # web and its worker, tasks, beat
    portal.process.terminate()
    assert portal.process.wait(PATIENCE) == 0
    portal.wait_for(lambda: not alive(family))


def test_every_page_answers_on_the_database_of_the_demonstration(portal: Portal, var: Path) -> None:
    """Everything else is tested on PostgreSQL; whoever tries the portal has SQLite."""
    env = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    program = "import django; django.setup(); from tests.comandos.visita import main; raise SystemExit(main())"

    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**env, "PORTAL_VAR": str(var), "DJANGO_SETTINGS_MODULE": "portal.settings"},
        cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
