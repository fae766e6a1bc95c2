"""What a deadline expression is made of. `str()` of an expression reads back to the same one."""

from dataclasses import dataclass
from typing import Literal

# Of PdC 3.2: P, L and T stand in the text, the other letters are ours (docs: glossary of dates).
DATAS = {
    "P": "publicação da outorga da nova usina",
    "H": "homologação ou adjudicação do leilão",
    "L": "publicação do ato que alterou os dados do contrato",
    "T": "abertura da solicitação",
    "S": "início da vigência",
    "G": "informação da liberação da garantia do último agente",
    "D": "publicação da decisão da ANEEL",
    "A": "fim do processo de adesão",
    "Z": "data em que se fez a sazonalização",
    "Q": "publicação da cota do mês",
}
MESES = {"MS": "mês de referência", "M": "mês de início do acordo bilateral"}
ANO = {"ANO": "ano civil"}
ANCORAS = DATAS | MESES | ANO
CAL = "CAL:"  # a date that CCEE announces, by its code

Unidade = Literal["du", "dc"]  # business days, running days


@dataclass(frozen=True, slots=True)
class Ancora:
    """A date of the procedure, or one of CCEE's calendar (`CAL:…`)."""

    nome: str

    def __str__(self) -> str:
        return self.nome


@dataclass(frozen=True, slots=True)
class DiaUtilDoMes:
    """MS+9du: the 9th business day of the month after the reference month; the first one counts as 1."""

    ordinal: int

    def __str__(self) -> str:
        return f"MS+{self.ordinal}du"


@dataclass(frozen=True, slots=True)
class DiaDoMes:
    """D25@M-1: a civil day of the month so many before or after M."""

    dia: int
    meses: int

    def __str__(self) -> str:
        return f"D{self.dia}@M" + (f"{self.meses:+d}" if self.meses else "")


@dataclass(frozen=True, slots=True)
class DiaDoAno:
    """31Dec or 31Jan of the civil year ANO."""

    mes: Literal["Jan", "Dec"]

    def __str__(self) -> str:
        return f"31{self.mes}"


@dataclass(frozen=True, slots=True)
class Maior:
    """The later of two."""

    esquerda: "Data"
    direita: "Data"

    def __str__(self) -> str:
        return f"max({self.esquerda},{self.direita})"


@dataclass(frozen=True, slots=True)
class Mais:
    """So many days after `base` (before it where `dias` < 0). `base` itself is day 0 and does not count."""

    base: "Data"
    dias: int
    unidade: Unidade

    def __str__(self) -> str:
        return f"{self.base}{self.dias:+d}{self.unidade}"


@dataclass(frozen=True, slots=True)
class SemPrazo:
    """N.A.: somebody is responsible, but no date is given."""

    def __str__(self) -> str:
        return "N.A."


Data = Ancora | DiaUtilDoMes | DiaDoMes | DiaDoAno | Maior | Mais
Expressao = Data | SemPrazo


def needed(expressao: Expressao) -> frozenset[str]:
    """The names of the anchors without which it cannot be worked out."""
    match expressao:
        case Ancora(nome):
            return frozenset({nome})
        case DiaUtilDoMes():
            return frozenset({"MS"})
        case DiaDoMes():
            return frozenset({"M"})
        case DiaDoAno():
            return frozenset({"ANO"})
        case Maior(esquerda, direita):
            return needed(esquerda) | needed(direita)
        case Mais(base):
            return needed(base)
        case _:
            return frozenset()
