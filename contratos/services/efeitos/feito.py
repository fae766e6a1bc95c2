from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from contratos.models import Atividade, AtoRegulatorio, Contrato, Fluxo
from portal import clock


@dataclass(frozen=True, slots=True)
class Feito:
    """An activity that was just closed, with what was stated. `ato`: as stated, not yet saved."""

    fluxo: Fluxo
    row: Atividade
    dados: Mapping[str, str]
    ato: AtoRegulatorio | None
    resultado: str
    by: str
    now: datetime

    @property
    def contrato(self) -> Contrato:
        return self.fluxo.contrato

    @property
    def hoje(self) -> date:
        return clock.local_date(self.now)
