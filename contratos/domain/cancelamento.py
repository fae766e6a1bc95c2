"""Cancellation of a registration: the months that were settled with it, and what ANEEL's decision may say (3.109)."""

from dataclasses import dataclass
from datetime import date

from contratos.domain.prazos import month


@dataclass(frozen=True, slots=True)
class Decisao:
    """`ultimo_liquidado`: first day of the last month whose settlement is done, None where there is none."""

    publicada_em: date
    decidida_em: date | None
    ultimo_liquidado: date | None


def decision_problems(decisao: Decisao, hoje: date) -> dict[str, str]:
    """By field."""
    found = {}
    if decisao.decidida_em is not None and decisao.decidida_em > decisao.publicada_em:
        found["decisao_em"] = (
            f"A decisão ({decisao.decidida_em:%d/%m/%Y}) não pode ser posterior à publicação do ato "
            f"({decisao.publicada_em:%d/%m/%Y}), de que se contam o efeito e o prazo (cláusulas 3.109 e 3.110)."
        )
    last = decisao.ultimo_liquidado
    if last is not None and last >= hoje.replace(day=1):
        found["ultimo_mes_liquidado"] = (
            f"Cláusula 3.111: {last:%m/%Y} ainda não terminou, e só se liquida um mês que passou. "
            f"O último possível é {month(hoje.replace(day=1), -1):%m/%Y}."
        )
    return found


def months_to_redo(efeito: date, ultimo_liquidado: date | None, inicio: date, fim: date) -> list[date]:
    """Each month of the supply, by its first day, that was settled although the contract counted no longer (3.111)."""
    if ultimo_liquidado is None:
        return []
    first, last = max(efeito, inicio).replace(day=1), min(ultimo_liquidado, fim.replace(day=1))
    found = []
    while first <= last:
        found.append(first)
        first = month(first, 1)
    return found


def earliest(*days: date | None) -> date | None:
    """The first of those that are known."""
    return min((day for day in days if day is not None), default=None)
