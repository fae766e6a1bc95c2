"""Deadlines worked out with a finger on the calendar, day by day: slow, obvious, and nothing of ours in it.

Written from the reading of the rules alone (docs/decisions/013). An expression is a tuple, as `escrita()` spells it.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

UM_DIA = timedelta(days=1)


class SemResposta(Exception):
    """Outside the years held, or a day that its month has not."""


@dataclass(frozen=True)
class Folhinha:
    """A calendar on the wall: its first and last page, and the days struck out."""

    primeiro: date
    ultimo: date
    riscados: frozenset[date]

    def util(self, dia: date) -> bool:
        if not self.primeiro <= dia <= self.ultimo:
            raise SemResposta
        return dia.isoweekday() <= 5 and dia not in self.riscados


@dataclass(frozen=True)
class Leitura:
    folhinha: Folhinha
    ancora_rola: bool
    corrido_rola: bool

    def vence(self, expressao: Any, datas: dict[str, date]) -> date:
        match expressao:
            case ("ancora", nome):
                return datas[nome]
            case ("max", uma, outra):
                return sorted([self.vence(uma, datas), self.vence(outra, datas)])[1]
            case ("ms", ordinal):
                return self.dia_util_do_mes_seguinte(datas["MS"], ordinal)
            case ("dia", dia, meses):
                return dia_do_mes(datas["M"], dia, meses)
            case ("31", mes):
                return date(datas["ANO"].year, {"Jan": 1, "Dec": 12}[mes], 31)
            case ("mais", base, quantos, "du"):
                inicio = self.dia_zero(base, quantos, datas)
                return self.dias_uteis(inicio, quantos)
            case ("mais", base, quantos, "dc"):
                inicio = self.dia_zero(base, quantos, datas)
                return self.dias_corridos(inicio, quantos)
        raise AssertionError(expressao)

    def dia_zero(self, base: Any, quantos: int, datas: dict[str, date]) -> date:
        dia = self.vence(base, datas)
        if self.ancora_rola and quantos > 0 and base[0] in ("ancora", "max"):
            dia = self.primeiro_util_desde(dia)
        return dia

    def primeiro_util_desde(self, dia: date) -> date:
        while not self.folhinha.util(dia):
            dia += UM_DIA
        return dia

    def dias_uteis(self, dia: date, quantos: int) -> date:
        self.folhinha.util(dia)  # day 0 must be on the wall too
        contados = 0
        while contados < abs(quantos):
            dia = dia + UM_DIA if quantos > 0 else dia - UM_DIA
            if self.folhinha.util(dia):
                contados += 1
        return dia

    def dias_corridos(self, dia: date, quantos: int) -> date:
        for _ in range(abs(quantos)):
            dia = dia + UM_DIA if quantos > 0 else dia - UM_DIA
        return self.primeiro_util_desde(dia) if self.corrido_rola and quantos > 0 else dia

    def dia_util_do_mes_seguinte(self, referencia: date, ordinal: int) -> date:
        dia = mes_seguinte(referencia)
        mes, contados = dia.month, 0
        while dia.month == mes:
            if self.folhinha.util(dia):
                contados += 1
            if contados == ordinal:
                return dia
            dia += UM_DIA
        raise SemResposta


def mes_seguinte(dia: date) -> date:
    mes = dia.month
    while dia.month == mes:
        dia += UM_DIA
    return dia


def mes_anterior(dia: date) -> date:
    return (dia.replace(day=1) - UM_DIA).replace(day=1)


def dia_do_mes(inicio: date, dia: int, meses: int) -> date:
    mes = inicio
    for _ in range(abs(meses)):
        mes = mes_seguinte(mes) if meses > 0 else mes_anterior(mes)
    try:
        return mes.replace(day=dia)
    except ValueError:
        raise SemResposta from None


def escrita(expressao: Any) -> str:
    match expressao:
        case ("ancora", nome):
            return str(nome)
        case ("max", uma, outra):
            return f"max({escrita(uma)},{escrita(outra)})"
        case ("ms", ordinal):
            return f"MS+{ordinal}du"
        case ("dia", dia, 0):
            return f"D{dia}@M"
        case ("dia", dia, meses):
            return f"D{dia}@M{meses:+}"
        case ("31", mes):
            return f"31{mes}"
        case ("mais", base, quantos, unidade):
            return f"{escrita(base)}{quantos:+}{unidade}"
    raise AssertionError(expressao)
