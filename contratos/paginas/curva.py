"""The hours of a month as a line drawn by the server: geometry only. What it says stands in the table beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contratos.domain.montantes.exato import number
from contratos.domain.montantes.modulacao import Potencia, named
from contratos.domain.periodos import HORAS_DO_DIA

LARGURA, ALTURA, MARGEM, TOPO = 760, 220, 96, 16  # in the drawing's own units; MARGEM: for the words at the left
FOLGA = Decimal("1.08")  # room above the highest
SEMANA = 7
MARCADAS = 60  # hours with a mark at most: more would be a blot


@dataclass(frozen=True, slots=True)
class Linha:
    """Across the drawing, at a height, with what it is called."""

    y: str
    nome: str


@dataclass(frozen=True, slots=True)
class Curva:
    """`fora`: where hours out of the limits have their mark, for whoever sees no colours."""

    caminho: str
    limites: list[Linha]
    dias: list[tuple[str, int]]
    fora: list[tuple[str, str]]
    descricao: str
    base: int = ALTURA
    margem: int = MARGEM
    largura: int = LARGURA


def of_month(inicio: date, horas: Sequence[Decimal], potencia: Potencia | None, fora: Iterable[int]) -> Curva:
    """`inicio`: the day of the first hour; `fora`: hours from 0 that may not stay so."""
    most = max([*horas, potencia.maxima if potencia else Decimal(0)])
    scale = _Escala(len(horas), most * FOLGA or Decimal(1))
    lines = [Linha(scale.y(Decimal(0)), "0")]
    if potencia:
        lines += [Linha(scale.y(potencia.maxima), f"máx. {_short(potencia.maxima)}")]
        lines += [Linha(scale.y(potencia.minima), f"mín. {_short(potencia.minima)}")] if potencia.minima else []
    marks = [(scale.x(hora), scale.y(horas[hora])) for hora in list(fora)[:MARCADAS]]
    days = [(scale.x(hora), hora // HORAS_DO_DIA + inicio.day) for hora in range(0, len(horas), HORAS_DO_DIA * SEMANA)]
    return Curva(_path(scale, horas), lines, days, marks, _described(inicio, horas))


@dataclass(frozen=True, slots=True)
class _Escala:
    horas: int
    topo: Decimal

    def x(self, hora: int) -> str:
        return f"{MARGEM + (LARGURA - MARGEM) * hora / self.horas:.1f}"

    def y(self, valor: Decimal) -> str:
        return f"{ALTURA - (ALTURA - TOPO) * valor / self.topo:.1f}"


def _path(scale: _Escala, horas: Sequence[Decimal]) -> str:
    """A step for each hour that differs from the one before it."""
    parts: list[str] = []
    last = ""
    for hora, valor in enumerate(horas):
        y = scale.y(valor)
        if y != last:
            parts.append(f"H{scale.x(hora)}V{y}" if parts else f"M{scale.x(0)},{y}")
            last = y
    return "".join([*parts, f"H{scale.x(len(horas))}"])


def _described(inicio: date, horas: Sequence[Decimal]) -> str:
    low, high = min(horas), max(horas)
    first, last = horas.index(low), horas.index(high)
    return (
        f"Menor valor: {number(low)} MWh, em {named(inicio, first)}. Maior valor: {number(high)} MWh, em "
        f"{named(inicio, last)}."
    )


def _short(valor: Decimal) -> str:
    """Without the zeros that say nothing."""
    return number(valor.normalize()) if valor else "0"
