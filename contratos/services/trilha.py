"""Entries about contracts: one for each side, so that each finds them in its own trail."""

from datetime import datetime
from typing import Any

from contratos.models import Contrato
from portal.auditoria.services import Fato, record_all

SISTEMA = "portal"  # who acts where nobody does: time alone, or what another act brings about


def note(contrato: Contrato, tipo: str, *, by: str, now: datetime, **dados: Any) -> None:
    cnpjs = [agente.cnpj for agente in contrato.partes]
    objeto = f"contrato {contrato.numero}"
    record_all([Fato(f"contrato.{tipo}", cnpj, objeto, dados) for cnpj in cnpjs], at=now, ator=by)
