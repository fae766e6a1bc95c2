"""A table for a spreadsheet of ours: `;`, UTF-8 with its mark, Windows ends of line."""

import csv
import io
from collections.abc import Iterable, Sequence

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(cabecalho: Sequence[str], linhas: Iterable[Iterable[str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(cabecalho)
    writer.writerows([_harmless(cell) for cell in linha] for linha in linhas)
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    """A spreadsheet computes what begins like a formula, whoever wrote it."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
