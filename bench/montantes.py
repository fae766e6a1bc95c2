"""A year of 100,000 contracts by load profile and flat, exact, against NumPy's float64. Goal: ≤ 3×, in one run.

Both have the same numbers in arrays, work in blocks that suit the processor and answer the same thing: the months of
each contract, clipped to the band, rounded to six places, the residual in the first month not clipped. Beside it stands
the least that floating point can do: neither rounding nor residual. Processor time, the best of some rounds, in turns.
Some columns are compared with `perfil` and `flat`, which do one contract in fractions; so is every single sum.
"""

import argparse
import math
import resource
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

import numpy as np

from contratos.domain.montantes import corrida, flat, lote, perfil
from contratos.domain.montantes.corrida import Caso
from contratos.domain.montantes.exato import decimal
from contratos.domain.montantes.meses import hours_of
from contratos.domain.prazos import month

HORAS = hours_of(month(date(2027, 1, 1), later) for later in range(12))
BAIXO, ALTO, POR_MWH = 0.85, 1.15, 1e6
EPSILON = 1e-14  # of the year: below it a column is settled
AMOSTRA = 200
Array = np.ndarray


def scene(contratos: int, semente: int) -> tuple[Array, Array]:
    """Energy of 1 GWh to 10 TWh, and loads that go up and down by a fifth or so, both in millionths of a MWh."""
    chance = np.random.default_rng(semente)
    hours = np.array(list(HORAS.values()))[:, None]
    load = chance.uniform(1, 5_000, contratos) * chance.lognormal(0, 0.2, (len(HORAS), contratos))
    return (10 ** chance.uniform(9, 13, contratos)).astype(np.int64), (load * hours * POR_MWH).astype(np.int64)


def blocks(contratos: int) -> Iterator[slice]:
    return (slice(first, first + lote.POR_VEZ) for first in range(0, contratos, lote.POR_VEZ))


def float_profile(energia: Array, pesos: Array, *, whole: bool) -> Array:
    """The same search for λ, column by column settled, in floating point; MWh in and out."""
    found = np.empty(pesos.shape)
    hours = np.array(list(HORAS.values()), dtype=float)[:, None]
    shares = hours / hours.sum()
    for here in blocks(energia.size):
        e, w = energia[here], pesos[:, here]
        low, high = BAIXO * shares * e, ALTO * shares * e
        exact = w * (e * factor(w, shares))
        clipped = np.minimum(np.maximum(exact, low), high)
        found[:, here] = rounded(e, exact, clipped, low, high) if whole else clipped
    return found


def factor(pesos: Array, shares: Array) -> Array:
    """λ for each MWh: what of the year is left to the months not clipped, by their weights."""
    found, columns = np.empty(pesos.shape[1]), np.arange(pesos.shape[1])
    w, loose, rest, settled = pesos, np.ones(pesos.shape, bool), np.ones(columns.size), np.zeros(columns.size)
    low, high = BAIXO * shares, ALTO * shares
    while columns.size:
        fator = rest / w.sum(axis=0)
        part = w * fator
        below, above = part <= low, part >= high
        gap = np.minimum(np.maximum(part, low, out=part), high, out=part).sum(axis=0) - rest - settled
        much, little = gap > EPSILON, gap < -EPSILON
        stay = ((below & much) | (above & little)) & loose
        wait = much | little
        if 3 * np.count_nonzero(wait) <= 2 * columns.size:
            more = np.flatnonzero(wait)
            found[columns[~wait]] = fator[~wait]
            columns, rest, settled, much = columns[more], rest[more], settled[more], much[more]
            w, loose, stay = w.take(more, axis=1), loose.take(more, axis=1), stay.take(more, axis=1)
        now = (shares * stay).sum(axis=0)
        rest = rest - now * np.where(much, BAIXO, ALTO)
        settled = settled + now * BAIXO
        loose &= ~stay
        w = w * ~stay
    return found


def rounded(energia: Array, exact: Array, clipped: Array, low: Array, high: Array) -> Array:
    """To six places, the residual in the first month not clipped."""
    found = np.rint(clipped * POR_MWH) / POR_MWH
    loose = (exact > low) & (exact < high)
    ranks = np.arange(len(exact), 0, -1, dtype=np.int16)[:, None]
    first = np.minimum(len(exact) - (loose * ranks).max(axis=0), len(exact) - 1)
    found[first, np.arange(energia.size)] += energia - found.sum(axis=0)
    return found


def float_flat(energia: Array, *, whole: bool) -> Array:
    hours = np.array(list(HORAS.values()), dtype=float)[:, None]
    found = np.empty((len(HORAS), energia.size))
    for here in blocks(energia.size):
        part = np.multiply(hours / hours.sum(), energia[here], out=found[:, here])
        if whole:
            part *= POR_MWH
            np.rint(part, out=part)
            part /= POR_MWH
            part[0] += energia[here] - part.sum(axis=0)
    return found


def timed(best: dict[str, float], way: str, work: Callable[[], object]) -> object:
    start = time.process_time()
    found = work()
    best[way] = min(best.get(way, math.inf), time.process_time() - start)
    return found


def compare(energia: Array, pesos: Array, voltas: int) -> dict[str, float]:
    """Seconds of each way; and nothing but equal months."""
    best: dict[str, float] = {}
    mwh, load = energia / POR_MWH, pesos / POR_MWH
    for _ in range(voltas):
        exact = timed(best, "perfil", lambda: lote.perfil(energia, list(HORAS.values()), pesos))
        near = timed(best, "perfil float", lambda: float_profile(mwh, load, whole=True))
        timed(best, "perfil least", lambda: float_profile(mwh, load, whole=False))
        even = timed(best, "flat", lambda: lote.flat(energia, list(HORAS.values())))
        timed(best, "flat float", lambda: float_flat(mwh, whole=True))
        timed(best, "flat least", lambda: float_flat(mwh, whole=False))
    assert isinstance(exact, lote.Lote)
    assert isinstance(even, lote.Lote)
    for done in (exact, even):
        assert not done.incertos
        assert (done.valores.sum(axis=0) == energia).all()
    assert np.abs(exact.valores / POR_MWH - near).max() < 1e-3
    for column in range(0, energia.size, max(1, energia.size // AMOSTRA)):
        mwmed = dict(zip(HORAS, map(Decimal, pesos[:, column].tolist()), strict=True))
        amount = decimal(int(energia[column]))
        for done, one in ((exact, perfil.distribute(amount, HORAS, mwmed)), (even, flat.distribute(amount, [*HORAS]))):
            assert [decimal(each) for each in done.valores[:, column].tolist()] == list(one.values()), column
    return best


def cases(contratos: int) -> Iterator[Caso]:
    """Made one after the other, as a query would bring them."""
    for chave in range(contratos):
        pesos = {mes: Decimal(1_000_000 + chave * 7919 % 400_000 + mes.month * 1000) for mes in HORAS}
        yield Caso(chave, Decimal(chave + 1000), HORAS, pesos)


def memory(contratos: int) -> tuple[float, float]:
    """MB by which the process grew at most for a tenth of them, and more for all; answers are not kept."""
    peaks = [_peak()]
    for many in (contratos // 10, contratos):
        for _ in corrida.distribute(cases(many)):
            pass
        peaks.append(_peak())
    return peaks[1] - peaks[0], peaks[2] - peaks[1]


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contratos", type=int, default=100_000)
    parser.add_argument("--voltas", type=int, default=7)
    parser.add_argument("--semente", type=int, default=time.time_ns() % 10**6)
    chosen = parser.parse_args()
    few, more = memory(chosen.contratos)  # first: what comes later would hide it
    best = compare(*scene(chosen.contratos, chosen.semente), chosen.voltas)
    print(f"{chosen.contratos} contracts × 12 months, semente {chosen.semente}, best of {chosen.voltas} rounds")
    print(f"{'':10}{'exact':>11}{'float64':>11}{'ratio':>8}{'least float64':>16}{'ratio':>8}")
    for name in ("perfil", "flat"):
        mine, same, least = (best[way] * 1e3 for way in (name, f"{name} float", f"{name} least"))
        print(f"{name:10}{mine:>8.1f} ms{same:>8.1f} ms{mine / same:>8.2f}{least:>13.1f} ms{mine / least:>8.2f}")
    print(f"{'perfil, exact ÷ float64':30}{best['perfil'] / best['perfil float']:>10.2f}      goal ≤ 3.00")
    print(
        f"{'memory, all ÷ a tenth':30}{1 + more / few:>10.2f}      {few:.1f} MB for a tenth, {more:.1f} MB more for all"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
