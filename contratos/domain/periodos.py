"""Amounts by period of validity, exact to the millionth of a MWmédio, and their split into hours (3.30, 3.31)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from contratos.domain.acordo import Intervalo

CELULAS, HORAS_DO_DIA = 3, 24
SEIS_CASAS = Decimal("0.000001")
NUMERO = re.compile(r"\d{1,11}(?:[.,]\d+)?", re.ASCII)
CASAS = 6
MOSTRADOS = 5  # of the lines that cannot be read
DIA = timedelta(days=1)


class NaoFecha(ValueError):
    """Hours that do not add up to the amount of their period, or whose first would be negative."""


@dataclass(frozen=True, slots=True)
class Periodo:
    """Both days included. `montante`: MWmédio, or the maximum of each hour in MWh (3.28.2)."""

    inicio: date
    fim: date
    montante: Decimal

    @property
    def horas(self) -> int:
        """Days of São Paulo; none has had 23 or 25 hours since 2019, and no earlier month is registered any more."""
        return ((self.fim - self.inicio).days + 1) * HORAS_DO_DIA

    @property
    def energia(self) -> Decimal:
        return self.montante * self.horas

    def within(self, alcance: Intervalo) -> "Periodo | None":
        """The part of it that lies there."""
        inicio, fim = max(self.inicio, alcance.de), min(self.fim, alcance.ate)
        return replace(self, inicio=inicio, fim=fim) if inicio <= fim else None

    def __str__(self) -> str:
        return f"{self.inicio:%d/%m/%Y} a {self.fim:%d/%m/%Y}"


def read(text: str) -> tuple[list[Periodo], list[str]]:
    """The periods of a table, in their order of time; and what is wrong, each with its line."""
    found, problems = [], []
    for number, line in enumerate(text.splitlines(), 1):
        try:
            found.append(_line(line))
        except ValueError as error:
            problems.append(f"Linha {number}: {error}")
    more = len(problems) - MOSTRADOS
    told = problems[:MOSTRADOS] + ([f"Há erro em mais {more} linha(s)."] if more > 0 else [])
    return sorted(found, key=lambda periodo: periodo.inicio), told


def _line(line: str) -> Periodo:
    cells = [cell.strip() for cell in line.split(";")]
    if len(cells) != CELULAS:
        raise ValueError("escreva início; fim; montante, como 01/01/2027; 31/01/2027; 12,345678.")
    inicio, fim, montante = _day(cells[0]), _day(cells[1]), _amount(cells[2])
    if fim < inicio:
        raise ValueError(f"termina ({fim:%d/%m/%Y}) antes de começar ({inicio:%d/%m/%Y}).")
    return Periodo(inicio, fim, montante)


def _day(text: str) -> date:
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day, without an hour
        except ValueError:
            continue
    raise ValueError(f"“{text[:20]}” não é uma data. Use o formato DD/MM/AAAA.")


def _amount(text: str) -> Decimal:
    if not NUMERO.fullmatch(text):
        raise ValueError(f"“{text[:30]}” não é um montante. Escreva como 12,345678.")
    whole = Decimal(text.replace(",", "."))
    if len(text.replace(",", ".").partition(".")[2]) > CASAS:
        raise ValueError(
            f"cláusula 3.31: o montante tem até {CASAS} casas decimais, e {text[:30]} tem mais. Nada é arredondado: "
            "informe-o com a precisão certa."
        )
    if whole <= 0:
        raise ValueError("cláusula 3.30: o montante tem de ser maior que zero. Para um intervalo sem energia, omita-o.")
    return whole


def reach_problems(periodos: Sequence[Periodo], alcance: Intervalo) -> list[str]:
    """Periods in their order that overlap, or that leave the days for which they are stated."""
    found = [
        f"Cláusula 3.30: o período de {each} sai do intervalo possível, de {alcance}."
        for each in periodos
        if each.inicio not in alcance or each.fim not in alcance
    ]
    found += [
        f"Cláusula 3.30: os períodos de {one} e de {other} se sobrepõem. Cada dia tem um montante só."
        for one, other in pairwise(periodos)
        if other.inicio <= one.fim
    ]
    return found[:MOSTRADOS]


def clip(periodos: Iterable[Periodo], alcance: Intervalo) -> list[Periodo]:
    return [part for each in periodos if (part := each.within(alcance)) is not None]


def merge(antes: Iterable[Periodo], novos: Iterable[Periodo], alcance: Intervalo) -> list[Periodo]:
    """What was before outside of `alcance`, and what is new within it."""
    kept = list(antes)
    before = clip(kept, Intervalo(date.min, alcance.de - DIA))
    after = clip(kept, Intervalo(alcance.ate + DIA, date.max))
    return [*before, *novos, *after]


def mean(energia: Decimal, dias: Intervalo) -> Decimal:
    """MWmédio over those days; nothing where there are none."""
    horas = ((dias.ate - dias.de).days + 1) * HORAS_DO_DIA
    return round6(energia / horas) if horas > 0 else Decimal(0)


def energy(periodos: Iterable[Periodo]) -> Decimal:
    """MWh, exact."""
    return sum((each.energia for each in periodos), Decimal(0))


def round6(value: Decimal) -> Decimal:
    return value.quantize(SEIS_CASAS, ROUND_HALF_UP)


def split(periodo: Periodo, pesos: Sequence[Decimal]) -> list[Decimal]:
    """Its energy over its hours by weight; what rounding gives or takes goes to the first hour (3.31)."""
    if len(pesos) != periodo.horas or min(pesos) < 0 or not sum(pesos):
        raise NaoFecha(f"O período de {periodo} pede {periodo.horas} pesos, nenhum negativo e nem todos zero.")
    return shape(periodo.energia, pesos)


def shape(energia: Decimal, pesos: Sequence[Decimal]) -> list[Decimal]:
    """MWh of each hour by weight, half up; the rest to the first, whatever its weight."""
    total = sum(pesos, Decimal(0))
    return _close(energia, [round6(energia * peso / total) for peso in pesos])


def settle(periodo: Periodo, horas: Sequence[Decimal]) -> list[Decimal]:
    """Hours as somebody stated them: what rounding can explain goes to the first hour; more is refused."""
    gap = abs(periodo.energia - sum(horas, Decimal(0)))
    if len(horas) != periodo.horas or gap > periodo.horas * SEIS_CASAS / 2:
        raise NaoFecha(
            f"Cláusula 3.31: as horas do período de {periodo} não somam {periodo.energia:f} MWh; a diferença, "
            f"de {gap:f} MWh, é maior do que o arredondamento explica."
        )
    return _close(periodo.energia, list(horas))


def _close(energia: Decimal, horas: list[Decimal]) -> list[Decimal]:
    first = horas[0] + energia - sum(horas, Decimal(0))
    if first < 0:
        raise NaoFecha("Cláusula 3.31: com a diferença de arredondamento a primeira hora do período seria negativa.")
    return [first, *horas[1:]]
