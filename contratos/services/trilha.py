"""Entries about contracts: one for each side, so that each finds them in its own trail."""

from datetime import datetime
from typing import Any

from contratos.models import Contrato
from portal.auditoria.services import Fato, record_all

SISTEMA = "portal"  # who acts where nobody does: time alone, or what another act brings about


def note(contrato: Contrato, tipo: str, *, by: str, now: datetime, **dados: Any) -> None:
    record_all(facts(contrato, tipo, **dados), at=now, ator=by)


def facts(contrato: Contrato, tipo: str, **dados: Any) -> list[Fato]:
    """For whoever writes those of many contracts at once."""
    objeto = f"contrato {contrato.numero}"
    return [Fato(f"contrato.{tipo}", agente.cnpj, objeto, dados) for agente in contrato.partes]
