"""Children start together and end together, whatever happens to whom."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.comandos.processos import alive, family_of

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30  # seconds
PARENT = """
import sys
from pathlib import Path
from portal.management.processos import Conjunto

with Conjunto(Path(sys.argv[1]), grace=1) as processes:
    processes.start("um", ["filho", "manso"])
    processes.start("dois", ["filho", sys.argv[2]])
    print("started", flush=True)
    ended = processes.wait()
print("ended:", ended, flush=True)
"""
CHILD = """
import signal, sys, time
if sys.argv[1] == "surdo":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("filho", flush=True)
time.sleep(300)
"""


class Parent:
    def __init__(self, folder: Path, second: str) -> None:
        (folder / "filho.py").write_text(CHILD)
        self.process = subprocess.Popen(
            [sys.executable, "-c", PARENT, str(folder), second],
            cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self.process.stdout
        for _ in range(3):  # its own line and one of each child
            assert self.process.stdout.readline()
        self.family = family_of(self.process.pid)

    def end(self) -> tuple[int, str]:
        said, _ = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, said

    def wait_for_all(self) -> None:
        end = time.monotonic() + PATIENCE
        while alive(self.family):
            assert time.monotonic() < end
            time.sleep(0.05)


@pytest.fixture
def parent(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Parent]:
    started = Parent(tmp_path, getattr(request, "param", "manso"))
    try:
        yield started
    finally:
        for pid in alive(started.family):
            os.kill(pid, signal.SIGKILL)
        started.process.communicate()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_the_end_that_was_asked_for_ends_all(parent: Parent, how: signal.Signals) -> None:
    assert len(parent.family) == 3

    parent.process.send_signal(how)

    assert parent.end() == (0, "ended: \n")
    parent.wait_for_all()


@pytest.mark.parametrize("parent", ["surdo"], indirect=True)
def test_who_does_not_listen_is_killed(parent: Parent) -> None:
    parent.process.terminate()

    assert parent.end() == (0, "ended: \n")
    parent.wait_for_all()


def test_when_one_dies_the_others_end_and_it_is_named(parent: Parent) -> None:
    os.kill(parent.family[2], signal.SIGKILL)

    assert parent.end() == (0, "ended: dois\n")
    parent.wait_for_all()


def test_a_parent_killed_outright_takes_them_along(parent: Parent) -> None:
    parent.process.kill()
    parent.process.wait()

    parent.wait_for_all()
