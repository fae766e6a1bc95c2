"""The calendar changed: what is open is counted anew, and every date that moves keeps what it was in the ledger.

A flow whose dates leave the calendar stays as it was; the ledger says so, and the pages of operations until it changes.
"""

from datetime import datetime
from typing import Any

from django.db.models import Max

from contratos.models import Contagem, Fluxo
from contratos.selectors import NAO_RECONTADO
from contratos.services.ancoras import recompute
from contratos.services.andamento import lock
from portal.auditoria.models import Evento
from portal.auditoria.services import act, record
from portal.calendario.selectors import ALTERADO
from portal.kernel.errors import DomainError

MUDAM = (ALTERADO, "calendario.semeado")
NOMEADOS = 3  # days that the reason names


def recompute_open(*, by: str, now: datetime) -> int:
    """Nothing where the calendar is as it was the last time. Gives how many due dates moved.

    Each flow in a transaction of its own: a run that ends halfway is repeated, and what has moved moves no more.
    """
    seen = Contagem.objects.values_list("evento", flat=True).first() or 0
    last = Evento.objects.filter(tipo__in=MUDAM).aggregate(last=Max("numero"))["last"] or 0
    if last <= seen:
        return 0
    por = _reason(seen, last)
    flows = Fluxo.objects.filter(closed_at=None).order_by("pk").values_list("pk", flat=True)
    moved = sum(_attempt(pk, por=por, by=by, now=now) for pk in list(flows))
    Contagem.objects.update_or_create(id=1, defaults={"evento": last})
    return moved


def _attempt(pk: int, *, por: str, by: str, now: datetime) -> int:
    """One that cannot be counted keeps none of the others waiting."""
    try:
        return _recompute(pk, por=por, by=by, now=now)
    except DomainError as error:
        _tell(pk, motivo=error.detail, por=por, by=by, now=now)
        return 0


@act()
def _tell(pk: int, *, motivo: str, por: str, by: str, now: datetime) -> None:
    fluxo = Fluxo.objects.select_related("contrato").get(pk=pk)
    dados: dict[str, Any] = {"fluxo": fluxo.procedimento, "numero_do_fluxo": pk, "motivo": motivo, "por": por}
    record(NAO_RECONTADO, at=now, ator=by, objeto=f"contrato {fluxo.contrato.numero}", **dados)


@act()
def _recompute(pk: int, *, por: str, by: str, now: datetime) -> int:
    fluxo = lock(pk)
    return len(recompute(fluxo, by=by, now=now, por=por)) if fluxo.closed_at is None else 0


def _reason(seen: int, last: int) -> str:
    """ "calendário alterado (24/11/2026 Luto oficial)"."""
    rows = Evento.objects.filter(tipo=ALTERADO, numero__gt=seen, numero__lte=last).order_by("numero")
    names = list(dict.fromkeys(rows.values_list("objeto", flat=True)[: NOMEADOS + 1]))
    if not names:
        return "calendário alterado"
    others = " e outros" if len(names) > NOMEADOS else ""
    return f"calendário alterado ({', '.join(names[:NOMEADOS])}{others})"
