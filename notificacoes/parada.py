"""Being told to end while a run is under way: the message in hand is finished, the rest goes back to the queue."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from celery.signals import worker_shutting_down

_worker_is_ending = threading.Event()


@worker_shutting_down.connect
def _note(**kwargs: Any) -> None:
    """Where tasks run in threads of the worker itself, its main thread got the signal."""
    _worker_is_ending.set()


@contextmanager
def told_to_end() -> Iterator[Callable[[], bool]]:
    """Whether SIGTERM came since. Afterwards it does what it would have done, if it was this process's own."""
    if threading.current_thread() is not threading.main_thread():
        yield _worker_is_ending.is_set
        return
    told = threading.Event()

    def note(number: int, frame: FrameType | None) -> None:
        told.set()

    before = signal.signal(signal.SIGTERM, note)
    try:
        yield lambda: told.is_set() or _worker_is_ending.is_set()
    finally:
        signal.signal(signal.SIGTERM, before if before is not None else signal.SIG_DFL)
        if told.is_set():
            os.kill(os.getpid(), signal.SIGTERM)
