"""Contracts are kept (3.18): whoever takes a copy of everything is written down."""

from datetime import datetime

from contratos import acesso
from contratos.models import Contrato
from contratos.services.trilha import note
from portal.agentes.acesso import Ator
from portal.auditoria.services import act


@act()
def record_export(contrato: Contrato, *, ator: Ator, now: datetime) -> None:
    """For whoever may see it; raises NotFound for others."""
    acesso.find(ator, contrato.numero, now=now)
    note(contrato, "exportado", by=ator.nome, now=now)
