"""100,000 deadlines at random - dates, expressions, calendars, conventions - against the slow, obvious reference."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from contratos.domain.prazos import Convencoes, Expressao, due_date, due_dates, needed, parse, work_out
from contratos.domain.prazos.expressao import ANO, DATAS, MESES
from portal.kernel.business_days import Calendario
from portal.kernel.errors import DomainError
from tests.contratos_domain.referencia_prazos import Folhinha, Leitura, SemResposta, escrita

SEMENTES, LANCES, LINHAS = range(4), 1_250, 20
A_CADA = 10  # throws another calendar


def wall(chance: random.Random) -> Folhinha:
    """One to three whole years; days off alone, in rows of weeks, and at both ends."""
    first = date(chance.randint(2019, 2034), 1, 1)
    last = date(first.year + chance.randint(0, 2), 12, 31)
    length = (last - first).days
    off = {first + timedelta(chance.randint(0, length)) for _ in range(chance.choice([0, 10, 40, 200]))}
    for _ in range(chance.randint(0, 3)):
        start = first + timedelta(chance.randint(0, length))
        off |= {start + timedelta(n) for n in range(chance.randint(2, 40))}
    off |= {day for day in (first, last, last - timedelta(1)) if chance.random() < 0.5}
    return Folhinha(first, last, frozenset(off))


def expression(chance: random.Random, depth: int = 2) -> Any:
    kinds = ["ancora", "ancora", "ms", "dia", "31", *["mais", "mais", "mais", "max"] * (depth > 0)]
    match chance.choice(kinds):
        case "ancora":
            return "ancora", chance.choice([*DATAS, "CAL:pmo"])
        case "ms":
            return "ms", chance.choice([1, 2, 9, 14, 20, 21, 22, 23])
        case "dia":
            return "dia", chance.choice([1, 25, 28, 29, 30, 31]), chance.choice([-14, -1, 0, 1, 2])
        case "31":
            return "31", chance.choice(["Jan", "Dec"])
        case "max":
            return "max", expression(chance, depth - 1), expression(chance, depth - 1)
    days = chance.choice([1, 2, 3, 4, 5, 10, 25, 30, chance.randint(1, 90)])
    return "mais", expression(chance, depth - 1), chance.choice([1, 1, -1]) * days, chance.choice(["du", "du", "dc"])


def anchor(chance: random.Random, nome: str, first: date, last: date) -> date:
    """Mostly on the wall; now and then next to its ends, or beyond them."""
    length = (last - first).days
    near = chance.choice([chance.randint(-60, 3), length + chance.randint(-3, 60)])
    found = first + timedelta(near if chance.random() < 0.15 else chance.randint(0, length))
    return found.replace(month=1, day=1) if nome in ANO else found.replace(day=1) if nome in MESES else found


@dataclass(frozen=True)
class Lance:
    """One expression, one calendar, one set of conventions, and some rows of dates."""

    leitura: Leitura
    calendario: Calendario
    expressao: Any
    linhas: list[dict[str, date]]

    @property
    def convencoes(self) -> Convencoes:
        return Convencoes(self.leitura.ancora_rola, self.leitura.corrido_rola)

    def expected(self) -> list[date | None]:
        return [self.reference(linha) for linha in self.linhas]

    def reference(self, linha: dict[str, date]) -> date | None:
        try:
            return self.leitura.vence(self.expressao, linha)
        except SemResposta:
            return None

    def one_by_one(self) -> list[date | None]:
        data = parse(escrita(self.expressao))
        return [self.due(data, linha) for linha in self.linhas]

    def due(self, data: Expressao, linha: dict[str, date]) -> date | None:
        try:
            return due_date(data, linha, self.calendario, self.convencoes)
        except DomainError:
            return None

    def at_once(self, linhas: list[dict[str, date]]) -> list[date]:
        data = parse(escrita(self.expressao))
        columns = {nome: [linha[nome] for linha in linhas] for nome in needed(data)}
        return due_dates(data, columns, self.calendario, self.convencoes)

    def last_step(self, linha: dict[str, date]) -> date:
        return work_out(parse(escrita(self.expressao)), linha, self.calendario, self.convencoes).passos[-1].data


def throws(chance: random.Random, times: int) -> Iterator[Lance]:
    for number in range(times):
        if number % A_CADA == 0:
            folhinha = wall(chance)
            first, last = folhinha.primeiro, folhinha.ultimo
            calendario = Calendario(dict.fromkeys(folhinha.riscados, "folga"), first=first, last=last)
        leitura, expressao = Leitura(folhinha, chance.random() < 0.3, chance.random() < 0.3), expression(chance)
        nomes = sorted(needed(parse(escrita(expressao))))
        linhas = [{nome: anchor(chance, nome, first, last) for nome in nomes} for _ in range(LINHAS)]
        yield Lance(leitura, calendario, expressao, linhas)


@pytest.mark.parametrize("semente", SEMENTES)
def test_any_deadline_is_the_one_that_a_finger_on_the_calendar_finds(semente: int) -> None:
    answered = refused = 0
    for lance in throws(random.Random(semente), LANCES):  # noqa: S311 - no secret
        expected = lance.expected()

        assert lance.one_by_one() == expected, (semente, lance)

        whole = [(linha, day) for linha, day in zip(lance.linhas, expected, strict=True) if day]
        assert lance.at_once([linha for linha, _ in whole]) == [day for _, day in whole], (semente, lance)
        assert [lance.last_step(linha) for linha, _ in whole[:1]] == [day for _, day in whole[:1]], (semente, lance)
        answered, refused = answered + len(whole), refused + len(expected) - len(whole)

    assert answered + refused == LANCES * LINHAS
    assert answered > refused > 1_000
