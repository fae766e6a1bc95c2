"""The registration of a contract moved on, and what moves with it. Inside an act, whoever may having been asked for."""

from datetime import datetime
from typing import Any

from contratos.domain.contrato import Registro, require_passage
from contratos.domain.procedimentos import DE_CANCELAMENTO
from contratos.domain.procedimentos.cancelamento import CANCELAMENTO
from contratos.models import Contrato
from contratos.services.andamento import stop
from contratos.services.trilha import note

# What is left to do afterwards: months that were settled.
SOBREVIVEM = [procedimento.codigo for procedimento in DE_CANCELAMENTO if procedimento is not CANCELAMENTO]


def lock(contrato: Contrato) -> Contrato:
    """Nobody else changes it until the act is over."""
    rows = Contrato.objects.select_for_update(of=("self",)).select_related("leilao", "vendedor", "comprador")
    return rows.get(pk=contrato.pk)


def move(contrato: Contrato, para: Registro, *, by: str, now: datetime, motivo: str = "", **fields: Any) -> Contrato:
    """Raises Conflict with what is possible from there."""
    require_passage(Registro(contrato.registro), para, contrato.tipo)
    contrato.registro = para.value
    for nome, value in fields.items():
        setattr(contrato, nome, value)
    contrato.save(update_fields=["registro", *fields])
    note(contrato, "situacao", by=by, now=now, registro=para.value, **({"motivo": motivo} if motivo else {}))
    return contrato


def stop_flows(contrato: Contrato, *, estado: str, by: str, now: datetime, segue: str = "") -> None:
    """All that are open but those that the end leaves to do, and the procedure `segue`."""
    for fluxo in contrato.fluxos.filter(closed_at=None).exclude(procedimento__in=[*SOBREVIVEM, segue]):
        stop(fluxo, estado=estado, by=by, now=now)
