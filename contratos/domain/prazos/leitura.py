"""From text to expression. An error names the column, what stands there and what could have stood there."""

import re
from datetime import date
from typing import Literal, cast

from contratos.domain.prazos.expressao import (
    ANCORAS,
    ANO,
    CAL,
    DATAS,
    MESES,
    Ancora,
    Data,
    DiaDoAno,
    DiaDoMes,
    DiaUtilDoMes,
    Expressao,
    Maior,
    Mais,
    SemPrazo,
    Unidade,
)
from portal.kernel.errors import DomainError

LONGEST = 200  # characters of an expression
MOST_DAYS = 3650
DEEPEST = 10  # max() inside max()
SPACE = re.compile(r"\s*")
NAME = re.compile(r"(?:CAL:[A-Za-z0-9_]{1,40}|31Dec|31Jan|MS|max|[A-Z])(?![A-Za-z])")
DAY = re.compile(r"D(\d{1,2})@M(?:([+-])(\d{1,2}))?(?!\w)")
COUNT = re.compile(r"([+-])\s*(\d{1,6})\s*(du|dc)\b")
STARTS = "uma data (P, H, L, T, S, G, D, A, Z ou Q), MS+Ndu, D25@M-1, 31Dec, 31Jan, CAL:código, max(…,…) ou “N.A.”"


class ExpressaoInvalida(DomainError):
    """`coluna` counts from 1."""

    code, title = "expressao-invalida", "Expressão de prazo inválida"

    def __init__(self, texto: str, coluna: int, esperado: str) -> None:
        found = texto[coluna - 1 : coluna + 11].strip()
        there = f"encontrei “{found}”" if found else "a expressão termina"
        super().__init__(f"Coluna {coluna}: {there}; esperava {esperado}.", coluna=coluna)
        self.coluna = coluna


def parse(texto: str) -> Expressao:
    """Raises ExpressaoInvalida."""
    if len(texto) > LONGEST:
        raise ExpressaoInvalida(texto, LONGEST + 1, f"no máximo {LONGEST} caracteres")
    if texto.strip() == "N.A.":
        return SemPrazo()
    reader = _Leitor(texto)
    found = reader.data(depth=0)
    reader.skip()
    if reader.at < len(texto):
        raise reader.invalid("o fim, ou +N ou -N seguido de du (dias úteis) ou dc (dias corridos)")
    return found


class _Leitor:
    def __init__(self, texto: str) -> None:
        self.texto, self.at = texto, 0

    def invalid(self, esperado: str) -> ExpressaoInvalida:
        return ExpressaoInvalida(self.texto, self.at + 1, esperado)

    def skip(self) -> None:
        self.at = cast("re.Match[str]", SPACE.match(self.texto, self.at)).end()

    def take(self, pattern: re.Pattern[str]) -> "re.Match[str] | None":
        self.skip()
        found = pattern.match(self.texto, self.at)
        self.at = found.end() if found else self.at
        return found

    def expect(self, mark: str, esperado: str) -> None:
        if not self.take(re.compile(re.escape(mark))):
            raise self.invalid(esperado)

    def data(self, *, depth: int) -> Data:
        found = self.term(depth=depth)
        while count := self.count():
            found = Mais(found, *count)
        return found

    def count(self) -> tuple[int, Unidade] | None:
        start, found = self.at, self.take(COUNT)
        if found is None:
            return None
        days = int(found[2])
        if not 0 < days <= MOST_DAYS:
            self.at = start
            raise self.invalid(f"de 1 a {MOST_DAYS} dias")
        return (days if found[1] == "+" else -days), cast(Unidade, found[3])

    def term(self, *, depth: int) -> Data:
        if found := self.take(DAY):
            return self.day_of_month(found)
        self.skip()
        start, name = self.at, self.take(NAME)
        match name[0] if name else "":
            case "max":
                return self.later_of_two(depth=depth)
            case "MS":
                return self.business_day_of_month()
            case "31Dec" | "31Jan" as text:
                return DiaDoAno(cast(Literal["Jan", "Dec"], text[2:]))
            case text if text in DATAS or text.startswith(CAL):
                return Ancora(text)
            case _:
                self.at = start
                raise self.invalid(STARTS)

    def day_of_month(self, found: "re.Match[str]") -> DiaDoMes:
        if not 1 <= int(found[1]) <= 31:
            self.at = found.start()
            raise self.invalid("um dia de D1 a D31")
        months = int(found[3] or 0)
        return DiaDoMes(int(found[1]), -months if found[2] == "-" else months)

    def business_day_of_month(self) -> DiaUtilDoMes:
        start, count = self.at, self.count()
        if count is None or count[0] < 0 or count[0] > 23 or count[1] != "du":
            self.at = start
            raise self.invalid("+N dias úteis do mês seguinte, como MS+9du (de 1 a 23)")
        return DiaUtilDoMes(count[0])

    def later_of_two(self, *, depth: int) -> Maior:
        if depth == DEEPEST:
            raise self.invalid(f"no máximo {DEEPEST} max() um dentro do outro")
        self.expect("(", "“(”")
        left = self.data(depth=depth + 1)
        self.expect(",", "“,” e a segunda data")
        right = self.data(depth=depth + 1)
        self.expect(")", "“)”")
        return Maior(left, right)


def parse_anchor(nome: str, texto: str) -> date:
    """The value of an anchor as typed: months become their first day, a year its first of January.

    Raises DomainError that says which form that anchor takes.
    """
    if nome not in ANCORAS and not nome.startswith(CAL):
        raise DomainError(f"Não há âncora “{nome}”. As que há: {', '.join(ANCORAS)} e CAL:código.")
    form, end = ("AAAA-MM", "-01") if nome in MESES else ("AAAA", "-01-01") if nome in ANO else ("AAAA-MM-DD", "")
    try:
        if len(texto) == len(form):
            return date.fromisoformat(texto + end)
    except ValueError:
        pass
    raise DomainError(f"{nome}={texto[:40]}: esperava {form}, como {'2026-11-19'[: len(form)]}.")
