"""Months and loads for the tests of amounts."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from contratos.domain.montantes import perfil
from contratos.domain.montantes.meses import hours_of


def mes(numero: int, ano: int = 2027) -> date:
    return date(ano, numero, 1)


ANO = [mes(numero) for numero in range(1, 13)]
HORAS = hours_of(ANO)
SEMESTRE = hours_of(mes(numero) for numero in range(7, 13))
CA = hours_of(mes(numero) for numero in range(3, 7))
DECLARADO = (640, 655, 630, 570, 500, 455, 440, 450, 480, 540, 600, 640)


def by_month(meses: Iterable[date], valores: Iterable[object]) -> dict[date, Decimal]:
    return {each: Decimal(str(valor)) for each, valor in zip(meses, valores, strict=True)}


CARGA = perfil.from_power(by_month(ANO, DECLARADO), HORAS)
