"""Several people at the same moment, each on a connection of its own."""

from collections.abc import Callable
from threading import Barrier, Thread

from django.db import connection, connections


def at_once(calls: list[Callable[[], object]]) -> list[object]:
    """Run together, each on a connection of its own; a refusal is an outcome."""
    barrier, outcomes = Barrier(len(calls)), []

    def run(call: Callable[[], object]) -> None:
        barrier.wait()
        try:
            outcomes.append(call())
        except Exception as error:  # noqa: BLE001 - the test looks at every outcome
            outcomes.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert connection.vendor == "postgresql"
    return outcomes
