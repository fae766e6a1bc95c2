"""The proof as a table for a spreadsheet: `;`, UTF-8 with its mark, one line per notice."""

import csv
import io

from notificacoes.prova.campos import checked_against, of_certificate, of_line
from notificacoes.selectors.prova import Prova

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(prova: Prova) -> bytes:
    certificado = of_certificate(prova)
    about = {name: certificado[name] for name in ("CNPJ", "Sigla", "Certificado", "SHA-256")}
    rows = [{**about, **of_line(linha), "Conferência": checked_against(prova)} for linha in prova.linhas]
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(rows[0] if rows else [*about, "Aviso"])
    writer.writerows([_harmless(cell) for cell in row.values()] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    """A spreadsheet computes what begins like a formula, whoever wrote it."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
