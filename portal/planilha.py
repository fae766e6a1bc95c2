"""A table for a spreadsheet of ours: `;`, UTF-8 with its mark, Windows ends of line."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(cabecalho: Sequence[str], linhas: Iterable[Iterable[str]]) -> bytes:
    return b"".join(stream(cabecalho, linhas))


def stream(cabecalho: Sequence[str], linhas: Iterable[Iterable[str]]) -> Iterator[bytes]:
    """The same, line by line, of a table that must not be held whole."""
    yield _line(cabecalho).encode("utf-8-sig")
    for linha in linhas:
        yield _line([_harmless(cell) for cell in linha]).encode()


def _line(cells: Sequence[str]) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerow(cells)
    return text.getvalue()


def _harmless(cell: str) -> str:
    """A spreadsheet computes what begins like a formula, whoever wrote it."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
