"""Very many contracts at once, in NumPy and exact: to the last place what `flat` and `perfil` give for each of them.

Energy is in whole millionths of a MWh and everything decisive is done in 64-bit integers. Whether a month is clipped
does not even need the energy: with R of the mean left for the months that are not, and W their weights, it is at its
lower limit where `R·w ≤ 85 %·h·W`. A quotient is guessed in floating point and put right by its remainder, which is
small, and therefore exact even where the products that it is the difference of wrapped around at 2⁶⁴. The few contracts
that leave these bounds, or whose residual finds no place at once, are named, for `perfil` and `flat` to do (`corrida`).

Arrays have one row for each month and one column for each contract: a row of NumPy is then as long as it likes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

import numpy as np
from numpy.typing import NDArray

from contratos.domain.montantes.faixa import DE_85_A_115, Faixa

Inteiros = NDArray[np.int64]
Sinais = NDArray[np.bool_]
POR_VEZ = 8192  # columns worked on together: their months stay near the processor
CABE = 2**61  # products stay below it, so that twice their remainder is a number too
FICAM = 3  # a third of them done is worth leaving behind
EXATO_EM_FLOAT = 2**49  # below it a quotient guessed in floating point is less than one off


@dataclass(frozen=True, slots=True)
class Lote:
    """Millionths of a MWh of each month; and the columns that are not certain and are to be done by themselves."""

    valores: Inteiros
    incertos: list[int]


def flat(energia: Inteiros, horas: Sequence[int], *, por_vez: int = POR_VEZ) -> Lote:
    """`flat.distribute_by_hours` of each: `energia[contract]`, over months of so many hours, in their order."""
    valores, incertos = np.empty((len(horas), energia.size), np.int64), []
    total, most = sum(horas), CABE // (2 * max(horas))
    for here in _blocks(energia.size, por_vez):
        each, found = energia[here], valores[:, here]
        for row, hours in zip(found, horas, strict=True):
            np.floor_divide(2 * hours * each + total, 2 * total, out=row)  # half up
        found[0] += each - found.sum(axis=0)
        odd = (each < 0) | (each > most) | (found[0] < 0)
        incertos += (np.flatnonzero(odd) + here.start).tolist()
    return Lote(valores, incertos)


def perfil(
    energia: Inteiros, horas: Sequence[int], pesos: Inteiros, faixa: Faixa = DE_85_A_115, *, por_vez: int = POR_VEZ
) -> Lote:
    """`perfil.distribute` of each: `energia[contract]`, `pesos[month, contract]` in any unit, months in their order."""
    valores, incertos = np.empty(pesos.shape, np.int64), []
    medida = Medida.of(horas, faixa)
    for here in _blocks(energia.size, por_vez):
        fits = medida.fits(energia[here], pesos[:, here])
        found, sure = _block(np.where(fits, energia[here], 0), np.where(fits, pesos[:, here], 1), medida)
        valores[:, here] = found
        incertos += (np.flatnonzero(~(sure & fits)) + here.start).tolist()
    return Lote(valores, incertos)


@dataclass(frozen=True, slots=True)
class Medida:
    """Hours and band in the smallest whole numbers: the limits of a month are `baixo·h` and `alto·h` of `total`."""

    horas: tuple[int, ...]
    baixo: int
    alto: int
    total: int

    @classmethod
    def of(cls, horas: Sequence[int], faixa: Faixa) -> "Medida":
        low, high = Fraction(faixa.minimo), Fraction(faixa.maximo)
        unit, parts = gcd(*horas), lcm(low.denominator, high.denominator)
        hours = tuple(each // unit for each in horas)
        return cls(hours, int(low * parts), int(high * parts), sum(hours) * parts)

    def columns(self) -> tuple[Inteiros, Inteiros, Inteiros]:
        """Both limits of each month, and its hours."""
        hours = np.array(self.horas, np.int64)[:, None]
        return self.baixo * hours, self.alto * hours, hours

    def fits(self, energia: Inteiros, pesos: Inteiros) -> Sinais:
        """Columns whose products stay within bounds, and in whose every month there is a whole millionth to be had."""
        most = CABE // (self.alto * sum(self.horas))
        least = -(-self.total // ((self.alto - self.baixo) * min(self.horas)))
        weights = pesos.sum(axis=0, dtype=np.float64)
        usual: Sinais = (energia >= least) & (energia < min(most, EXATO_EM_FLOAT))
        usual &= (weights < most) & (pesos.min(axis=0) > 0)
        return usual

    def limits(self, energia: Inteiros) -> tuple[Inteiros, Inteiros]:
        """Of each month, rounded into the band."""
        baixo, alto, _ = self.columns()
        return -((-baixo * energia) // self.total), (alto * energia) // self.total


def _block(energia: Inteiros, pesos: Inteiros, medida: Medida) -> tuple[Inteiros, Sinais]:
    """The months of each column, and for which of them they are certain."""
    parte, soma = _fator(pesos, medida)
    piso, teto = medida.limits(energia)
    divisor = soma * medida.total
    guess = pesos * (energia * (parte / divisor))
    np.minimum(guess, teto + 1, out=guess)
    found = np.rint(guess, out=guess).astype(np.int64)
    twice = (energia * parte * 2) * pesos
    twice -= found * (divisor * 2)
    found += twice >= divisor
    found -= twice < -divisor
    np.maximum(found, piso, out=found)
    np.minimum(found, teto, out=found)
    residuo = energia - found.sum(axis=0)
    columns, first = np.arange(energia.size), _first_loose(pesos, parte, soma, medida)
    at = np.minimum(first, len(medida.horas) - 1), columns
    found[at] += residuo
    bears = (first < len(medida.horas)) & (piso[at] <= found[at]) & (found[at] <= teto[at])
    return found, (residuo == 0) | bears


def _fator(pesos: Inteiros, medida: Medida) -> tuple[Inteiros, Inteiros]:
    """λ of each column as the share of the mean that is left to the months not clipped, and the sum of their weights.

    With λ as if no more were clipped, the months beyond a limit bring too much or too little. Where it is too much the
    true λ is no greater, and those at the lower limit stay there; where it is too little, those at the upper one. Each
    turn settles a month at least; a column with neither leaves.
    """
    found = np.empty((2, pesos.shape[1]), np.int64)
    baixo, alto, hours = medida.columns()
    columns, w, loose = np.arange(pesos.shape[1]), pesos, np.ones(pesos.shape, bool)
    parte, settled = np.full(columns.size, medida.total), np.zeros(columns.size, np.int64)
    while columns.size:
        soma = w.sum(axis=0)
        part, low, high = w * parte, baixo * soma, alto * soma
        below, above = part <= low, part >= high
        clipped = np.minimum(np.maximum(part, low, out=part), high, out=part).sum(axis=0)
        gap = clipped - soma * (parte + settled)  # a settled month has no weight, and counts as its lower limit
        much, little = gap > 0, gap < 0
        stay = ((below & much) | (above & little)) & loose
        done = np.flatnonzero(gap == 0)
        if FICAM * done.size >= columns.size:
            found[:, columns[done]] = parte[done], soma[done]
            more = np.flatnonzero(gap)
            columns, parte, settled, much = columns[more], parte[more], settled[more], much[more]
            w, loose, stay = w.take(more, axis=1), loose.take(more, axis=1), stay.take(more, axis=1)
        now = (hours * stay).sum(axis=0)
        parte = parte - now * np.where(much, medida.baixo, medida.alto)
        settled = settled + now * medida.baixo
        loose &= ~stay
        w = w * ~stay
    return found[0], found[1]


def _first_loose(pesos: Inteiros, parte: Inteiros, soma: Inteiros, medida: Medida) -> Inteiros:
    """The first month strictly between its limits; beyond the last one where all are clipped."""
    baixo, alto, _ = medida.columns()
    part = pesos * parte
    loose = (part > baixo * soma) & (part < alto * soma)
    ranks = np.arange(len(pesos), 0, -1, dtype=np.int16)[:, None]
    first: Inteiros = len(pesos) - (loose * ranks).max(axis=0).astype(np.int64)
    return first


def _blocks(columns: int, por_vez: int) -> Iterator[slice]:
    for first in range(0, columns, por_vez):
        yield slice(first, min(first + por_vez, columns))
