"""Wind and solar: the seller's profile, one per plant, around what the contract's annex declares (3.51 to 3.51.4)."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from contratos.domain.montantes.exato import apportion, decimal, micros, number, total
from contratos.domain.montantes.faixa import (
    DE_80_A_120,
    Faixa,
    Limites,
    Problemas,
    around,
    form_problems,
    outside,
    percent_of,
    total_problem,
)

Valores = Mapping[date, Decimal]
Chave = TypeVar("Chave")
CLAUSULA = "3.51"


def declared(mwmed: Valores, horas: Mapping[date, int]) -> dict[date, Decimal]:
    """MWh of each contractual month from the annex's MWmédio; an annex in MWh is that already.

    It is also what counts where the seller is silent (3.51.1).
    """
    return {mes: mwmed[mes] * horas[mes] for mes in sorted(horas) if mes in mwmed}


def limits(declarada: Valores, faixa: Faixa = DE_80_A_120) -> dict[date, Limites]:
    """Month by month of what was declared, in MWh; both limits are allowed."""
    return {mes: around(Fraction(declarada[mes]), faixa) for mes in sorted(declarada)}


def problems(
    proposta: Valores, declarada: Valores, faixa: Faixa = DE_80_A_120, *, mantem_total: bool = True
) -> Problemas:
    """By month, and under None for the total; `declarada` in MWh. `mantem_total`: the year adds up to the annex."""
    found = form_problems(proposta, declarada, CLAUSULA)
    for mes, limites in limits(declarada, faixa).items():
        if mes not in found and proposta[mes] not in limites:
            parte = f"{number(percent_of(proposta[mes], Fraction(declarada[mes])))}% da disponibilidade declarada"
            found[mes] = outside(mes, proposta[mes], parte, limites, faixa, CLAUSULA)
    if mantem_total and (problem := total_problem(proposta, total(declarada.values()), CLAUSULA)):
        found[None] = problem
    return found


def split(energias: Mapping[Chave, Decimal], perfil: Valores) -> dict[Chave, dict[date, Decimal]]:
    """The plant's profile over its contracts, `E_c · S_m / ΣS`, half up; the residual of each to its first month."""
    meses = sorted(perfil)
    pesos = [micros(perfil[mes]) for mes in meses]
    return {
        chave: dict(zip(meses, map(decimal, apportion(micros(energia), pesos)), strict=True))
        for chave, energia in energias.items()
    }
