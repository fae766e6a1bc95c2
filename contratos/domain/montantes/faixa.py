"""How far a month may lie from the year's mean: 85 % to 115 % (3.49, 3.59). Both limits are allowed.

Mean power is compared, not a twelfth of the year: flat is 100 % in every month, whether February is short or long.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from contratos.domain.montantes.exato import (
    POR_MWH,
    Recusado,
    decimal,
    hundredths,
    micros,
    number,
    total,
)

Valores = Mapping[date, Decimal]
Horas = Mapping[date, int]
Problemas = dict[date | None, str]  # None: of the whole


@dataclass(frozen=True, slots=True)
class Faixa:
    """Shares of the mean, such as 0.85 and 1.15."""

    minimo: Decimal = Decimal("0.85")
    maximo: Decimal = Decimal("1.15")

    def __post_init__(self) -> None:
        if not 0 < self.minimo < 1 < self.maximo:
            raise Recusado(f"A faixa vai de menos a mais que a média; {self} não serve.")

    def __str__(self) -> str:
        return f"{_percent(self.minimo)} a {_percent(self.maximo)}"


DE_85_A_115 = Faixa()
DE_80_A_120 = Faixa(Decimal("0.80"), Decimal("1.20"))


@dataclass(frozen=True, slots=True)
class Limites:
    """Of one month, exact, in MWh: 0.85 of a mean seldom has six places."""

    minimo: Fraction
    maximo: Fraction

    def __contains__(self, valor: object) -> bool:
        return isinstance(valor, Decimal) and self.minimo <= Fraction(valor) <= self.maximo

    def loose(self, valor: Fraction) -> bool:
        """Held back by neither."""
        return self.minimo < valor < self.maximo

    def clip(self, valor: Fraction) -> Fraction:
        return min(max(valor, self.minimo), self.maximo)

    @property
    def piso(self) -> Decimal:
        """The least that can be stated: with six places, within the band."""
        return decimal(ceil(self.minimo * POR_MWH))

    @property
    def teto(self) -> Decimal:
        return decimal(floor(self.maximo * POR_MWH))

    def nearest(self, valor: Decimal) -> Decimal:
        """What may be stated instead."""
        return min(max(valor, self.piso), self.teto)


def limits(energia: Decimal, horas: Horas, faixa: Faixa = DE_85_A_115) -> dict[date, Limites]:
    """`energia`: of the year, or of the contractual months that `horas` names."""
    everything = sum(horas.values())
    return {mes: around(Fraction(energia) * horas[mes] / everything, faixa) for mes in sorted(horas)}


def around(media: Fraction, faixa: Faixa) -> Limites:
    return Limites(media * Fraction(faixa.minimo), media * Fraction(faixa.maximo))


def share(valor: Decimal, energia: Decimal, horas: Horas, mes: date) -> Decimal:
    """Of the mean, in percent with two places, for the screen; zero where the mean is."""
    return percent_of(valor, Fraction(energia) * horas[mes] / sum(horas.values()))


def percent_of(valor: Decimal, whole: Fraction) -> Decimal:
    return hundredths(Fraction(valor) / whole * 100) if whole else Decimal("0.00")


def shares(valores: Valores, energia: Decimal, horas: Horas) -> dict[date, Decimal]:
    return {mes: share(valores[mes], energia, horas, mes) for mes in sorted(horas) if mes in valores}


def problems(
    proposta: Valores, energia: Decimal, horas: Horas, faixa: Faixa = DE_85_A_115, clausula: str = "3.59"
) -> Problemas:
    """By month, and under None for the total. A month outside is told its share, the limit and the nearest value."""
    found = form_problems(proposta, horas, clausula)
    bounds, parts = limits(energia, horas, faixa), shares(proposta, energia, horas)
    for mes in bounds:
        if mes not in found and proposta[mes] not in bounds[mes]:
            parte = f"{number(parts[mes])}% da média"
            found[mes] = outside(mes, proposta[mes], parte, bounds[mes], faixa, clausula)
    if problem := total_problem(proposta, energia, clausula):
        found[None] = problem
    return found


def form_problems(proposta: Valores, meses: Collection[date], clausula: str) -> Problemas:
    """A month that lacks, that is too much, or whose value cannot be an amount."""
    found: Problemas = {
        mes: f"Cláusula {clausula}: falta a energia de {mes:%m/%Y}. Informe todos os meses contratuais."
        for mes in meses
        if mes not in proposta
    }
    for mes, valor in proposta.items():
        if mes not in meses:
            found[mes] = f"Cláusula {clausula}: {mes:%m/%Y} não é mês contratual deste ano."
        elif problem := amount_problem(valor):
            found[mes] = f"Cláusula {clausula}: em {mes:%m/%Y}, {problem}"
    return found


def amount_problem(valor: Decimal) -> str:
    try:
        micros(valor)
    except Recusado as error:
        return str(error)
    return ""


def total_problem(proposta: Valores, energia: Decimal, clausula: str) -> str:
    """'' where it is kept to the last place."""
    somado = total(proposta.values())
    if somado == energia:
        return ""
    word = "faltam" if somado < energia else "sobram"
    return (
        f"Cláusula {clausula}: os meses somam {number(somado)} MWh, e o total a manter é {number(energia)} MWh: "
        f"{word} {number(abs(energia - somado))} MWh."
    )


def outside(mes: date, valor: Decimal, parte: str, limites: Limites, faixa: Faixa, clausula: str) -> str:
    """Which share it is, which one is the limit, and what may be stated instead."""
    below = Fraction(valor) < limites.minimo
    side, limite = ("mínimo", faixa.minimo) if below else ("máximo", faixa.maximo)
    return (
        f"Cláusula {clausula}: {mes:%m/%Y}, com {number(valor)} MWh, fica em {parte}; o {side} é {_percent(limite)}. "
        f"O valor permitido mais próximo é {number(limites.nearest(valor))} MWh."
    )


def _percent(parte: Decimal) -> str:
    return f"{number(Decimal(parte * 100).normalize())}%"
