"""The one command of a single machine, as a process: up together, down together, nothing left behind."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from portal.kernel.guard import attempt
from tests.servidores import free_port

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 90  # seconds; the machine may be busy with other tests


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
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        connection.request("GET", "/saude/")
        return connection.getresponse().status

    def family(self) -> list[int]:
        """This process and all below it."""
        found = [self.process.pid]
        for pid in found:
            children = Path(f"/proc/{pid}/task/{pid}/children")
            found += map(int, attempt(children.read_text, "").split())
        return found


def alive(pids: list[int]) -> list[int]:
    """A zombie counts as dead."""
    states = {pid: attempt(Path(f"/proc/{pid}/stat").read_text, "").rpartition(")")[2].split() for pid in pids}
    return [pid for pid, state in states.items() if state and state[0] != "Z"]


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


def test_it_says_where_it_is_and_who_can_sign_in(portal: Portal, var: Path) -> None:
    said = portal.log.read_text()

    assert f"http://127.0.0.1:{portal.port}/" in said
    assert "demo-portal-2026" in said and "ana.ccee" in said
    assert "Traceback" not in said and "Warning" not in said, said
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


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_the_end_is_asked_for(portal: Portal, how: signal.Signals) -> None:
    family = portal.family()
    assert len(family) >= 4  # web and its worker, tasks, beat

    portal.process.send_signal(how)

    assert portal.process.wait(PATIENCE) == 0
    portal.wait_for(lambda: not alive(family))


def test_killed_outright_it_leaves_nothing_behind(portal: Portal) -> None:
    family = portal.family()

    portal.process.kill()
    portal.process.wait()

    portal.wait_for(lambda: not alive(family))
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", portal.port))


def test_when_one_child_dies_the_others_end_too(portal: Portal) -> None:
    family = portal.family()
    beat = family[3]

    os.kill(beat, signal.SIGKILL)

    assert portal.process.wait(PATIENCE) == 1
    assert "terminou sozinho" in portal.log.read_text()
    portal.wait_for(lambda: not alive(family))
