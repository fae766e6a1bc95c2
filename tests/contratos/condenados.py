"""Work done by processes of their own that SIGKILL ends: at a statement drawn by lot, or at some moment of the clock.

A statement ends its process before it reaches the database, or once it was answered: so death falls between any two
of them, and before and after a transaction is closed. A seed draws the same statements again.
"""

import os
import random
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from tests import operarios

Trabalho = Callable[[], object]
Retrato = dict[str, Any]
LIVES = 300  # at most, until the work is done
BY_THE_CLOCK = 0.25  # of the lives are ended from outside
LONGEST = 0.3  # seconds of those


@dataclass
class Contagem:
    """Statements that reached the database; with a limit, whoever issues one more is dead."""

    limit: int | None = None
    before: bool = False
    seen: int = 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self.seen += 1
        over = self.limit is not None and self.seen > self.limit
        if over and self.before:
            os.kill(os.getpid(), signal.SIGKILL)
        found = execute(sql, params, many, context)
        if over:
            os.kill(os.getpid(), signal.SIGKILL)
        return found


def undisturbed(work: Trabalho, look: Callable[[], Retrato]) -> tuple[Retrato, int]:
    """What it would leave behind, taken back again; and how many statements it needs."""
    with transaction.atomic(), connection.execute_wrapper(contagem := Contagem()):
        work()
        needed, found = contagem.seen, look()
        transaction.set_rollback(True)
    return found, needed


@dataclass
class Condenados:
    """`life`: statements, on average; `at_once`: how many work together."""

    work: Trabalho
    life: int
    semente: int
    at_once: int = 1
    deaths: int = 0
    endings: list[int] = field(default_factory=list)  # of those who worked last
    chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.semente)  # noqa: S311 - no secret

    def run(self, is_done: Callable[[], bool], *, after_each: Trabalho = lambda: None) -> None:
        for _ in range(LIVES):
            self.endings = [operarios.wait(pid) for pid in [self._one() for _ in range(self.at_once)]]
            self.deaths += self.endings.count(-signal.SIGKILL)
            after_each()
            if is_done():
                return
        raise AssertionError(f"não termina em {LIVES} vidas; semente {self.semente}")

    def _one(self) -> int:
        contagem = Contagem(self.chance.randint(0, 2 * self.life), self.chance.random() < 0.5)
        by_the_clock, moment = self.chance.random() < BY_THE_CLOCK, self.chance.uniform(0, LONGEST)
        if by_the_clock:  # a fast machine must not finish all of it within that time
            contagem.limit = 2 * self.life
        pid = operarios.fork(lambda: self._work(contagem))
        if by_the_clock:
            time.sleep(moment)
            os.kill(pid, signal.SIGKILL)
        return pid

    def _work(self, contagem: Contagem) -> None:
        with connection.execute_wrapper(contagem):
            self.work()
