"""Succession in a contract: the dates that must agree (3.86.1), and what is left for the new contract."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

LONGEST = 30  # of a contract's number
HORAS = 24
CASAS = Decimal("0.000001")
ANTERIOR = re.compile(r"-S\d+\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Proposta:
    """`inicio`, `fim`: of the new contract, stated for a distrato only."""

    distrato: bool
    efeito_em: date
    inicio: date | None = None
    fim: date | None = None


@dataclass(frozen=True, slots=True)
class Original:
    inicio: date
    fim: date
    montante_mwmed: Decimal


def date_problems(proposta: Proposta, original: Original) -> dict[str, str]:
    """By field."""
    found = {}
    if proposta.efeito_em > original.fim:
        found["efeito_em"] = (
            f"Cláusula 3.86.1: o suprimento termina em {original.fim:%d/%m/%Y}; não resta nada a suceder em "
            f"{proposta.efeito_em:%d/%m/%Y}. Informe uma data até o fim do suprimento."
        )
    wanted = {"novo_inicio": (proposta.inicio, proposta.efeito_em), "novo_fim": (proposta.fim, original.fim)}
    for nome, (given, day) in wanted.items():
        if problem := _mismatch(nome, given, day, distrato=proposta.distrato):
            found[nome] = problem
    return found


def _mismatch(nome: str, given: date | None, wanted: date, *, distrato: bool) -> str:
    if not distrato:
        return "" if given is None else "Na cessão o contrato é o mesmo: deixe em branco, ou escolha distrato."
    if given == wanted:
        return ""
    said = f"{given:%d/%m/%Y}" if given else "nenhuma data"
    what = (
        f"o novo contrato começa no dia em que se celebra o distrato, {wanted:%d/%m/%Y}"
        if nome == "novo_inicio"
        else f"o novo contrato dura exatamente o que restava ao original, até {wanted:%d/%m/%Y}"
    )
    return f"Cláusula 3.86.1: {what}; foi informada {said}." if given else f"Cláusula 3.86.1: {what}. Informe a data."


def residual(original: Original, efeito_em: date) -> tuple[date, Decimal]:
    """First day of the supply that is left, and its energy in MWh."""
    first = max(efeito_em, original.inicio)
    hours = ((original.fim - first).days + 1) * HORAS
    return first, (original.montante_mwmed * hours).quantize(CASAS, ROUND_HALF_UP)


def next_number(numero: str, taken: Collection[str]) -> str:
    """Of the contract that takes the place of that one: its number with the first free -S1, -S2…"""
    base, turn = ANTERIOR.sub("", numero), 1
    while (found := f"{base[: LONGEST - len(f'-S{turn}')]}-S{turn}") in taken:
        turn += 1
    return found
