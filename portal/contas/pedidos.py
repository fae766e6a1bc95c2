"""What is asked for: the files of a pair, and a person as typed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Arquivos:
    """Name and content of the file for each use; without `cifra` the first one serves both."""

    assinatura: tuple[str, bytes]
    cifra: tuple[str, bytes] | None = None

    def of(self, uso: str) -> tuple[str, bytes]:
        return self.cifra if uso == "cifra" and self.cifra else self.assinatura


@dataclass(frozen=True, slots=True)
class Pessoa:
    """One who has a user name already keeps the rest of their record."""

    username: str
    nome: str
    email: str
