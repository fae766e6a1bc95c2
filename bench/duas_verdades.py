"""10,000 races between two acts on one contract: never two truths, and whoever comes second hears it in words.

Validate or withdraw an agreement; register it twice; sign or cancel a request at midnight of T+30dc; two CCGs at once;
validate a CBR or let it lapse at midnight of MS+9du.
On PostgreSQL, each act on a connection of its own, let go at the same moment. The seed is printed.
"""

import argparse
import importlib
import random
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from bench import _banco

JITTER = 0.004  # seconds at most: who comes first changes from race to race


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corridas", type=int, default=10_000)
    parser.add_argument("--semente", type=int, default=20261122)
    chosen = parser.parse_args()
    print(f"semente {chosen.semente}", flush=True)
    _banco.start("postgresql")
    pares = importlib.import_module("bench._verdades").scenes()
    refusal = importlib.import_module("portal.kernel.errors").DomainError
    pista = Pista(chosen.semente, refusal)
    started = time.monotonic()
    for number in range(chosen.corridas):
        pista.run(pares[number % len(pares)])
        if number % 500 == 0:
            print(f"{number} corridas, {pista.quebras} quebras", file=sys.stderr, flush=True)
    print(f"{chosen.corridas} corridas em {time.monotonic() - started:.0f} s")
    for par in pares:
        print(f"{par.nome:70}{dict(sorted(pista.fins[par.nome].items()))}")
    print(f"quebras: {pista.quebras}, tem de ser 0")
    return 1 if pista.quebras else 0


class Pista:
    """`fins`: by pair, how often which of the two got through."""

    def __init__(self, semente: int, refusal: type[Exception]) -> None:
        self.pool, self.barrier = ThreadPoolExecutor(2), Barrier(2)
        self.random = random.Random(semente)  # noqa: S311 - no secret
        self.refusal = refusal
        self.fins: dict[str, Counter[str]] = {}
        self.quebras = 0

    def run(self, par: Any) -> None:
        waits = [self.random.uniform(0, JITTER) for _ in range(2)]
        runs = [self.pool.submit(self._act, act, wait) for act, wait in zip(par.prepare(), waits, strict=True)]
        fez = [run.result() for run in runs]
        self.fins.setdefault(par.nome, Counter())[" e ".join("fez" if did else "recusado" for did in fez)] += 1
        for text in par.breaks(fez):
            self.quebras += 1
            print(f"QUEBRA {par.nome}: {text}", flush=True)

    def _act(self, act: Any, wait: float) -> bool:
        self.barrier.wait()
        time.sleep(wait)
        try:
            act()
        except self.refusal:
            return False
        return True


if __name__ == "__main__":
    sys.exit(main())
