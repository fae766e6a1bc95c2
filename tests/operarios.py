"""Workers as processes of their own, forked so that they start in milliseconds and can be killed by the thousand."""

import os
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from django.db import connections

from notificacoes import mail
from notificacoes.domain.repeticao import Prazos
from notificacoes.models import Envio
from notificacoes.models.envio import ABERTOS
from notificacoes.services.entrega import deliver
from portal import clock

NOW = timedelta(0)
ROUNDS = 200
# No waiting: what is in doubt goes again at once. And no end to patience, for here it is the hangman that ends workers.
IMPATIENT = replace(Prazos(), duvida=NOW, esperas=(NOW,), quedas=30_000, tentativas=30_000)


def fork(work: Callable[[], object]) -> int:
    """The child's pid. It shares neither connections nor the end of this process."""
    connections.close_all()
    pid = os.fork()
    if pid:
        return pid
    code = 1
    # Where a browser's event loop ran before, the parent holds connections that close_all() does not see from there:
    # dropped, not closed, for the server takes a goodbye as the parent's own.
    for connection in connections.all(initialized_only=True):
        connection.connection = None
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        work()
        code = 0
    except BaseException:  # noqa: BLE001 - the parent sees the code, a person the words
        traceback.print_exc(file=sys.stderr)
    finally:
        os._exit(code)


def wait(pid: int) -> int:
    """How it ended, as subprocess says it: the exit code, or the signal as a negative number."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def has_ended(pid: int) -> bool:
    """Without taking its ending from whoever waits for it."""
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def deliver_once(prazos: Prazos = IMPATIENT) -> None:
    with mail.connect() as correio:
        deliver(correio=correio, agora=clock.now, relogio=clock.instant, prazos=prazos)


def deliver_all(prazos: Prazos = IMPATIENT) -> None:
    """Until nothing is open."""
    for _ in range(ROUNDS):
        if not Envio.objects.filter(estado__in=ABERTOS).exists():
            return
        deliver_once(prazos)
    raise AssertionError("a fila não se esvazia")
