"""The only writer of the calendar."""

from datetime import datetime
from typing import Any

from portal import clock
from portal.auditoria.services import act, record
from portal.calendario import selectors
from portal.calendario.models import Feriado, Origem
from portal.calendario.nacional import holidays
from portal.kernel.text import visible

SISTEMA = "sistema"
FIRST = 2020  # the earliest civil year of which anybody may still look a deadline up
AHEAD = 15  # years after this one


@act()
def seed(*, now: datetime) -> int:
    """Freeze the years from FIRST to AHEAD that are not held yet; how many days went in.

    A year that is held stays as it is, and so does a day that operations wrote before its year came.
    """
    year, held = clock.local_date(now).year, selectors.years()
    first = min([FIRST, year - 1, *held])  # no gap, even where the clock once stood elsewhere (DATA_DE_REFERENCIA)
    missing = sorted(set(range(first, year + AHEAD + 1)) - held)
    if not missing:
        return 0
    rows = [
        Feriado(data=day, nome=nome, origem=Origem.BIBLIOTECA, quem=SISTEMA, at=now)
        for day, nome in sorted(holidays(missing).items())
    ]
    known = set(Feriado.objects.filter(data__in=[row.data for row in rows]).values_list("data", flat=True))
    new = Feriado.objects.bulk_create([row for row in rows if row.data not in known])
    record("calendario.semeado", at=now, ator=SISTEMA, objeto=_span(missing), quantidade=len(new))
    return len(new)


def _span(years: list[int]) -> str:
    return f"{years[0]}–{years[-1]}" if years[0] < years[-1] else str(years[0])


@act()
def save_feriado(row: Feriado, *, by: str, now: datetime) -> Feriado:
    """A new day of operations', or another name or effect of one that is there. Its date never changes."""
    before = Feriado.objects.filter(pk=row.pk).first() if row.pk else None
    row.nome = row.nome.strip()
    row.data, row.origem = (before.data, before.origem) if before else (row.data, Origem.OPERACAO)
    facts = _facts(row, before)
    if not facts:
        return row
    row.quem, row.at = visible(by, 199), now
    row.save()
    record("calendario.alterado", at=now, ator=by, objeto=f"{row.data:%d/%m/%Y} {row.nome}", **facts)
    return row


def _facts(row: Feriado, before: Feriado | None) -> dict[str, Any]:
    """What is new; nothing where it was saved as it was."""
    if before is None:
        return {"nome": row.nome, "dia_util": row.dia_util}
    return {
        name: {"de": getattr(before, name), "para": getattr(row, name)}
        for name in ("nome", "dia_util")
        if getattr(before, name) != getattr(row, name)
    }
