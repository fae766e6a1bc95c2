"""By the buyer's load profile, clipped to the band, with the year's energy kept to the last place (3.49, 3.50).

One scalar λ for all months: `clip(λ·peso, 85 %, 115 %)`, so that the months that are not clipped keep the proportions
of the profile. To clip the offenders, spread what is left and repeat would distort them (docs/decisions/027).
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import lcm

from contratos.domain.montantes.exato import POR_MWH, Recusado, decimal, half_up, hundredths, micros
from contratos.domain.montantes.faixa import DE_85_A_115, Faixa, Limites, limits, shares

Horas = Mapping[date, int]
Pesos = Mapping[date, Decimal]


class PerfilIncompleto(Recusado):
    """A month without load: nothing is calculated, somebody must ask for the profile."""


class SemCasas(Recusado):
    """An amount of some millionths, which six places cannot keep within the band."""


@dataclass(frozen=True, slots=True)
class Mes:
    """What a screen shows of one month; the shares in percent of the mean."""

    energia: Decimal
    parte: Decimal
    sem_corte: Decimal
    cortado: bool


@dataclass(frozen=True, slots=True)
class Resultado:
    """`fator`: λ, MWh of the contract for each of the profile; the least one where several give the same months."""

    fator: Fraction
    meses: dict[date, Mes]

    @property
    def energias(self) -> dict[date, Decimal]:
        return {mes: each.energia for mes, each in self.meses.items()}


def from_power(mwmed: Pesos, horas: Horas) -> dict[date, Decimal]:
    """Weights in MWh of a profile that was declared in MWmédio."""
    return {mes: valor * horas[mes] for mes, valor in mwmed.items() if mes in horas}


def distribute(energia: Decimal, horas: Horas, pesos: Pesos, faixa: Faixa = DE_85_A_115) -> dict[date, Decimal]:
    """MWh of each month; `pesos`, the load of the same months in MWh, in any unit and with any number of places.

    Half up at six places, and into the band. The residual of rounding goes, whole, to the first month that is not
    clipped and bears it without leaving the band; where there is none, as with all clipped, to the first that bears it.
    """
    meses, limites, _, exatos, _ = _solved(energia, horas, pesos, faixa)
    return dict(zip(meses, map(decimal, _rounded(micros(energia), limites, exatos)), strict=True))


def explain(energia: Decimal, horas: Horas, pesos: Pesos, faixa: Faixa = DE_85_A_115) -> Resultado:
    """The same with what it was worked out from: λ, and each month before it was clipped."""
    meses, limites, weights, exatos, fator = _solved(energia, horas, pesos, faixa)
    energias = dict(zip(meses, map(decimal, _rounded(micros(energia), limites, exatos)), strict=True))
    parts, media = shares(energias, energia, horas), sum(weights, Fraction(0)) / sum(horas.values())
    return Resultado(
        fator,
        {
            mes: Mes(energias[mes], parts[mes], hundredths(weight / horas[mes] / media * 100), not limite.loose(exato))
            for mes, weight, exato, limite in zip(meses, weights, exatos, limites, strict=True)
        },
    )


def _solved(
    energia: Decimal, horas: Horas, pesos: Pesos, faixa: Faixa
) -> tuple[list[date], list[Limites], list[Fraction], list[Fraction], Fraction]:
    """Months, their limits and weights in order, what λ makes of each, and λ."""
    if missing := missing_months(horas, pesos):
        named = ", ".join(f"{mes:%m/%Y}" for mes in missing)
        raise PerfilIncompleto(f"O perfil de carga não tem valor maior que zero em {named}. Sem ele não há cálculo.")
    meses, bounds = sorted(horas), limits(energia, horas, faixa)
    limites, weights = [bounds[mes] for mes in meses], [Fraction(pesos[mes]) for mes in meses]
    fator = solve(Fraction(energia), limites, weights)
    return meses, limites, weights, [fator * weight for weight in weights], fator


def missing_months(horas: Horas, pesos: Pesos) -> list[date]:
    """Contractual months for which the profile has no load."""
    return [mes for mes in sorted(horas) if pesos.get(mes, Decimal(0)) <= 0]


def solve(energia: Fraction, limites: Sequence[Limites], pesos: Sequence[Fraction]) -> Fraction:
    """The least λ at which the clipped months add up to the energy; exact.

    Their sum does not fall as λ grows, and is a straight line between two points at which some month reaches a limit:
    the first stretch with enough at its end has the answer.
    """
    inteiros = Inteiros.of(limites, pesos)
    pairs = zip(limites, pesos, strict=True)
    points = sorted(limite / peso for each, peso in pairs for limite in (each.minimo, each.maximo))
    at = bisect_left(points, energia, key=inteiros.clipped_sum)
    before, point = points[max(at - 1, 0)], points[at]
    below, above = inteiros.clipped_sum(before), inteiros.clipped_sum(point)
    return before + (point - before) * (energia - below) / (above - below) if below < energia else point


@dataclass(frozen=True, slots=True)
class Inteiros:
    """Limits and weights in whole numbers of units of their own: fractions would reduce themselves at every step."""

    trios: tuple[tuple[int, int, int], ...]
    mwh: int  # units in one MWh
    peso: int  # units in one of the profile

    @classmethod
    def of(cls, limites: Sequence[Limites], pesos: Sequence[Fraction]) -> "Inteiros":
        mwh = lcm(*(limite.denominator for each in limites for limite in (each.minimo, each.maximo)))
        unit = lcm(*(peso.denominator for peso in pesos))
        pairs = zip(limites, pesos, strict=True)
        return cls(
            tuple((int(each.minimo * mwh), int(peso * unit), int(each.maximo * mwh)) for each, peso in pairs), mwh, unit
        )

    def clipped_sum(self, fator: Fraction) -> Fraction:
        """MWh of all months at that λ."""
        up, down = fator.numerator * self.mwh, fator.denominator * self.peso
        return Fraction(
            sum(min(max(low * down, up * peso), high * down) for low, peso, high in self.trios), down * self.mwh
        )


def _rounded(energia: int, limites: Sequence[Limites], exatos: Sequence[Fraction]) -> list[int]:
    """In millionths. A month that only rounding takes over a limit is put back on it."""
    ranges = [(micros(each.piso), micros(each.teto)) for each in limites]
    parts = [min(max(half_up(valor * POR_MWH), piso), teto) for valor, (piso, teto) in zip(exatos, ranges, strict=True)]
    residuo = energia - sum(parts)
    bears = [n for n, (piso, teto) in enumerate(ranges) if piso <= parts[n] + residuo <= teto]
    if not bears or any(piso > teto for piso, teto in ranges):
        raise SemCasas("O montante é pequeno demais: com 6 casas decimais não há meses que caibam na faixa e o somem.")
    loose = [n for n in bears if limites[n].loose(exatos[n])]
    parts[(loose or bears)[0]] += residuo
    return parts
