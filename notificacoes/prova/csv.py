"""The proof as a table for a spreadsheet: one line per notice."""

from notificacoes.prova.campos import checked_against, of_certificate, of_line
from notificacoes.selectors.prova import Prova
from portal import planilha


def write(prova: Prova) -> bytes:
    certificado = of_certificate(prova)
    about = {name: certificado[name] for name in ("CNPJ", "Sigla", "Certificado", "SHA-256")}
    rows = [{**about, **of_line(linha), "Conferência": checked_against(prova)} for linha in prova.linhas]
    return planilha.write(list(rows[0] if rows else [*about, "Aviso"]), (row.values() for row in rows))
