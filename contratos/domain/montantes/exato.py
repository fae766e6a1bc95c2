"""Whole millionths of a MWh: no sum of them rounds, and no quotient rounds twice."""

from collections.abc import Iterable, Sequence
from decimal import Context, Decimal
from fractions import Fraction

CASAS = 6
POR_MWH = 10**CASAS
CENTESIMO = Decimal("0.01")
EXATO = Context(prec=60)  # moving the point of an amount never drops a figure


class Recusado(ValueError):
    """A calculation that its inputs do not allow; the text is for the user."""


def micros(valor: Decimal) -> int:
    """Of an amount; what is negative or has more places is refused, for nothing is rounded in silence."""
    if valor < 0:
        raise Recusado(f"{number(valor)} é negativo.")
    scaled = EXATO.scaleb(valor, CASAS)
    if scaled != (whole := int(scaled)):
        raise Recusado(f"{number(valor)} tem mais de {CASAS} casas decimais, e nada é arredondado.")
    return whole


def decimal(micro: int) -> Decimal:
    """With its six places."""
    return EXATO.scaleb(Decimal(micro), -CASAS)


def half_up(valor: Fraction) -> int:
    """ROUND_HALF_UP of what is not negative."""
    return (2 * valor.numerator + valor.denominator) // (2 * valor.denominator)


def apportion(total: int, pesos: Sequence[int]) -> list[int]:
    """Each its part by weight, rounded half up; what rounding gives or takes goes, whole, to one place (3.31).

    That is the first one with a weight. Where it would fall below zero, the first that does not, as for the plant that
    has hardly any sun in January; where nobody can bear it, the amount is too small to be shared out at all.
    """
    everything = sum(pesos)
    if min(pesos, default=0) < 0 or not everything:
        raise Recusado("Não há por onde repartir a energia: falta a proporção entre os períodos.")
    parts = [(2 * total * peso + everything) // (2 * everything) for peso in pesos]  # half up
    residuo = total - sum(parts)
    for at, peso in enumerate(pesos):
        if peso and parts[at] + residuo >= 0:
            parts[at] += residuo
            return parts
    raise Recusado(
        f"{number(decimal(total))} MWh é pouco para repartir em {len(parts)} partes com {CASAS} casas decimais."
    )


def total(valores: Iterable[Decimal]) -> Decimal:
    return sum(valores, Decimal(0))


def hundredths(valor: Fraction) -> Decimal:
    """For the eye, with two places; never to be compared."""
    return half_up(valor * 100) * CENTESIMO


def number(valor: Decimal) -> str:
    return f"{valor:f}".replace(".", ",")
