"""What a gate is asked about, and what it answers."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from contratos.models import AtoRegulatorio, Contrato


@dataclass(frozen=True, slots=True)
class Caso:
    """`ato`: as stated with the closing, not yet saved. `ancoras`: of the flow, as it keeps them."""

    contrato: Contrato
    hoje: date
    ato: AtoRegulatorio | None = None
    ancoras: Mapping[str, str] = field(default_factory=dict)

    def anchor(self, letra: str) -> date | None:
        return date.fromisoformat(self.ancoras[letra]) if letra in self.ancoras else None


@dataclass(frozen=True, slots=True)
class Portao:
    """Gives a message for each thing that is missing, which names its clause and how the act becomes possible."""

    clausula: str
    faltas: Callable[[Caso], Iterator[str]]
