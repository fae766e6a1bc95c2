"""The feed of who is active: what a place in it is, and what changed between what was told and what holds now."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

CURSOR = r"^(0|[1-9][0-9]{0,17}-[0-9a-f]{8})?$"  # as the OpenAPI document has it too
_CURSOR = re.compile(CURSOR, re.ASCII)
Par = tuple[str, str]  # a CNPJ and the SHA-256 of a certificate


@dataclass(frozen=True, slots=True)
class Cursor:
    """After which row to go on. `marca` tells the row from another of that number, written after a restore."""

    numero: int = 0  # 0: from the beginning
    marca: str = ""

    def __str__(self) -> str:
        return f"{self.numero}-{self.marca}" if self.numero else "0"

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        """None where it is no cursor."""
        if not _CURSOR.fullmatch(text):
            return None
        numero, _, marca = text.partition("-")
        return cls(int(numero or 0), marca)


@dataclass(frozen=True, slots=True)
class Item:
    """A certificate that lets a company in, as the feed tells it. Whether it is in force is the reader's clock's."""

    cnpj: str
    sigla: str
    sha256: str
    valido_de: datetime
    valido_ate: datetime

    @property
    def par(self) -> Par:
        return self.cnpj, self.sha256


def difference(told: Mapping[Par, Item], holds: Mapping[Par, Item]) -> tuple[list[Item], list[Item]]:
    """What is no longer so, and what is new or otherwise now; each in an order of its own, whatever the database's."""
    gone = [told[par] for par in sorted(told.keys() - holds.keys())]
    come = [holds[par] for par in sorted(holds) if told.get(par) != holds[par]]
    return gone, come
