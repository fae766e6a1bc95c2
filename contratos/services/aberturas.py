"""The row of a flow, and flows that another act opens without anybody asking for them."""

from collections.abc import Mapping
from datetime import date, datetime

from contratos.domain.procedimentos import PROCEDIMENTOS
from contratos.models import Contrato, Fluxo
from contratos.services.andamento import Andamento
from contratos.services.trilha import note


def new(contrato: Contrato, codigo: str, *, by: str, now: datetime, ancoras: Mapping[str, date] | None = None) -> Fluxo:
    """Not saved yet; of the procedure as it is today."""
    texts = {nome: day.isoformat() for nome, day in (ancoras or {}).items()}
    versao = PROCEDIMENTOS[codigo].versao if codigo in PROCEDIMENTOS else 1  # sets of milestones are rows
    return Fluxo(contrato=contrato, procedimento=codigo, versao=versao, ancoras=texts, opened_at=now, opened_by=by)


def start(
    contrato: Contrato,
    codigo: str,
    *,
    by: str,
    now: datetime,
    dados: Mapping[str, str] | None = None,
    ancoras: Mapping[str, date] | None = None,
    nome: str = "",
) -> Fluxo:
    """Inside an act; no flow under it. `nome`: what its first activity is called, where that depends on the case."""
    fluxo = new(contrato, codigo, by=by, now=now, ancoras=ancoras)
    fluxo.dados = dict(dados or {})
    fluxo.save()
    Andamento(fluxo, now).begin()
    if nome:
        fluxo.atividades.filter(ordem=0).update(nome=nome)
    note(contrato, "fluxo_aberto", by=by, now=now, fluxo=codigo, ancoras=fluxo.ancoras, **fluxo.dados)
    return fluxo
