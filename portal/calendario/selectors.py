"""The calendar in use: national and banking holidays, as operations keep them."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

from django.db.models import Max, QuerySet

from portal.auditoria.models import Evento
from portal.calendario.models import Facultativo, Feriado, Origem
from portal.calendario.nacional import BANCARIOS, PONTOS
from portal.kernel.business_days import Calendario, ForaDoCalendario

ALTERADO = "calendario.alterado"
LINHA = ("data", "nome", "dia_util", "origem")
Linhas = tuple[tuple[date, str, bool, str], ...]


def calendar() -> Calendario:
    """Reads the few hundred rows each time and counts anew only where they differ: a change holds at once."""
    return _build(tuple(Feriado.objects.order_by("data").values_list(*LINHA)))


def calendar_before(instant: datetime) -> Calendario:
    """As it was then: what the ledger says was changed since is taken back, the latest first."""
    rows = {day: [name, business, origin] for day, name, business, origin in Feriado.objects.values_list(*LINHA)}
    later = Evento.objects.filter(tipo=ALTERADO, at__gte=instant).order_by("-numero")
    for dados in later.values_list("dados", flat=True):
        row = rows.get(date.fromisoformat(dados["data"]))
        for index, field in enumerate(("nome", "dia_util")):
            if row is not None and field in dados:
                row[index] = dados[field]["de"]
    return _build(tuple((day, *row) for day, row in sorted(rows.items())))


def name() -> str:
    """What a screen calls it, beside a date."""
    return _name(switched_on())


def changed_at() -> datetime | None:
    """When a row was last written: a date worked out before may be another now."""
    found: datetime | None = Feriado.objects.aggregate(latest=Max("at"))["latest"]
    return found


def switched_on() -> frozenset[str]:
    """The codes of nacional.PONTOS that are days off; the banking ones where nothing was said."""
    said = dict(Facultativo.objects.values_list("codigo", "dia_util"))
    return frozenset(codigo for codigo in PONTOS if not said.get(codigo, codigo not in BANCARIOS))


def history(day: date) -> QuerySet[Evento]:
    """What was ever changed about that day, the latest first."""
    return Evento.objects.filter(tipo=ALTERADO, objeto__startswith=f"{day:%d/%m/%Y} ").order_by("-numero")


def years() -> set[int]:
    """Those whose holidays are held; a day that operations wrote for another year does not make it known."""
    rows = Feriado.objects.filter(origem=Origem.BIBLIOTECA).order_by()
    return set(rows.values_list("data__year", flat=True).distinct())


def _name(pontos: Iterable[str]) -> str:
    found = frozenset(pontos)
    if found == BANCARIOS:
        return "nacional e bancário"
    return ", ".join(["nacional", *(str(ponto) for codigo, ponto in PONTOS.items() if codigo in found)])


@lru_cache(maxsize=4)
def _build(rows: Linhas) -> Calendario:
    held = [day.year for day, _, _, origem in rows if origem == Origem.BIBLIOTECA]
    if not held:
        raise ForaDoCalendario("O calendário de dias úteis está vazio. Avise o atendimento.")
    off = {day: name for day, name, business, _ in rows if not business}
    return Calendario(off, first=date(min(held), 1, 1), last=date(max(held), 12, 31))
