"""Flows that another act opens, without anybody asking for them: no flow under them, nothing to wait for."""

from collections.abc import Mapping
from datetime import datetime

from contratos.models import Contrato, Fluxo
from contratos.services.andamento import Andamento
from contratos.services.trilha import note


def start(
    contrato: Contrato, codigo: str, *, by: str, now: datetime, dados: Mapping[str, str] | None = None, nome: str = ""
) -> Fluxo:
    """Inside an act. `nome`: what its first activity is called, where that depends on the case."""
    fluxo = Fluxo.objects.create(
        contrato=contrato, procedimento=codigo, dados=dict(dados or {}), opened_at=now, opened_by=by
    )
    Andamento(fluxo, now).begin()
    if nome:
        fluxo.atividades.filter(ordem=0).update(nome=nome)
    note(contrato, "fluxo_aberto", by=by, now=now, fluxo=codigo, ancoras={}, **fluxo.dados)
    return fluxo
