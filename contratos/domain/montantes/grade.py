"""A table of months or of hours as a person brings it: pasted from a spreadsheet, typed, or as a CSV file.

Cells part at `;` or TAB. What cannot be read is said cell by cell; whoever saves does so only where nothing is wrong.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

from contratos.domain.acordo import Intervalo
from contratos.domain.montantes.celulas import CelulaErrada, amount, read_day, read_hour, read_month
from contratos.domain.montantes.exato import number
from contratos.domain.montantes.meses import hours_in
from contratos.domain.montantes.modulacao import named
from contratos.domain.periodos import DIA, HORAS_DO_DIA
from portal import planilha

Chave = TypeVar("Chave", date, int)
MES_E_VALOR, DIA_HORA_E_VALOR = 2, 3
MAIS_LINHAS = 1000  # the longest table has a month of hours: 744
MOSTRADOS = 12  # errors that one answer shows
LONGO = 30  # characters of a cell that an error repeats


@dataclass(frozen=True, slots=True)
class Erro:
    """Line and column from 1, as the person counts them; line 0: of the table as a whole."""

    linha: int
    coluna: int
    achado: str
    pedido: str

    def __str__(self) -> str:
        found = f"“{self.achado}”: " if self.achado else ""
        return f"Linha {self.linha}, coluna {self.coluna}: {found}{self.pedido}" if self.linha else self.pedido


@dataclass(slots=True)
class Leitura(Generic[Chave]):
    """What could be read, by month or by hour of the interval from 0, and what is wrong with all the rest."""

    valores: dict[Chave, Decimal] = field(default_factory=dict)
    erros: list[Erro] = field(default_factory=list)

    @property
    def in_order(self) -> list[Decimal]:
        return [self.valores[chave] for chave in sorted(self.valores)]

    @property
    def told(self) -> list[str]:
        """The first errors, and how many there are beside them."""
        more = len(self.erros) - MOSTRADOS
        return [str(erro) for erro in self.erros[:MOSTRADOS]] + ([f"Há mais {more} erro(s)."] if more > 0 else [])

    def add(self, linha: int, coluna: int, chave: Chave, texto: str) -> None:
        """One cell with an amount."""
        try:
            self.valores[chave] = amount(texto)
        except CelulaErrada as error:
            self.refuse(linha, coluna, texto, error)

    def refuse(self, linha: int, coluna: int, achado: str, pedido: object) -> None:
        self.erros.append(Erro(linha, coluna, achado[:LONGO], str(pedido)))


def read_months(texto: str) -> Leitura[date]:
    """Lines of month; MWh, such as 01/2027; 1234,567890. A spreadsheet's jan/27 is a month too."""
    leitura: Leitura[date] = Leitura()
    lines: dict[date, int] = {}
    for linha, cells in _rows(texto, leitura):
        if len(cells) > MES_E_VALOR:
            leitura.refuse(linha, len(cells), cells[-1], "a linha tem duas colunas, como 01/2027; 1234,567890.")
            continue
        try:
            mes = read_month(cells[0])
            _once(lines, mes, linha)
        except CelulaErrada as error:
            leitura.refuse(linha, 1, cells[0], error)
        else:
            leitura.add(linha, 2, mes, "".join(cells[1:]))
    return leitura


def read_hours(texto: str, dias: Intervalo) -> Leitura[int]:
    """Every hour of those days: lines of day; hour; MWh, or of day and its 24 amounts. Either way each hour once."""
    leitura: Leitura[int] = Leitura()
    lines: dict[int, int] = {}
    for linha, cells in _rows(texto, leitura):
        if len(cells) not in (DIA_HORA_E_VALOR, HORAS_DO_DIA + 1):
            asked = "a linha tem dia; hora; MWh, como 01/03/2027; 0; 12,345678, ou o dia e as suas 24 horas."
            leitura.refuse(linha, len(cells), cells[-1], asked)
            continue
        for coluna, hora in _hours(leitura, linha, cells, dias):
            try:
                _once(lines, hora, linha)
            except CelulaErrada as error:
                leitura.refuse(linha, 1, cells[0], error)
                break
            leitura.add(linha, coluna, hora, cells[coluna - 1])
    _ask_for_missing(leitura, lines, dias)
    return leitura


def _hours(leitura: Leitura[int], linha: int, cells: Sequence[str], dias: Intervalo) -> list[tuple[int, int]]:
    """Columns of the line and the hour of each, counted from the interval's first; none where they cannot be told."""
    coluna = 1
    try:
        first = (read_day(cells[0], dias) - dias.de).days * HORAS_DO_DIA
        if len(cells) > DIA_HORA_E_VALOR:
            return [(2 + hora, first + hora) for hora in range(HORAS_DO_DIA)]
        coluna = 2
        return [(3, first + read_hour(cells[1]))]
    except CelulaErrada as error:
        leitura.refuse(linha, coluna, cells[coluna - 1], error)
        return []


def _ask_for_missing(leitura: Leitura[int], lines: dict[int, int], dias: Intervalo) -> None:
    """Only where all that is there could be read: else one error would bring another."""
    missing = [hora for hora in range(hours_in(dias)) if hora not in lines]
    if missing and not leitura.erros:
        names = ", ".join(named(dias.de, hora) for hora in missing[:MOSTRADOS])
        more = len(missing) - MOSTRADOS
        leitura.refuse(0, 0, "", f"De {dias}, falta {names}{f' e mais {more} hora(s)' if more > 0 else ''}.")


def _rows(texto: str, leitura: Leitura[Chave]) -> Iterator[tuple[int, list[str]]]:
    """Lines with something in them, without the heading; trailing cells that are empty are the spreadsheet's."""
    heading = True
    for linha, line in enumerate(texto.removeprefix("\ufeff").splitlines(), 1):
        cells = [cell.strip().strip('"').strip() for cell in line.split("\t" if "\t" in line else ";")]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        if linha > MAIS_LINHAS:
            leitura.refuse(0, 0, "", f"A tabela tem mais de {MAIS_LINHAS} linhas. Confira o que foi colado.")
            return
        if not heading or any(map(str.isdigit, "".join(cells))):
            yield linha, cells
        heading = False


def _once(lines: dict[Chave, int], chave: Chave, linha: int) -> None:
    if chave in lines:
        raise CelulaErrada(f"já está na linha {lines[chave]}.")
    lines[chave] = linha


def write_months(valores: dict[date, Decimal]) -> bytes:
    """What read_months() reads, for a spreadsheet."""
    return planilha.write(["Mês", "MWh"], [[f"{mes:%m/%Y}", number(valores[mes])] for mes in sorted(valores)])


def write_hours(inicio: date, horas: Sequence[Decimal]) -> bytes:
    """What read_hours() reads; `inicio`: the day of the first hour."""
    rows = [
        [f"{inicio + hora // HORAS_DO_DIA * DIA:%d/%m/%Y}", str(hora % HORAS_DO_DIA), number(valor)]
        for hora, valor in enumerate(horas)
    ]
    return planilha.write(["Dia", "Hora", "MWh"], rows)
