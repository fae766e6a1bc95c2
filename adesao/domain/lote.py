"""The report of a batch: one line per company, or per line of a list that names none. Pure."""

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

MAXIMO = 500  # companies in one batch: a browser sends each tick as a field, and a form may have 1,000
CABECALHOS = frozenset({"CNPJ", "SIGLA", "EMPRESA"})
COLUNA_DE_SENHA = "SENHA"


class Acao(StrEnum):
    CONCLUIR = "concluir"  # alvo: a draft
    USAR = "usar"  # alvo: a certificate in service, of any company
    REMOVER = "remover"  # alvo: this company's own row of a certificate


class Situacao(StrEnum):
    AGUARDANDO = "aguardando"
    FEITA = "feita"
    JA_FEITA = "ja-feita"
    RECUSADA = "recusada"


PALAVRAS = {
    Situacao.AGUARDANDO: dict.fromkeys(Acao, "Aguardando"),
    Situacao.FEITA: {Acao.CONCLUIR: "Concluída", Acao.USAR: "Incluído", Acao.REMOVER: "Excluído"},
    Situacao.JA_FEITA: {
        Acao.CONCLUIR: "Já estava concluída",
        Acao.USAR: "Já estava em uso",
        Acao.REMOVER: "Já estava fora de uso",
    },
    Situacao.RECUSADA: dict.fromkeys(Acao, "Recusada"),
}
TOM = {Situacao.AGUARDANDO: "neutro", Situacao.FEITA: "ok", Situacao.JA_FEITA: "ok", Situacao.RECUSADA: "erro"}


class ListaRuim(ValueError):
    """In words for the person."""


@dataclass(frozen=True, slots=True)
class Linha:
    """`alvo`: the id of what the `acao` is about; None where there is nothing to do."""

    cnpj: str
    sigla: str
    alvo: int | None = None
    acao: Acao = Acao.CONCLUIR
    situacao: Situacao = Situacao.AGUARDANDO
    texto: str = ""
    protocolo: str = ""

    @property
    def palavras(self) -> str:
        return PALAVRAS[self.situacao][self.acao]

    @property
    def tom(self) -> str:
        return TOM[self.situacao]

    @property
    def aguarda(self) -> bool:
        return self.situacao is Situacao.AGUARDANDO

    def settle(self, situacao: Situacao, *, texto: str = "", protocolo: str = "") -> "Linha":
        return replace(self, situacao=situacao, texto=texto, protocolo=protocolo)

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Linha":
        return cls(**{**data, "acao": Acao(data["acao"]), "situacao": Situacao(data["situacao"])})


def merge(kept: Sequence[Linha], done: Mapping[int, Linha]) -> list[Linha]:
    """What was settled, by position; a line that somebody settled first stays as they said."""
    return [done.get(position, line) if line.aguarda else line for position, line in enumerate(kept)]


def summary(linhas: Sequence[Linha]) -> list[tuple[str, str, int]]:
    """Tone, words and number of what there is, what waits first."""
    found = Counter(
        (linha.tom, linha.palavras) for situacao in Situacao for linha in linhas if linha.situacao is situacao
    )
    return [(tom, palavras, number) for (tom, palavras), number in found.items()]


def read_list(text: str) -> list[tuple[int, str]]:
    """Number and first cell of each line that says something: a CNPJ or a SIGLA, pasted or from a CSV.

    Raises ListaRuim for a column of passwords: they never come in a file.
    """
    rows = [list(csv.reader(io.StringIO(line), delimiter=_delimiter(line))) for line in text.splitlines()]
    cells = [(number, row[0]) for number, row in enumerate(rows, start=1) if row]
    if any(cell.strip().upper() == COLUNA_DE_SENHA for _, row in cells[:1] for cell in row):
        raise ListaRuim(
            "O arquivo tem uma coluna “senha”. Senhas não viajam em arquivos: apague a coluna (e o arquivo que a "
            "tinha) e digite a senha nesta página ou na de cada empresa."
        )
    found = [(number, row[0].strip()) for number, row in cells if row[0].strip()]
    return found[1:] if found and found[0][1].upper() in CABECALHOS else found


def _delimiter(line: str) -> str:
    return next((mark for mark in (";", "\t", ",") if mark in line), ";")
