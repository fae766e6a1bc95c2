"""The CSV of agents and representations, read without a database: one Linha per good line, one Erro per fault."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from portal.agentes.importacao.campos import COLUNAS, read_field
from portal.kernel.text import visible

SEPARADOR = ";"
SALVAR_COMO = (
    "No Excel: Arquivo > Salvar como > “CSV UTF-8 (delimitado por vírgulas)”. No LibreOffice: Salvar como > CSV, "
    "conjunto de caracteres Unicode (UTF-8), delimitador “;”."
)


@dataclass(frozen=True, slots=True)
class Erro:
    """A fault and what to do about it. `linha` counts from 1, as an editor shows it; 0 is the whole file."""

    linha: int
    coluna: str
    texto: str

    def __str__(self) -> str:
        where = f"linha {self.linha}" if self.linha else "arquivo"
        return f"{where}{f', {self.coluna}' if self.coluna else ''}: {self.texto}"


@dataclass(frozen=True, slots=True)
class Linha:
    """One representation, its fields normalised."""

    numero: int
    cnpj: str
    sigla: str
    razao_social: str
    classe: str
    usuario: str
    nome: str
    email: str
    papel: str


@dataclass(frozen=True, slots=True)
class Planilha:
    linhas: tuple[Linha, ...]
    erros: tuple[Erro, ...]


def read(data: bytes) -> Planilha:
    """Never raises: what is wrong is in `erros`, all of it at once."""
    try:
        text = _decode(data)
        rows = list(_rows(text))
        order = _header(rows)
    except _Unusable as error:
        return Planilha((), (error.erro,))
    linhas: list[Linha] = []
    erros: list[Erro] = []
    for numero, cells in rows[1:]:
        values, faults = _fields(numero, cells, order)
        erros.extend(faults)
        if not faults:
            linhas.append(Linha(numero, **values))
    if not linhas and not erros:
        erros.append(Erro(0, "", "só tem o cabeçalho: nenhuma linha a importar."))
    return Planilha(tuple(linhas), tuple(erros))


class _Unusable(Exception):
    def __init__(self, linha: int, texto: str) -> None:
        super().__init__(texto)
        self.erro = Erro(linha, "", texto)


def _decode(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _Unusable(0, f"está em UTF-16 e precisa estar em UTF-8. {SALVAR_COMO}")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        guess = "Windows-1252 (o “CSV” comum do Excel)" if _is_windows_1252(data) else "outra codificação"
        raise _Unusable(line, f"não está em UTF-8; parece {guess}. {SALVAR_COMO}") from None


def _is_windows_1252(data: bytes) -> bool:
    """Its letters with accents lie above 0xC0; the five codes it leaves out do not occur."""
    high = [byte for byte in data if byte >= 0x80]
    return not {0x81, 0x8D, 0x8F, 0x90, 0x9D} & set(high) and sum(byte >= 0xC0 for byte in high) * 2 >= len(high)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Lines with something in them and the number at which each begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=SEPARADOR, strict=True)
    start = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise _Unusable(start, 'as aspas não fecham ou o campo é longo demais. Confira as aspas (").') from None
        if any(cell.strip() for cell in cells):
            yield start, [cell.strip() for cell in cells]
        start = reader.line_num + 1


def _header(rows: list[tuple[int, list[str]]]) -> tuple[str, ...]:
    expected = SEPARADOR.join(COLUNAS)
    if not rows:
        raise _Unusable(0, f"está vazio. A primeira linha deve ser: {expected}")
    numero, cells = rows[0]
    names = tuple(cell.lower() for cell in cells)
    if sorted(names) == sorted(COLUNAS):
        return names
    if len(names) == 1 and "," in names[0]:
        raise _Unusable(numero, f"as colunas estão separadas por vírgula; use ponto e vírgula: {expected}")
    missing = [name for name in COLUNAS if name not in names]
    strange = [visible(name, 40) for name in names if name not in COLUNAS]
    found = f"faltam as colunas {', '.join(missing)}" if missing else "há colunas repetidas ou a mais"
    surplus = f" (encontradas: {', '.join(strange)})" if strange else ""
    raise _Unusable(numero, f"{found}{surplus}. A primeira linha deve ser: {expected}")


def _fields(numero: int, cells: list[str], order: tuple[str, ...]) -> tuple[dict[str, str], list[Erro]]:
    if len(cells) != len(order):
        text = f"tem {len(cells)} colunas e deveria ter {len(order)}. Campos com “;” precisam de aspas."
        return {}, [Erro(numero, "", text)]
    values: dict[str, str] = {}
    erros: list[Erro] = []
    for name, cell in zip(order, cells, strict=True):
        value, fault = read_field(name, cell)
        values[name] = value
        if fault:
            erros.append(Erro(numero, name, fault))
    return values, erros
