"""What somebody asks for when making or changing a destination, before it is judged."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dados:
    nome: str
    url: str
    eventos: Sequence[str]
