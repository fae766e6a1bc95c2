"""Anchors: the dates that deadlines hang on. A change moves only what is open, and keeps what the date was before."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from contratos import acesso, procedimentos
from contratos.domain.prazos import MESES
from contratos.domain.procedimentos import Pedido
from contratos.models import Atividade, Fluxo
from contratos.services.andamento import Andamento, lock
from contratos.services.trilha import facts
from portal import clock
from portal.agentes.acesso import Ator
from portal.auditoria.services import Fato, act, record_all

Ancoras = Mapping[str, date]
Moved = Iterable[tuple[Atividade, date | None]]  # each with the date that it had


def stated(pedido: Pedido, dados: Mapping[str, str], *, now: datetime) -> dict[str, date]:
    """The anchors of what is asked for. A month is kept by its first day, whatever day of it was stated."""
    found = {letra: _date(nome, dados, now) for letra, nome in pedido.ancoras}
    return {letra: day.replace(day=1) if letra in MESES else day for letra, day in found.items()}


def _date(nome: str, dados: Mapping[str, str], now: datetime) -> date:
    first = next((dados[each] for each in nome.split("|") if each in dados), None)
    return date.fromisoformat(first) if first else clock.local_date(now)


@act()
def set_anchors(fluxo: Fluxo, ancoras: Ancoras, *, ator: Ator, now: datetime) -> list[Atividade]:
    """Known at last, or corrected: only what is open moves; the date before stays in the ledger. Gives what moved."""
    acesso.require_ccee(ator, fluxo.contrato, now=now)
    return move_anchors(fluxo, ancoras, by=ator.nome, now=now)


def move_anchors(fluxo: Fluxo, ancoras: Ancoras, *, by: str, now: datetime) -> list[Atividade]:
    """Inside an act. Those of the flows under it move with it."""
    locked = lock(fluxo.pk)
    known = procedimentos.of(locked).ancoras
    after = locked.ancoras | {nome: day.isoformat() for nome, day in ancoras.items() if nome in known}
    moved: list[Atividade] = []
    if after != locked.ancoras:
        locked.ancoras = after
        locked.save(update_fields=["ancoras"])
        moved += recompute(locked, by=by, now=now, por="âncora corrigida")
    for sub in Fluxo.objects.filter(sob__fluxo=locked, closed_at=None):
        moved += move_anchors(sub, ancoras, by=by, now=now)
    return moved


def recompute(fluxo: Fluxo, *, by: str, now: datetime, por: str) -> list[Atividade]:
    """Inside an act."""
    andamento = Andamento(fluxo, now)
    moved = andamento.recompute(by=by)
    note_moved(fluxo, moved, by=by, now=now, por=por)
    return [row for row, _ in moved]


def note_moved(fluxo: Fluxo, moved: Moved, *, by: str, now: datetime, por: str) -> None:
    """What the reports of a past day take the due date of then from (contratos.passado)."""
    entries = [fato for row, before in moved for fato in _facts(fluxo, row, before, por)]
    if entries:
        record_all(entries, at=now, ator=by)


def _facts(fluxo: Fluxo, row: Atividade, before: date | None, por: str) -> list[Fato]:
    return facts(
        fluxo.contrato,
        "prazo_alterado",
        fluxo=fluxo.procedimento,
        numero_do_fluxo=fluxo.pk,
        atividade=row.codigo,
        rodada=row.rodada,
        prazo=row.prazo,
        prazo_anterior=before.isoformat() if before else None,
        vence_em=row.vence_em.isoformat() if row.vence_em else None,
        por=por,
    )
