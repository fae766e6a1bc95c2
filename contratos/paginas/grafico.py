"""Bars drawn by the server: geometry only. What they say stands in the table beside them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

LARGURA, ALTURA, TOPO, PASSO, BARRA = 720, 220, 24, 60, 36  # in the drawing's own units
FOLGA = Decimal("1.08")  # room above the tallest
MINIMO = Decimal(130)  # percent that the scale shows at least
ABREVIADOS = ("jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez")


@dataclass(frozen=True, slots=True)
class Barra:
    """A bar that would be refused has a mark, for whoever sees no colours."""

    x: int
    y: str
    altura: str
    meio: int
    nome: str
    parte: str
    aceita: bool


@dataclass(frozen=True, slots=True)
class Grafico:
    """`minimo` and `maximo`: the heights of the band's lines; none where there is no band. `media`: of 100 %."""

    barras: list[Barra]
    media: str
    minimo: str | None
    maximo: str | None
    base: int = ALTURA
    largura: int = LARGURA


def of_year(
    partes: Mapping[date, Decimal], banda: tuple[Decimal, Decimal] | None, recusados: Collection[date] = ()
) -> Grafico:
    """`partes`: percent of the mean by month, from January at the left. `recusados`: months that would be."""
    top = max([MINIMO, *partes.values()]) * FOLGA
    barras = [_bar(mes, parte, top, mes not in recusados) for mes, parte in sorted(partes.items())]
    low, high = (_y(banda[0], top), _y(banda[1], top)) if banda else (None, None)
    return Grafico(barras, _y(Decimal(100), top), low, high)


def _bar(mes: date, parte: Decimal, top: Decimal, accepted: bool) -> Barra:
    left = (mes.month - 1) * PASSO + (PASSO - BARRA) // 2
    y = _y(parte, top)
    height = _places(ALTURA - Decimal(y))
    return Barra(left, y, height, left + BARRA // 2, ABREVIADOS[mes.month - 1], f"{parte:.0f}%", accepted)


def _y(parte: Decimal, top: Decimal) -> str:
    return _places(ALTURA - (ALTURA - TOPO) * parte / top)


def _places(value: Decimal) -> str:
    """With a point, whatever the locale: it is drawn, not read."""
    return f"{value:.1f}"
