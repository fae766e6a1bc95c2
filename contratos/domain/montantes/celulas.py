"""One cell of a table: a month, a day, an hour, an amount; or what it should have been.

An amount has a decimal comma and no point of thousands: a point could be either, and a guess would be a thousandfold.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal

from contratos.domain.acordo import Intervalo
from contratos.domain.montantes.exato import CASAS
from contratos.domain.periodos import HORAS_DO_DIA

NUMERO = re.compile(r"\d{1,11}(?:,\d{1,6})?", re.ASCII)
MES = re.compile(r"(?P<ano>\d{4})-(?P<mes>\d{2})|(?:01/)?(?P<mes2>\d{2})/(?P<ano2>\d{4})", re.ASCII)
ABREVIADO = re.compile(r"(?P<mes>[a-z]{3})\.?[/-](?P<ano>\d{4}|\d{2})", re.ASCII)
ABREVIADOS = ("jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez")
HORA = re.compile(r"(\d{1,2})(?::00|h)?", re.ASCII)
SECULO = 2000


class CelulaErrada(ValueError):
    """What a cell requires, in words for the user."""


def decode(dados: bytes) -> str:
    """As spreadsheets save: UTF-8, their UTF-16 (“texto Unicode”), or the older Windows code."""
    if dados.startswith((b"\xff\xfe", b"\xfe\xff")):
        return dados.decode("utf-16", errors="replace")
    try:
        return dados.decode("utf-8-sig")
    except UnicodeDecodeError:
        return dados.decode("cp1252", errors="replace")


def read_month(texto: str) -> date:
    """01/2027, 2027-01, 01/01/2027, jan/27."""
    named, short = MES.fullmatch(texto), ABREVIADO.fullmatch(texto.lower())
    if named:
        ano, mes = int(named["ano"] or named["ano2"]), int(named["mes"] or named["mes2"])
    elif short and short["mes"] in ABREVIADOS:
        ano, mes = int(short["ano"]) % SECULO + SECULO, ABREVIADOS.index(short["mes"]) + 1
    else:
        raise CelulaErrada("informe o mês como 01/2027.")
    try:
        return date(ano, mes, 1)
    except ValueError:
        raise CelulaErrada("esse mês não existe. Informe-o como 01/2027.") from None


def read_day(texto: str, dias: Intervalo) -> date:
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            day = datetime.strptime(texto, form).date()  # noqa: DTZ007 - a day, without an hour
        except ValueError:
            continue
        if day in dias:
            return day
        raise CelulaErrada(f"fica fora de {dias}.")
    raise CelulaErrada("informe o dia como 01/03/2027.")


def read_hour(texto: str) -> int:
    named = HORA.fullmatch(texto)
    if named and int(named[1]) < HORAS_DO_DIA:
        return int(named[1])
    raise CelulaErrada("informe a hora de 0 a 23, a do começo de cada intervalo.")


PEDIDOS: Sequence[tuple[Callable[[str], object], str]] = (
    (lambda text: not text, "a célula está vazia. Onde não há energia, informe 0."),
    (re.compile(r"-[\d.,]+").fullmatch, "o montante não pode ser negativo."),
    (re.compile(r"[\d.,]*\.[\d.,]*").fullmatch, "use vírgula decimal e nenhum ponto, como 1234,567890."),
    (re.compile(r"\d+,\d+").fullmatch, f"são até 11 algarismos inteiros e {CASAS} casas decimais; nada é arredondado."),
    (lambda text: True, "informe um número, como 1234,567890."),  # whatever else it is
)


def amount(texto: str) -> Decimal:
    """12,345678."""
    if NUMERO.fullmatch(texto):
        return Decimal(texto.replace(",", "."))
    raise CelulaErrada(next(asked for wrong, asked in PEDIDOS if wrong(texto)))
