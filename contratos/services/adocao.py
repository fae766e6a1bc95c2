"""A running flow takes over the set of milestones that was published after it began (3.12): only when CCEE says so."""

from datetime import datetime
from typing import Any

from contratos import acesso
from contratos.domain.andamento import VIVAS, JaEncerrada, Passo, Situacao
from contratos.domain.procedimentos import MARCOS
from contratos.models import Atividade, Fluxo
from contratos.services import conjuntos
from contratos.services.ancoras import note_moved
from contratos.services.andamento import Andamento, lock
from contratos.services.atividades import close_what_waited
from contratos.services.fluxos import waive_what_is_known
from contratos.services.passagens import reflect
from contratos.services.trilha import note
from portal.agentes.acesso import Ator
from portal.auditoria.services import act
from portal.kernel.errors import DomainError


@act()
def adopt_milestones(fluxo: Fluxo, *, ator: Ator, now: datetime) -> Fluxo:
    """What is done and has the same code stays done; what the new set lacks ends undone; what it adds opens."""
    acesso.require_ccee(ator, fluxo.contrato, now=now)
    locked = lock(fluxo.pk)
    if locked.procedimento != MARCOS or locked.marcos is None:
        raise DomainError("Só um fluxo de marcos adota um conjunto de marcos.")
    if locked.closed_at is not None:
        raise JaEncerrada(f"O fluxo já terminou: {locked.estado}.")
    before, after = locked.marcos, conjuntos.current(locked.contrato.leilao, by=ator.nome, now=now)
    if before == after:
        raise DomainError(f"O fluxo já segue o conjunto em vigor, versão {after.versao}.")
    locked.marcos = after
    locked.save(update_fields=["marcos"])
    change = _replace(Andamento(locked, now), por=f"adoção dos marcos, versão {after.versao}", by=ator.nome)
    change |= {"versao": {"de": before.versao, "para": after.versao}, "numero_do_fluxo": locked.pk}
    note(locked.contrato, "marcos_adotados", by=ator.nome, now=now, **change)
    _follow(locked, by=ator.nome, now=now)
    return locked


def _replace(andamento: Andamento, *, por: str, by: str) -> dict[str, Any]:
    """Gives the codes that left, those that came, and what the others were: reports of a past day ask for that."""
    known = {codigo for codigo, row in andamento.rows.items() if not _left_before(row)}
    new = andamento.procedimento.por_codigo
    dropped = [row for codigo, row in andamento.rows.items() if codigo not in new and row.situacao in VIVAS]
    for row in dropped:
        row.situacao, row.closed_at, row.closed_by = Situacao.CANCELADA.value, andamento.now, by
        row.motivo = f"Não consta do conjunto adotado ({por})."
        row.save()
    taken = {codigo: _take_over(andamento, codigo, ordem, por=por, by=by) for ordem, codigo in enumerate(new)}
    Andamento(andamento.fluxo, andamento.now).settle(by=by)
    return {
        "saem": sorted(row.codigo for row in dropped),
        "entram": [codigo for codigo in new if codigo not in known],
        "mudam": {codigo: change for codigo, change in taken.items() if change},
    }


def _left_before(row: Atividade) -> bool:
    """A set adopted earlier did not have it: back again, it is somebody's turn anew."""
    return row.situacao == Situacao.CANCELADA


def _take_over(andamento: Andamento, codigo: str, ordem: int, *, por: str, by: str) -> dict[str, Any]:
    definicao = andamento.procedimento.por_codigo[codigo]
    row, change = andamento.rows.get(codigo), {}
    if row is None or _left_before(row):
        step = Passo(codigo, rodada=row.rodada + 1 if row else 1)
        row = andamento.rows[codigo] = andamento.new_row(definicao, step, ordem)
    elif row.situacao in VIVAS:
        change = _rename(row, andamento, por=por, by=by)
    row.ordem = ordem
    row.save()
    return change


def _rename(row: Atividade, andamento: Andamento, *, por: str, by: str) -> dict[str, Any]:
    """What is open stays open: somebody is at work on it."""
    definicao, before = andamento.procedimento.por_codigo[row.codigo], row.vence_em
    change = _changes(row, nome=definicao.nome, responsavel=definicao.responsavel.value)
    row.nome, row.responsavel, row.prazo = definicao.nome, definicao.responsavel.value, definicao.prazo
    row.vence_em = andamento.due(definicao)
    if row.vence_em != before:
        row.versao += 1
        note_moved(andamento.fluxo, [(row, before)], by=by, now=andamento.now, por=por)
    return change


def _changes(row: Atividade, **after: str) -> dict[str, Any]:
    pairs = {nome: (getattr(row, nome), value) for nome, value in after.items()}
    found: dict[str, Any] = {nome: {"de": de, "para": para} for nome, (de, para) in pairs.items() if de != para}
    return {"rodada": row.rodada, **found} if found else {}


def _follow(fluxo: Fluxo, *, by: str, now: datetime) -> None:
    """An act that is on file is not asked for again; a set of which all is done ends the flow."""
    waive_what_is_known(fluxo, now=now)
    andamento = Andamento(lock(fluxo.pk), now)
    reflect(andamento, by=by)
    if andamento.fluxo.closed_at is not None and fluxo.sob is not None:
        close_what_waited(Andamento(lock(fluxo.sob.fluxo_id), now), by=by)
