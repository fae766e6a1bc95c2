"""Flows: opened, moved on one activity at a time, corrected, and moved on by time alone."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from contratos import acesso
from contratos.domain import andamento as motor
from contratos.domain.andamento import JaEncerrada, Situacao
from contratos.domain.contrato import COM_CCG
from contratos.domain.procedimentos import CCG, CCG_EXISTENTE, EXISTENTE, MARCOS, PROCEDIMENTOS
from contratos.models import Contrato, Fluxo
from contratos.services import atividades, conjuntos, passagens
from contratos.services.aberturas import new
from contratos.services.ancoras import Ancoras
from contratos.services.andamento import Andamento, lock, stop
from contratos.services.trilha import SISTEMA, note
from portal.agentes.acesso import Ator
from portal.agentes.models import Agente
from portal.auditoria.services import act
from portal.kernel.errors import DomainError


@act()
def open_flow(
    contrato: Contrato,
    procedimento: str,
    *,
    ator: Ator,
    now: datetime,
    ancoras: Ancoras | None = None,
    solicitante: Agente | None = None,
    dados: Mapping[str, Any] | None = None,
) -> Fluxo:
    """Opened by CCEE, or by the party that requests it (`solicitante`)."""
    if solicitante is None:
        acesso.require_ccee(ator, contrato, now=now)
    else:
        acesso.require_party(ator, contrato, solicitante, now=now)
    fluxo = _create(contrato, procedimento, by=ator.nome, now=now, ancoras=dict(ancoras or {}))
    fluxo.solicitante, fluxo.dados = solicitante, dict(dados or {})
    return begin(fluxo, now=now)


def begin(fluxo: Fluxo, *, now: datetime) -> Fluxo:
    """Inside an act. Sub-flows open with their flow, on the same anchors."""
    if fluxo.contrato.outorga is not None:
        fluxo.ancoras.setdefault("P", fluxo.contrato.outorga.ato.published_on.isoformat())
    fluxo.save()
    andamento = Andamento(fluxo, now)
    andamento.begin()
    note(fluxo.contrato, "fluxo_aberto", by=fluxo.opened_by, now=now, fluxo=fluxo.procedimento, ancoras=fluxo.ancoras)
    passagens.reflect(andamento, by=fluxo.opened_by)
    for codigo, nome in andamento.procedimento.subfluxos:
        if nome in (CCG.codigo, CCG_EXISTENTE.codigo) and fluxo.contrato.tipo not in COM_CCG:
            continue  # a CER has none
        sub = _create(fluxo.contrato, nome, by=fluxo.opened_by, now=now, ancoras=_dates(fluxo.ancoras))
        sub.sob = andamento.rows[codigo]
        if nome == MARCOS:
            sub.marcos = conjuntos.current(fluxo.contrato.leilao, by=SISTEMA, now=now)
            sub.dados = {"ancoras": list(andamento.procedimento.ancoras)}
        begin(sub, now=now)
    waive_what_is_known(fluxo, now=now)
    return fluxo


def waive_what_is_known(fluxo: Fluxo, *, now: datetime) -> None:
    """3.13: the act is recorded by a seller that had none on file."""
    on_file = fluxo.contrato.outorga
    existing = fluxo.sob is not None and fluxo.sob.fluxo.procedimento == EXISTENTE.codigo
    if on_file is None and not existing:
        return
    motivo = f"Outorga já registrada: {on_file}" if on_file else "Empreendimento existente: não há outorga a registrar"
    andamento = Andamento(lock(fluxo.pk), now)
    for step in andamento.procedimento.atividades:
        if "outorga" in step.evidencia and andamento.passos[step.codigo].situacao is Situacao.ABERTA:
            atividades.dispense(andamento, andamento.rows[step.codigo], motivo=motivo, by=SISTEMA)


@act()
def cancel_flow(fluxo: Fluxo, *, motivo: str, ator: Ator, now: datetime) -> Fluxo:
    """By whoever requested it, before its signature; else by CCEE."""
    locked = lock(fluxo.pk)
    if locked.solicitante is not None:
        acesso.require_party(ator, locked.contrato, locked.solicitante, now=now)
    else:
        acesso.require_ccee(ator, locked.contrato, now=now)
    andamento = Andamento(locked, now)
    if locked.closed_at is not None:
        raise JaEncerrada(atividades.over(andamento))
    steps = andamento.procedimento.atividades
    if any(step.assina and andamento.passos[step.codigo].situacao in motor.FEITAS for step in steps):
        raise DomainError("Já há assinatura neste fluxo: ele não pode mais ser cancelado.")
    for sub in [*Fluxo.objects.filter(sob__fluxo=locked, closed_at=None), locked]:
        estado = "cancelada pelo agente" if locked.solicitante else "cancelado pela CCEE"
        stop(sub, estado=estado, by=ator.nome, now=now)
    locked.refresh_from_db()
    note(locked.contrato, "fluxo_cancelado", by=ator.nome, now=now, fluxo=locked.procedimento, motivo=motivo[:300])
    return locked


def _create(contrato: Contrato, procedimento: str, *, by: str, now: datetime, ancoras: Ancoras) -> Fluxo:
    if procedimento != MARCOS and procedimento not in PROCEDIMENTOS:
        raise DomainError(f"Não há procedimento “{procedimento}”. Os que há: {', '.join(PROCEDIMENTOS)}.")
    return new(contrato, procedimento, by=by, now=now, ancoras=ancoras)


def _dates(ancoras: Mapping[str, str]) -> dict[str, date]:
    return {nome: date.fromisoformat(day) for nome, day in ancoras.items()}
