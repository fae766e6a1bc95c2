"""PROINFA: the quota that follows a migrating unit, the curve of the year and its plants (3.38 to 3.44, 3.63 to 3.66).

All in MWh, half up at six places. What one side gains the other loses: the total never changes by a quota's rounding.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from contratos.domain.montantes import flat
from contratos.domain.montantes.exato import POR_MWH, Recusado, decimal, half_up, number, total
from contratos.domain.montantes.faixa import Horas, Problemas, form_problems, total_problem

Valores = Mapping[date, Decimal]
Usinas = Mapping[str, Valores]  # by plant
MOSTRADOS = 12  # months that one message names


@dataclass(frozen=True, slots=True)
class Transferencia:
    """A month's quota of the unit, and what is left to whom it came from."""

    unidade: Decimal
    distribuidora: Decimal


def history_problem(unidade: Valores, distribuidora: Valores) -> str:
    """'' where the two validated histories can be compared (3.39.1).

    They have the same months; `distribuidora` is the consumption of its whole area, the unit's included.
    """
    if apart := sorted(set(unidade) ^ set(distribuidora)):
        named = ", ".join(f"{mes:%m/%Y}" for mes in apart[:MOSTRADOS])
        return f"Cláusula 3.39.1: os históricos não cobrem os mesmos meses; só um deles tem {named}."
    if not unidade or not total(distribuidora.values()):
        return "Cláusula 3.39.1: sem histórico de consumo declarado e validado não se calcula a cota."
    beyond = [mes for mes in sorted(unidade) if not 0 <= unidade[mes] <= distribuidora[mes]]
    if beyond:
        named = ", ".join(f"{mes:%m/%Y}" for mes in beyond[:MOSTRADOS])
        return f"Cláusula 3.39.1: em {named} o consumo da unidade passa do total da distribuidora, ou é negativo."
    return ""


def transfer(cota: Decimal, unidade: Valores, distribuidora: Valores, parcela: Decimal) -> Transferencia:
    """The unit's part of the distributor's quota of one month, by consumption and by migrated share (3.38, 3.39)."""
    if problem := share_problem(parcela) or history_problem(unidade, distribuidora):
        raise Recusado(problem)
    return by_consumption(cota, total(unidade.values()), total(distribuidora.values()), parcela)


def consumption_problem(unidade: Decimal, distribuidora: Decimal) -> str:
    """'' where a quota can be shared out by them; both over the same window."""
    if distribuidora <= 0:
        return "Cláusula 3.39.1: sem consumo da distribuidora não se calcula a cota."
    if 0 <= unidade <= distribuidora:
        return ""
    return (
        f"Cláusula 3.39.1: o consumo da unidade ({number(unidade)}) passa do total da distribuidora "
        f"({number(distribuidora)}), ou é negativo."
    )


def by_consumption(cota: Decimal, unidade: Decimal, distribuidora: Decimal, parcela: Decimal) -> Transferencia:
    """`round6(Q · φ · C_uc / C_dist)`; the consumption of both over the same window."""
    part = Fraction(cota) * Fraction(parcela) * Fraction(unidade) / Fraction(distribuidora)
    moved = decimal(half_up(part * POR_MWH))
    return Transferencia(moved, cota - moved)


def share_problem(parcela: Decimal) -> str:
    """'' or why it cannot be the migrated share, between 0, which is nothing, and 1, which is all of it (3.38)."""
    if 0 < parcela <= 1:
        return ""
    return f"Cláusula 3.38: a parcela migrada é maior que 0% e vai até 100%; foi informado {number(parcela * 100)}%."


def opt_out(acep: Decimal, unidade: Decimal) -> tuple[Decimal, Decimal]:
    """What ACEP and the unit then have (3.44)."""
    return acep + unidade, Decimal(0)


def scale(curva: Valores, antes: Decimal, depois: Decimal, desde: date) -> dict[date, Decimal]:
    """The curve after the plant's garantia física changed (3.65): in proportion from that month on, untouched before.

    Each month is rounded by itself, for there is no total to keep: it changes with the factor.
    """
    if antes <= 0 or depois < 0:
        raise Recusado("Cláusula 3.65: a garantia física anterior é maior que zero, e a nova não é negativa.")
    fator = Fraction(depois) / Fraction(antes)
    return {
        mes: decimal(half_up(Fraction(valor) * fator * POR_MWH)) if mes >= desde else valor
        for mes, valor in sorted(curva.items())
    }


def curve_problems(curva: Valores, montante: Decimal, horas: Horas, clausula: str = "3.63") -> Problemas:
    """All months, and the annual MWh of the act to the last place; where it is not kept, 3.66 applies."""
    found = form_problems(curva, horas, clausula)
    if problem := total_problem(curva, montante, clausula):
        found[None] = problem
    return found


def plant_problems(curva: Valores, acep: Valores, usinas: Usinas) -> dict[date, str]:
    """Months in which the MRE plants' profiles and ACEP's do not add up to the quotas, or one is negative (3.64)."""
    found = {}
    for mes, quotas in sorted(curva.items()):
        parts = [profile.get(mes, Decimal(0)) for profile in (acep, *usinas.values())]
        somado = total(parts)
        if min(parts) < 0:
            found[mes] = f"Cláusula 3.64: em {mes:%m/%Y} há um perfil com energia negativa."
        elif somado != quotas:
            found[mes] = (
                f"Cláusula 3.64: em {mes:%m/%Y} os perfis das usinas e o do ACEP somam {number(somado)} MWh, e as "
                f"cotas são {number(quotas)} MWh; a diferença é {number(abs(quotas - somado))} MWh."
            )
    return found


@dataclass(frozen=True, slots=True)
class Automatica:
    """The quotas of the year, and how they are split."""

    curva: dict[date, Decimal]
    acep: dict[date, Decimal]
    usinas: dict[str, dict[date, Decimal]]


def automatic(montante: Decimal, horas: Horas, usinas: Mapping[str, Decimal]) -> Automatica:
    """What CCEE sets where ACEP was late or did not keep the act's annual amount (3.66): flat by hours, plant by plant.

    `usinas`: annual MWh of each MRE plant; ACEP's profile has the rest of the amount, and the quotas are their sum.
    """
    das_usinas = total(usinas.values())
    if das_usinas > montante:
        raise Recusado(
            f"Cláusula 3.66: as usinas somam {number(das_usinas)} MWh, mais que os {number(montante)} MWh do ato."
        )
    curves = {usina: flat.distribute_by_hours(energia, horas) for usina, energia in usinas.items()}
    rest = flat.distribute_by_hours(montante - das_usinas, horas)
    curva = {mes: rest[mes] + total(each[mes] for each in curves.values()) for mes in rest}
    return Automatica(curva, rest, curves)
