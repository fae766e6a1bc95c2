"""A million due dates of six kinds, `date` objects in and out, against numpy's bare arrays. Goal: ≤ 3×, in one run.

numpy does the least that answers the same question, on days that are arrays already; its way from and to `date`
objects, which ours includes, stands beside it. Processor time, the best of some rounds, in turns; every date compared.
"""

import argparse
import math
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from contratos.domain.prazos import due_dates, needed, parse
from contratos.domain.prazos.expressao import ANO, MESES
from portal.calendario.nacional import holidays
from portal.kernel.business_days import Calendario

ANOS = range(2020, 2042)
FERIADOS = holidays(ANOS)
CALENDARIO = Calendario(FERIADOS, first=date(ANOS[0], 1, 1), last=date(ANOS[-1], 12, 31))
FOLGAS = np.busdaycalendar(holidays=np.array(sorted(FERIADOS), dtype="datetime64[D]"))
Array = np.ndarray


def after(days: Array, n: int) -> Array:
    return np.busday_offset(days, n, roll="backward" if n > 0 else "forward", busdaycal=FOLGAS)


def months(days: Array, later: int) -> Array:
    return (days.astype("datetime64[M]") + later).astype("datetime64[D]")


NUMPY: dict[str, Callable[..., Array]] = {
    "P+25du": lambda p: after(p, 25),
    "MS+9du": lambda ms: after(months(ms, 1) - 1, 9),
    "T+30dc": lambda t: t + 30,
    "D25@M-1": lambda m: months(m, -1) + 24,
    "31Dec-2du": lambda ano: after((ano.astype("datetime64[Y]") + 1).astype("datetime64[D]") - 1, -2),
    "max(P,H)+25du": lambda p, h: after(np.maximum(p, h), 25),
}


@dataclass
class Caso:
    """One expression with its rows; seconds are the best so far."""

    texto: str
    linhas: dict[str, list[int]]  # ordinals
    best: dict[str, float] = field(default_factory=dict)

    def columns(self) -> dict[str, list[date]]:
        """Made anew for each round: a `date` that was looked up once remembers its hash."""
        return {nome: list(map(date.fromordinal, days)) for nome, days in self.linhas.items()}

    def timed(self, way: str, work: Callable[[], Sequence[date] | Array]) -> Sequence[date] | Array:
        start = time.process_time()
        found = work()
        self.best[way] = min(self.best.get(way, math.inf), time.process_time() - start)
        return found

    def round(self) -> None:
        ours, theirs = self.columns(), [np.array(days, dtype="datetime64[D]") for days in self.columns().values()]
        found = self.timed("portal", lambda: due_dates(parse(self.texto), ours, CALENDARIO))
        least = self.timed("numpy", lambda: NUMPY[self.texto](*theirs))
        assert found == least.tolist(), self.texto

    def objects(self) -> None:
        columns = self.columns().values()
        self.timed(
            "numpy, dates",
            lambda: NUMPY[self.texto](*(np.array(days, dtype="datetime64[D]") for days in columns)).tolist(),
        )


def caso(texto: str, rows: int, chance: random.Random) -> Caso:
    first, last = date(ANOS[1], 1, 1).toordinal(), date(ANOS[-2], 12, 31).toordinal()
    days = {nome: [chance.randint(first, last) for _ in range(rows)] for nome in sorted(needed(parse(texto)))[::-1]}
    return Caso(texto, {nome: [_start(nome, day) for day in column] for nome, column in days.items()})


def _start(nome: str, ordinal: int) -> int:
    day = date.fromordinal(ordinal)
    if nome in ANO:
        return day.replace(month=1, day=1).toordinal()
    return day.replace(day=1).toordinal() if nome in MESES else ordinal


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--datas", type=int, default=1_000_000)
    parser.add_argument("--voltas", type=int, default=5)
    parser.add_argument("--semente", type=int, default=time.time_ns() % 10**6)
    chosen = parser.parse_args()
    chance, rows = random.Random(chosen.semente), chosen.datas // len(NUMPY)  # noqa: S311 - no secret
    casos = [caso(texto, rows, chance) for texto in NUMPY]
    for _ in range(chosen.voltas):
        for each in casos:
            each.round()
    for each in casos:
        each.objects()
    print(f"{rows * len(casos)} due dates, semente {chosen.semente}, best of {chosen.voltas} rounds, all equal")
    print(f"{'':16}{'portal':>10}{'numpy':>10}{'ratio':>8}{'numpy with dates':>18}{'ratio':>8}")
    everything = {way: sum(each.best[way] for each in casos) for way in casos[0].best}
    for name, best in [*((each.texto, each.best) for each in casos), ("all", everything)]:
        mine, least, objects = (best[way] * 1e3 for way in ("portal", "numpy", "numpy, dates"))
        print(f"{name:16}{mine:>7.1f} ms{least:>7.1f} ms{mine / least:>8.2f}{objects:>15.1f} ms{mine / objects:>8.2f}")
    print(f"{'portal ÷ numpy':16}{everything['portal'] / everything['numpy']:>28.2f}      goal ≤ 3.00")
    return 0


if __name__ == "__main__":
    sys.exit(main())
