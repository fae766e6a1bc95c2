"""The yearly run: contracts as they come, in portions through `lote`, each answered as if it had been asked alone."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import islice

import numpy as np

from contratos.domain.montantes import flat, lote, perfil
from contratos.domain.montantes.exato import Recusado, decimal, micros
from contratos.domain.montantes.faixa import DE_85_A_115, Faixa

PORCAO = 4096
CABE = 2**62
Meses = tuple[bool, tuple[tuple[date, int], ...]]  # whether flat; each month and its hours


@dataclass(frozen=True, slots=True)
class Caso:
    """`energia` in MWh; `horas` of supply of each contractual month; `pesos`: the load, or None for flat by hours."""

    chave: int
    energia: Decimal
    horas: Mapping[date, int]
    pesos: Mapping[date, Decimal] | None = None


@dataclass(frozen=True, slots=True)
class Resposta:
    """The energy of each month, or why there is none."""

    chave: int
    energias: dict[date, Decimal] = field(default_factory=dict)
    recusa: str = ""


def distribute(casos: Iterable[Caso], faixa: Faixa = DE_85_A_115, *, porcao: int = PORCAO) -> Iterator[Resposta]:
    """In the order of the cases. No more than a portion of them is ever in memory."""
    rest = iter(casos)
    while portion := list(islice(rest, porcao)):
        yield from _portion(portion, faixa)


def alone(caso: Caso, faixa: Faixa = DE_85_A_115) -> Resposta:
    try:
        if caso.pesos is None:
            return Resposta(caso.chave, flat.distribute_by_hours(caso.energia, caso.horas))
        return Resposta(caso.chave, perfil.distribute(caso.energia, caso.horas, caso.pesos, faixa))
    except Recusado as error:
        return Resposta(caso.chave, recusa=str(error))


def _portion(casos: Sequence[Caso], faixa: Faixa) -> Iterator[Resposta]:
    """Those with the same months together; what whole numbers cannot state, and what is not certain, one by one."""
    found: dict[int, Resposta] = {}
    for (is_flat, meses), rows in _together(casos).items():
        numbers = np.array([row for _, row in rows], np.int64).T
        horas = [hours for _, hours in meses]
        done = lote.flat(numbers[0], horas) if is_flat else lote.perfil(numbers[0], horas, numbers[1:], faixa)
        names, doubtful = [mes for mes, _ in meses], set(done.incertos)
        for column, (at, _) in enumerate(rows):
            if column not in doubtful:
                values = map(decimal, done.valores[:, column].tolist())
                found[at] = Resposta(casos[at].chave, dict(zip(names, values, strict=True)))
    return (found[at] if at in found else alone(caso, faixa) for at, caso in enumerate(casos))


def _together(casos: Sequence[Caso]) -> Mapping[Meses, list[tuple[int, list[int]]]]:
    """Where each stands, and its numbers: the energy, then the weights."""
    found: dict[Meses, list[tuple[int, list[int]]]] = defaultdict(list)
    for at, caso in enumerate(casos):
        meses = tuple(sorted(caso.horas.items()))
        try:
            numbers = [
                micros(caso.energia),
                *([] if caso.pesos is None else [micros(caso.pesos[mes]) for mes, _ in meses]),
            ]
        except (Recusado, KeyError):
            continue
        if meses and max(numbers) < CABE:
            found[caso.pesos is None, meses].append((at, numbers))
    return found
