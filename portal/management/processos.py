"""Child processes that start together and end together, also where this one is killed outright."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType

PR_SET_PDEATHSIG = 1
GRACE = 20  # seconds to finish what they are doing
ROOT_IS_FINE = "ignore:You're running the worker with superuser"  # a demonstration in a container often is
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Conjunto:
    """Start with `start`, then `wait`; leaving the `with` ends every child."""

    def __init__(self, folder: Path, *, grace: float = GRACE) -> None:
        self.folder, self.grace = folder, grace
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self._asked_to_end = threading.Event()

    def __enter__(self) -> "Conjunto":
        for ending in ENDINGS:
            signal.signal(ending, self._ask_to_end)
        return self

    def __exit__(self, *error: object) -> None:
        for child in self.children.values():
            child.terminate()
        for child in self.children.values():
            try:
                child.wait(self.grace)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()

    def start(self, name: str, arguments: Sequence[str]) -> None:
        """A Python module with its arguments. Ctrl-C reaches this process alone, which then ends the children."""
        self.children[name] = subprocess.Popen(  # noqa: S603 - our own programs, no word of it from outside
            [sys.executable, "-W", ROOT_IS_FINE, "-m", *arguments],
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_end_with(os.getpid()),
        )

    def until(self, ready: Callable[[], bool], *, pause: float = 0.2) -> bool:
        """True as soon as `ready()`; False where a child ended or the end was asked for before."""
        while not self._asked_to_end.wait(pause):
            if self.ended():
                return False
            if ready():
                return True
        return False

    def ended(self) -> str:
        """The name of the first child found dead, or nothing."""
        return next((name for name, child in self.children.items() if child.poll() is not None), "")

    def wait(self) -> str:
        """Until the end is asked for (empty) or a child ends by itself (its name)."""
        self.until(lambda: False, pause=0.5)
        return self.ended()

    def _ask_to_end(self, number: int, frame: FrameType | None) -> None:
        self._asked_to_end.set()


def _end_with(parent: int) -> Callable[[], None] | None:
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl  # loaded before the fork

    def in_child() -> None:
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it died in between
            os.kill(os.getpid(), signal.SIGTERM)

    return in_child
