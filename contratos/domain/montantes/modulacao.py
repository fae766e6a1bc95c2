"""A month's energy by the hour: flat, within power limits, or as the two sides combined it (3.60 to 3.62, 3.78).

Over one hour MW and MWh are the same number. Hours are counted from the first of the month, 0.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contratos.domain.acordo import Intervalo
from contratos.domain.montantes.exato import Recusado, apportion, decimal, micros, number, total
from contratos.domain.montantes.faixa import amount_problem
from contratos.domain.montantes.meses import hours_in
from contratos.domain.periodos import DIA, HORAS_DO_DIA, SEIS_CASAS, NaoFecha, Periodo, clip, settle

Problemas = dict[int | None, str]  # by hour; None: of the whole
MOSTRADAS = 12  # hours that one answer names


@dataclass(frozen=True, slots=True)
class Potencia:
    """What any hour may have, both limits included, in MW (3.60)."""

    minima: Decimal
    maxima: Decimal

    def __post_init__(self) -> None:
        if not 0 <= self.minima <= self.maxima:
            raise Recusado(
                f"Cláusula 3.62: a potência mínima ({number(self.minima)} MW) não pode ser negativa nem passar da "
                f"máxima ({number(self.maxima)} MW)."
            )

    def __contains__(self, valor: object) -> bool:
        return isinstance(valor, Decimal) and self.minima <= valor <= self.maxima

    def nearest(self, valor: Decimal) -> Decimal:
        return min(max(valor, self.minima), self.maxima)


def power(associada: Decimal, minima: Decimal | None = None, maxima: Decimal | None = None) -> Potencia:
    """Where the edital is silent: none at least, and at most the power associated with the energy (3.62)."""
    return Potencia(Decimal(0) if minima is None else minima, associada if maxima is None else maxima)


def flat(energia: Decimal, horas: int) -> list[Decimal]:
    """The same in every hour, half up at six places; the residual of rounding goes to the first (3.61, 3.78.2)."""
    return [decimal(part) for part in apportion(micros(energia), [1] * horas)]


def flat_problem(energia: Decimal, horas: int, potencia: Potencia, mes: date) -> str:
    """'' where flat would keep to the limits: worth knowing when the month is set, for flat asks nobody."""
    least, most = potencia.minima * horas, potencia.maxima * horas
    if least <= energia <= most:
        return ""
    return (
        f"{mes:%m/%Y}, com {number(energia)} MWh, não cabe nos limites de potência: em {horas} horas vai de "
        f"{number(least)} a {number(most)} MWh."
    )


def problems(
    proposta: Sequence[Decimal], energia: Decimal, potencia: Potencia, dias: Intervalo, clausula: str = "3.60"
) -> Problemas:
    """By hour, the first ones named; under None the month as a whole. `dias`: those of the month with supply."""
    wanted = hours_in(dias)
    if len(proposta) != wanted:
        return {None: f"Cláusula {clausula}: de {dias} há {wanted} horas, e foram informadas {len(proposta)}."}
    found = list(_hour_problems(proposta, potencia, dias.de, clausula))
    told: Problemas = dict(found[:MOSTRADAS])
    whole = [f"Há mais {len(found) - MOSTRADAS} hora(s) fora dos limites."] if len(found) > MOSTRADAS else []
    whole += [problem] if (problem := _total_problem(proposta, energia, clausula)) else []
    return told | ({None: " ".join(whole)} if whole else {})


def _hour_problems(
    proposta: Sequence[Decimal], potencia: Potencia, inicio: date, clausula: str
) -> Iterable[tuple[int, str]]:
    for hora, valor in enumerate(proposta):
        if problem := amount_problem(valor):
            yield hora, f"Cláusula {clausula}: em {named(inicio, hora)}, {problem}"
        elif valor not in potencia:
            yield (
                hora,
                f"Cláusula {clausula}: em {named(inicio, hora)}, {number(valor)} MWh fica fora dos limites de "
                f"potência, de {number(potencia.minima)} a {number(potencia.maxima)} MW. O permitido mais próximo é "
                f"{number(potencia.nearest(valor))}.",
            )


def named(inicio: date, hora: int) -> str:
    """Such as 03/01/2027 às 14h; `hora` is counted from that day's first, 0."""
    return f"{inicio + hora // HORAS_DO_DIA * DIA:%d/%m/%Y} às {hora % HORAS_DO_DIA}h"


def _total_problem(proposta: Sequence[Decimal], energia: Decimal, clausula: str) -> str:
    gap = energia - total(proposta)
    if not gap:
        return ""
    word = "faltam" if gap > 0 else "sobram"
    text = (
        f"Cláusula {clausula}: as horas somam {number(energia - gap)} MWh, e o mês tem {number(energia)} MWh: {word} "
        f"{number(abs(gap))} MWh."
    )
    first = proposta[0] + gap
    if first < 0 or abs(gap) > len(proposta) * SEIS_CASAS / 2:
        return text
    return f"{text} É o que o arredondamento explica: com {number(first)} na primeira hora o mês fecha."


def ex_ante(periodos: Iterable[Periodo], horas: Sequence[Decimal], dias: Intervalo) -> list[Decimal]:
    """The hours of those days of a CBR, closed period by period by the rule of 3.31; NaoFecha says which does not.

    A day outside of every period has no energy (3.78.1).
    """
    if len(horas) != hours_in(dias):
        raise NaoFecha(f"Cláusula 3.78.1: de {dias} há {hours_in(dias)} horas, e foram informadas {len(horas)}.")
    found = [Decimal(0)] * len(horas)
    rest = list(horas)
    for periodo in clip(periodos, dias):
        first = (periodo.inicio - dias.de).days * HORAS_DO_DIA
        here = slice(first, first + periodo.horas)
        found[here], rest[here] = settle(periodo, rest[here]), [Decimal(0)] * periodo.horas
    if loose := [hora for hora, valor in enumerate(rest) if valor]:
        raise NaoFecha(f"Cláusula 3.78.1: em {named(dias.de, loose[0])} o contrato não tem energia. Informe 0.")
    return found
