"""The list that every database starts from: national holidays, and days off besides that are a switch each."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

SEXTA_FEIRA_SANTA = "Sexta-feira Santa"


@dataclass(frozen=True, slots=True)
class Ponto:
    """A day of every year that is no national holiday: on a fixed day, or so many days from Easter."""

    nome: str
    qual: str
    dia: tuple[int, int] | None = None  # month, day
    pascoa: int = 0

    def in_year(self, easter: date) -> date:
        return date(easter.year, *self.dia) if self.dia else easter + timedelta(days=self.pascoa)

    def __str__(self) -> str:
        return f"{self.nome} ({self.qual})"


PONTOS = {
    "carnaval-segunda": Ponto("Carnaval", "segunda-feira", pascoa=-48),
    "carnaval-terca": Ponto("Carnaval", "terça-feira", pascoa=-47),
    "cinzas": Ponto("Quarta-feira de Cinzas", "dia inteiro", pascoa=-46),
    "corpus-christi": Ponto("Corpus Christi", "quinta-feira", pascoa=60),
    "sao-paulo-cidade": Ponto("Aniversário de São Paulo", "25 de janeiro", dia=(1, 25)),
    "sao-paulo-estado": Ponto("Revolução Constitucionalista", "9 de julho, São Paulo", dia=(7, 9)),
    "servidor-publico": Ponto("Dia do Servidor Público", "28 de outubro", dia=(10, 28)),
    "vespera-natal": Ponto("Véspera de Natal", "24 de dezembro", dia=(12, 24)),
    "vespera-ano-novo": Ponto("Véspera de Ano-Novo", "31 de dezembro", dia=(12, 31)),
}
# Banks are closed on them, and guarantees and settlement pass through banks (Res. CMN 4.880/2020).
BANCARIOS = frozenset({"carnaval-segunda", "carnaval-terca", "corpus-christi"})


def holidays(years: Iterable[int], *, pontos: Collection[str] = BANCARIOS) -> dict[date, str]:
    """Date -> name; as it stands, the calendar that ANBIMA publishes."""
    wanted = list(years)
    found = dict(_brazil(wanted))
    for codigo in pontos:
        for day in days_of(codigo, wanted):
            found.setdefault(day, PONTOS[codigo].nome)
    return found


def days_of(codigo: str, years: Iterable[int]) -> Iterator[date]:
    """The day of every one of those years, but for those in which it is a national holiday."""
    public = _brazil(list(years))
    for day, nome in sorted(public.items()):
        if nome == SEXTA_FEIRA_SANTA and (found := PONTOS[codigo].in_year(day + timedelta(days=2))) not in public:
            yield found


def _brazil(years: list[int]) -> dict[date, str]:
    from holidays.countries.brazil import Brazil  # noqa: PLC0415 - half a second, for new years alone

    return dict(Brazil(years=years, categories="public", language="pt_BR"))
