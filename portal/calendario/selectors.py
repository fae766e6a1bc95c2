"""The calendar in use: national and banking holidays, as operations keep them."""

from datetime import date
from functools import lru_cache

from portal.calendario.models import Feriado, Origem
from portal.kernel.business_days import Calendario, ForaDoCalendario

NOME = "nacional e bancário"
Linhas = tuple[tuple[date, str, bool, str], ...]


def calendar() -> Calendario:
    """Reads the few hundred rows each time and counts anew only where they differ: a change holds at once."""
    return _build(tuple(Feriado.objects.order_by("data").values_list("data", "nome", "dia_util", "origem")))


def years() -> set[int]:
    """Those whose holidays are held; a day that operations wrote for another year does not make it known."""
    rows = Feriado.objects.filter(origem=Origem.BIBLIOTECA).order_by()
    return set(rows.values_list("data__year", flat=True).distinct())


@lru_cache(maxsize=4)
def _build(rows: Linhas) -> Calendario:
    held = [day.year for day, _, _, origem in rows if origem == Origem.BIBLIOTECA]
    if not held:
        raise ForaDoCalendario("O calendário de dias úteis está vazio. Avise o atendimento.")
    off = {day: name for day, name, business, _ in rows if not business}
    return Calendario(off, first=date(min(held), 1, 1), last=date(max(held), 12, 31))
