"""The only writer of the calendar."""

from datetime import date, datetime
from typing import Any

from portal import clock
from portal.auditoria.services import Fato, act, record_all
from portal.calendario import selectors
from portal.calendario.models import Facultativo, Feriado, Origem
from portal.calendario.nacional import BANCARIOS, PONTOS, days_of, holidays
from portal.calendario.selectors import ALTERADO
from portal.kernel.business_days import SATURDAY
from portal.kernel.text import visible

SISTEMA = "sistema"
FIRST = 2020  # the earliest civil year of which anybody may still look a deadline up
AHEAD = 15  # years after this one


@act()
def seed(*, now: datetime) -> int:
    """Freeze the years from FIRST to AHEAD that are not held yet; how many days went in.

    A year that is held stays as it is, and so does a day that operations wrote before its year came.
    """
    switches = _seed_switches(now)
    year, held = clock.local_date(now).year, selectors.years()
    first = min([FIRST, year - 1, *held])  # no gap, even where the clock once stood elsewhere (DATA_DE_REFERENCIA)
    missing = sorted(set(range(first, year + AHEAD + 1)) - held)
    new = _freeze(missing, now) if missing else []
    if new or switches:
        fato = Fato("calendario.semeado", objeto=_span(missing), dados={"quantidade": len(new), "chaves": switches})
        record_all([fato], at=now, ator=SISTEMA)
    return len(new)


def _seed_switches(now: datetime) -> int:
    known = set(Facultativo.objects.values_list("codigo", flat=True))
    missing = [codigo for codigo in PONTOS if codigo not in known]
    Facultativo.objects.bulk_create(
        [Facultativo(codigo=each, dia_util=each not in BANCARIOS, quem=SISTEMA, at=now) for each in missing]
    )
    return len(missing)


def _freeze(years: list[int], now: datetime) -> list[Feriado]:
    days = holidays(years, pontos=selectors.switched_on())
    known = set(Feriado.objects.filter(data__in=days).values_list("data", flat=True))
    return Feriado.objects.bulk_create(
        Feriado(data=day, nome=nome, origem=Origem.BIBLIOTECA, quem=SISTEMA, at=now)
        for day, nome in sorted(days.items())
        if day not in known
    )


def _span(years: list[int]) -> str:
    return "–".join(dict.fromkeys(f"{year}" for year in (years[0], years[-1]))) if years else ""


@act()
def save_feriado(row: Feriado, *, by: str, now: datetime) -> Feriado:
    """A new day of operations', or another name or effect of one that is there. Its date never changes."""
    before = Feriado.objects.filter(pk=row.pk).first() if row.pk else None
    row.data, row.origem = (before.data, before.origem) if before else (row.data, Origem.OPERACAO)
    record_all(_save(row, before, by=by, now=now), at=now, ator=by)
    return row


@act()
def save_facultativo(row: Facultativo, *, by: str, now: datetime) -> list[date]:
    """Throw the switch: that day of every year held, from today on. What is past was counted as it was.

    The days that changed; each has its own entry in the ledger.
    """
    before = Facultativo.objects.get(pk=row.pk)
    if row.dia_util == before.dia_util:
        return []
    row.codigo, row.quem, row.at = before.codigo, visible(by, 199), now
    row.save()
    fatos = [fato for day in _days_to_come(row.codigo, now) for fato in _switch(row, day, by=by, now=now)]
    change = {"dia_util": {"de": before.dia_util, "para": row.dia_util}}
    record_all([Fato("calendario.facultativo", objeto=str(row), dados=change), *fatos], at=now, ator=by)
    return [date.fromisoformat(fato.dados["data"]) for fato in fatos]


def _days_to_come(codigo: str, now: datetime) -> list[date]:
    today = clock.local_date(now)
    return [day for day in days_of(codigo, selectors.years()) if day >= today]


def _switch(switch: Facultativo, day: date, *, by: str, now: datetime) -> list[Fato]:
    before = Feriado.objects.filter(data=day).first()
    if before is None and switch.dia_util:
        return []
    row = Feriado.objects.get(pk=before.pk) if before else Feriado(data=day, origem=Origem.BIBLIOTECA)
    row.nome, row.dia_util = row.nome or PONTOS[switch.codigo].nome, switch.dia_util
    return _save(row, before, by=by, now=now)


def _save(row: Feriado, before: Feriado | None, *, by: str, now: datetime) -> list[Fato]:
    """Empty where the row was saved as it was: nothing happened."""
    row.nome = row.nome.strip()
    facts = _facts(row, before)
    if not facts:
        return []
    row.quem, row.at = visible(by, 199), now
    row.save()
    objeto = f"{row.data:%d/%m/%Y} {row.nome}"
    return [Fato(ALTERADO, objeto=objeto, dados={"data": row.data.isoformat(), **facts})]


def _facts(row: Feriado, before: Feriado | None) -> dict[str, Any]:
    """What was, and what is. A day without a row has no name, and is a business day from Monday to Friday."""
    was = before or Feriado(nome="", dia_util=row.data.weekday() < SATURDAY)
    return {
        name: {"de": getattr(was, name), "para": getattr(row, name)}
        for name in ("nome", "dia_util")
        if getattr(was, name) != getattr(row, name)
    }
