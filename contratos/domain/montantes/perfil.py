"""By the buyer's load profile, clipped to the band, with the year's energy kept to the last place (3.49, 3.50).

One scalar λ for all months: `clip(λ·peso, 85 %, 115 %)`, so that the months that are not clipped keep the proportions
of the profile. To clip the offenders, spread what is left and repeat would distort them (docs/decisions/027).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

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
    """`fator`: λ, MWh of the contract for each unit of the profile; the least one where several give the same months."""

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
    meses, limites, weights, at = _solved(energia, horas, pesos, faixa)
    return dict(zip(meses, _rounded(micros(energia), limites, weights, at), strict=True))


def explain(energia: Decimal, horas: Horas, pesos: Pesos, faixa: Faixa = DE_85_A_115) -> Resultado:
    """The same with what it was worked out from: λ, and each month before it was clipped."""
    meses, limites, weights, at = _solved(energia, horas, pesos, faixa)
    energias = dict(zip(meses, _rounded(micros(energia), limites, weights, at), strict=True))
    parts, everything, hours = shares(energias, energia, horas), sum(weights), sum(horas.values())
    return Resultado(
        at,
        {
            mes: Mes(
                energias[mes],
                parts[mes],
                hundredths(weight / everything * hours / horas[mes] * 100),
                _clip(at * weight, limite) != at * weight,
            )
            for mes, weight, limite in zip(meses, weights, limites, strict=True)
        },
    )


def _solved(
    energia: Decimal, horas: Horas, pesos: Pesos, faixa: Faixa
) -> tuple[list[date], list[Limites], list[Fraction], Fraction]:
    if missing := missing_months(horas, pesos):
        named = ", ".join(f"{mes:%m/%Y}" for mes in missing) or "todos os meses"
        raise PerfilIncompleto(f"O perfil de carga não tem valor maior que zero em {named}. Sem ele não há cálculo.")
    meses = sorted(horas)
    bounds = limits(energia, horas, faixa)
    limites, weights = [bounds[mes] for mes in meses], [Fraction(pesos[mes]) for mes in meses]
    return meses, limites, weights, solve(Fraction(energia), limites, weights)


def missing_months(horas: Horas, pesos: Pesos) -> list[date]:
    """Contractual months for which the profile has no load."""
    return [mes for mes in sorted(horas) if pesos.get(mes, Decimal(0)) <= 0]


def solve(energia: Fraction, limites: Sequence[Limites], pesos: Sequence[Fraction]) -> Fraction:
    """The least λ at which the clipped months add up to the energy; exact.

    Their sum does not fall as λ grows, and is a straight line between two points at which some month reaches a limit:
    the first stretch at whose end there is enough has the answer.
    """
    pairs = list(zip(limites, pesos, strict=True))
    points = sorted({limite / peso for each, peso in pairs for limite in (each.minimo, each.maximo)})
    for one, other in pairwise(points):
        below, above = clipped_sum(one, limites, pesos), clipped_sum(other, limites, pesos)
        if below <= energia <= above and below < above:
            return one + (other - one) * (energia - below) / (above - below)
    return points[0]  # no energy: every limit is zero


def clipped_sum(at: Fraction, limites: Sequence[Limites], pesos: Sequence[Fraction]) -> Fraction:
    return sum((_clip(at * peso, each) for each, peso in zip(limites, pesos, strict=True)), Fraction(0))


def _clip(valor: Fraction, limites: Limites) -> Fraction:
    return min(max(valor, limites.minimo), limites.maximo)


def _rounded(energia: int, limites: Sequence[Limites], pesos: Sequence[Fraction], at: Fraction) -> list[Decimal]:
    """In millionths until the end."""
    ranges = [(micros(each.piso), micros(each.teto)) for each in limites]
    exact = [at * peso for peso in pesos]
    parts = [min(max(half_up(valor * POR_MWH), piso), teto) for valor, (piso, teto) in zip(exact, ranges, strict=True)]
    residuo = energia - sum(parts)
    within = [piso <= part + residuo <= teto for part, (piso, teto) in zip(parts, ranges, strict=True)]
    inside = [each.minimo < valor < each.maximo for valor, each in zip(exact, limites, strict=True)]
    bears = [n for n, fits in enumerate(within) if fits]
    if not bears or any(piso > teto for piso, teto in ranges):
        raise SemCasas("O montante é pequeno demais: com 6 casas decimais não há meses que caibam na faixa e o somem.")
    parts[next((n for n in bears if inside[n]), bears[0])] += residuo
    return [decimal(part) for part in parts]
