"""Work of libraries that run an event loop of their own."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def apart(work: Callable[[], T]) -> T:
    """In another thread where this one is in an event loop already (ASGI): asyncio.run() would refuse here."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return work()
    with ThreadPoolExecutor(1) as elsewhere:
        return elsewhere.submit(work).result()
