"""What every report is made of, whatever it is written to: a page, a PDF, a table for a spreadsheet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

NO_ALTO = ("Leilão", "Contrato", "Agente")  # the title of the entry, or of the report, has them
Celula = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Ficha:
    """One entry. `tom`: ok, alerta, erro or neutro; `campos` has the report's columns, in order."""

    titulo: str
    estado: str
    tom: str
    campos: Mapping[str, Celula]

    @property
    def mostrados(self) -> list[tuple[str, str]]:
        """As people read them below the title; those without a value are left out."""
        return [
            (nome, found) for nome, celula in self.campos.items() if nome not in NO_ALTO and (found := text(celula))
        ]


@dataclass(frozen=True, slots=True)
class Relatorio:
    codigo: str
    clausula: str
    titulo: str
    em: date
    colunas: tuple[str, ...]
    resumo: tuple[tuple[str, Celula], ...]
    fichas: tuple[Ficha, ...]
    vazio: str

    @property
    def resumido(self) -> list[tuple[str, str]]:
        return [(nome, found) for nome, celula in self.resumo if (found := text(celula))]


def text(celula: Celula, *, milhares: bool = True) -> str:
    """Decimal comma, and day before month. A spreadsheet wants its thousands without points."""
    if celula is None:
        return ""
    if isinstance(celula, date):
        return f"{celula:%d/%m/%Y}"
    if isinstance(celula, Decimal):
        shown = f"{celula:,f}" if milhares else f"{celula:f}"
        return shown.translate(str.maketrans(",.", ".,"))
    return str(celula)
