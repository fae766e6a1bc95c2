"""The days on which bilateral agreements of CCEARs are taken, on a calendar, and the next one (3.104, 3.107)."""

from calendar import SUNDAY, Calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from contratos.domain import acordo
from contratos.domain.acordo import Intervalo
from contratos.domain.prazos import month
from contratos.models import Anuncio
from portal import clock
from portal.calendario import selectors as calendario
from portal.kernel.business_days import Calendario

MESES, INICIOS = 3, 4
DA_MODULACAO = (Anuncio.Codigo.PMO, Anuncio.Codigo.PLD, Anuncio.Codigo.MODULACAO_CA)
DIAS = ("domingo", "segunda", "terça", "quarta", "quinta", "sexta", "sábado")
ABERTO = ("aberto", "aceita registro e validação")
SO_VALIDA = ("so-valida", "só validação: CCEARs em sazonalização")
BLOQUEADO = ("bloqueado", "bloqueado, do 1º ao 14º dia útil")


@dataclass(frozen=True, slots=True)
class Dia:
    data: date
    estado: tuple[str, str]
    hoje: bool


@dataclass(frozen=True, slots=True)
class Mes:
    """`semanas`: seven days each, from Sunday; None outside the month."""

    nome: str
    bloqueio: Intervalo
    semanas: list[list[Dia | None]]


@dataclass(frozen=True, slots=True)
class Inicio:
    """`dias`: on which both acts are still possible for a start in that month."""

    mes: date
    limite: date
    dias: list[date]


def page(*, now: datetime) -> dict[str, Any]:
    hoje, dias_uteis = clock.local_date(now), calendario.calendar()
    janelas = Janelas(hoje, dias_uteis)
    starts = [month(hoje, n) for n in range(1, INICIOS + 1)]
    return {
        "hoje": hoje,
        "estado": janelas.state(hoje),
        "proximo": janelas.next_for_both(),
        "meses": [janelas.month(month(hoje, n)) for n in range(MESES)],
        "inicios": [janelas.start(first) for first in starts],
        "dias": DIAS,
        "legenda": (ABERTO, SO_VALIDA, BLOQUEADO),
        "calendario": calendario.name(),
        "modulacao": list(_modulation(hoje)),
    }


def _modulation(hoje: date) -> Iterator[tuple[date, str, str]]:
    """Month, what is announced of it, and when: the days before which hours are stated, until the month is over."""
    rows = Anuncio.objects.filter(codigo__in=DA_MODULACAO, referencia__gte=hoje.replace(day=1))
    for row in rows.select_related("leilao").order_by("referencia", "codigo"):
        which = f"{row.get_codigo_display()}, {row.leilao}" if row.leilao else row.get_codigo_display()
        days = f"{row.de:%d/%m/%Y}" if row.de == row.ate else str(Intervalo(row.de, row.ate))
        yield row.referencia, which, days


class Janelas:
    def __init__(self, hoje: date, dias_uteis: Calendario) -> None:
        self.hoje, self.dias_uteis = hoje, dias_uteis
        rows = Anuncio.objects.filter(codigo=Anuncio.Codigo.SAZO_CCEAR, ate__gte=hoje.replace(day=1))
        self.sazonalizacoes = [Intervalo(row.de, row.ate) for row in rows]

    def state(self, day: date) -> tuple[str, str]:
        if day in acordo.blocked(day, self.dias_uteis):
            return BLOQUEADO
        return SO_VALIDA if any(day in each for each in self.sazonalizacoes) else ABERTO

    def next_for_both(self) -> date:
        days = (self.hoje + timedelta(days=n) for n in range(366))
        return next(day for day in days if self.state(day) is ABERTO)

    def month(self, first: date) -> Mes:
        weeks = Calendar(SUNDAY).monthdatescalendar(first.year, first.month)
        shown = [[self._day(day) if day.month == first.month else None for day in week] for week in weeks]
        return Mes(f"{NOMES[first.month - 1]} de {first.year}", acordo.blocked(first, self.dias_uteis), shown)

    def _day(self, day: date) -> Dia:
        return Dia(day, self.state(day), day == self.hoje)

    def start(self, first: date) -> Inicio:
        return Inicio(first, acordo.last_day(first), list(self._days_for(first)))

    def _days_for(self, first: date) -> Iterator[date]:
        """From today, in the month before it alone: earlier months have their own windows, too."""
        limite = acordo.last_day(first)
        day = max(self.hoje, limite.replace(day=1))
        while day <= limite:
            if self.state(day) is ABERTO:
                yield day
            day += timedelta(days=1)


NOMES = (
    "janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro",
    "dezembro",
)  # fmt: skip
