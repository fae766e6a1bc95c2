"""Working a deadline out, with the conventions of counting that the rules leave open as switches."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from contratos.domain.prazos.expressao import (
    ANCORAS,
    CAL,
    Ancora,
    Data,
    DiaDoMes,
    DiaUtilDoMes,
    Expressao,
    Maior,
    Mais,
    SemPrazo,
)
from portal.kernel.business_days import DIAS_DA_SEMANA, Calendario
from portal.kernel.errors import DomainError

Ancoras = Mapping[str, date]  # months by their first day, ANO by its first of January
DAY = timedelta(days=1)


class AncoraFaltante(DomainError):
    code, title = "ancora-faltante", "Falta uma data para calcular o prazo"

    def __init__(self, nome: str) -> None:
        what = ANCORAS.get(nome, "data anunciada pela CCEE")
        super().__init__(f"Falta {nome}: {what}. Informe-a para que o prazo possa ser calculado.", ancora=nome)


@dataclass(frozen=True, slots=True)
class Convencoes:
    """Readings that another house may want otherwise (analyst's brief, 5.2)."""

    ancora_rola: bool = False  # an act published on a day off counts as of the next business day
    vencimento_dc_rola: bool = False  # running days that end on a day off go on to the next business day


@dataclass(frozen=True, slots=True)
class Passo:
    """One day of the count. `conta` is its number, or None for a day that does not count."""

    data: date
    conta: int | None
    motivo: str


@dataclass(frozen=True, slots=True)
class Vencimento:
    """`data` is the last day, until 23:59:59 in São Paulo; None where the expression is N.A."""

    data: date | None
    passos: tuple[Passo, ...]


def work_out(
    expressao: Expressao, ancoras: Ancoras, calendario: Calendario, convencoes: Convencoes | None = None
) -> Vencimento:
    """Raises AncoraFaltante, ForaDoCalendario, or DomainError for a day that its month has not."""
    if isinstance(expressao, SemPrazo):
        return Vencimento(None, ())
    with _within_time():
        found, steps = _Conta(ancoras, calendario, convencoes or Convencoes()).work_out(expressao)
    return Vencimento(found, tuple(steps))


def due_date(
    expressao: Expressao, ancoras: Ancoras, calendario: Calendario, convencoes: Convencoes | None = None
) -> date | None:
    """The date alone: a look-up, where work_out() walks day by day."""
    if isinstance(expressao, SemPrazo):
        return None
    with _within_time():
        return _Conta(ancoras, calendario, convencoes or Convencoes()).date_of(expressao)


@contextmanager
def _within_time() -> Iterator[None]:
    try:
        yield
    except (OverflowError, ValueError) as error:  # a year before 1 or after 9999
        raise DomainError("O prazo sai do calendário civil. Confira as datas informadas.") from error


class _Conta:
    def __init__(self, ancoras: Ancoras, calendario: Calendario, convencoes: Convencoes) -> None:
        self.ancoras, self.calendario, self.convencoes = ancoras, calendario, convencoes

    def anchor(self, nome: str) -> date:
        try:
            return self.ancoras[nome]
        except KeyError:
            raise AncoraFaltante(nome) from None

    # The date alone.

    def date_of(self, data: Data) -> date:
        match data:
            case Mais(base, dias, unidade):
                start = self.start(base)
                return self.calendario.add(start, dias) if unidade == "du" else self.running(start, dias)
            case Maior(esquerda, direita):
                return max(self.date_of(esquerda), self.date_of(direita))
            case DiaUtilDoMes(ordinal):
                return self.business_day(ordinal)
            case Ancora(nome):
                return self.anchor(nome)
            case DiaDoMes(dia, meses):
                return self.day_of_month(dia, meses)
            case _:
                return date(self.anchor("ANO").year, 12 if data.mes == "Dec" else 1, 31)

    def start(self, base: Data) -> date:
        found = self.date_of(base)
        if self.convencoes.ancora_rola and isinstance(base, Ancora | Maior) and not self.calendario.is_business(found):
            return self.calendario.next_business_after(found)
        return found

    def running(self, start: date, dias: int) -> date:
        end = start + timedelta(days=dias)
        if self.convencoes.vencimento_dc_rola and dias > 0 and not self.calendario.is_business(end):
            return self.calendario.next_business_after(end)
        return end

    def business_day(self, ordinal: int) -> date:
        """Of the month after the reference month."""
        first = _month(self.anchor("MS"), 1)
        found = self.calendario.add(first - DAY, ordinal)
        if (found.year, found.month) != (first.year, first.month):
            raise DomainError(f"{first:%m/%Y} não tem {ordinal} dias úteis.")
        return found

    def day_of_month(self, dia: int, meses: int) -> date:
        month = _month(self.anchor("M"), meses)
        if dia > monthrange(month.year, month.month)[1]:
            raise DomainError(f"{month:%m/%Y} não tem dia {dia}.")
        return month.replace(day=dia)

    # The same with every step on show.

    def work_out(self, data: Data) -> tuple[date, list[Passo]]:
        found = self.date_of(data)
        match data:
            case Mais(base, dias, unidade):
                _, steps = self.work_out(base)
                return found, [*steps, *self.rolled(base), *self.walk(self.start(base), found, dias, unidade)]
            case Maior(esquerda, direita):
                steps = self.work_out(esquerda)[1] + self.work_out(direita)[1]
                return found, [*steps, Passo(found, None, f"a mais tarde de {esquerda} e {direita}")]
            case DiaUtilDoMes():
                first = _month(self.anchor("MS"), 1)
                why = f"MS: mês de referência {self.anchor('MS'):%m/%Y}; conta-se em {first:%m/%Y}"
                return found, [Passo(first, None, why), *self.walk(first - DAY, found, 1, "du")]
            case Ancora(nome):
                return found, [Passo(found, None, f"{nome}: {self.meaning(nome)}")]
            case DiaDoMes(dia, meses):
                return found, [Passo(found, None, f"dia {dia} do mês {_moved(meses)}início ({self.anchor('M'):%m/%Y})")]
            case _:
                return found, [Passo(found, None, f"31 de {'dezembro' if data.mes == 'Dec' else 'janeiro'}")]

    def meaning(self, nome: str) -> str:
        return "data anunciada pela CCEE" if nome.startswith(CAL) else ANCORAS[nome]

    def rolled(self, base: Data) -> list[Passo]:
        found, start = self.date_of(base), self.start(base)
        why = f"{self.day_off(found)}: a contagem parte do dia útil seguinte"
        return [Passo(start, None, why)] if start != found else []

    def walk(self, start: date, end: date, dias: int, unidade: str) -> list[Passo]:
        """Every day after `start` to `end`, in the direction of the count."""
        step, steps, counted, day = (DAY if dias > 0 else -DAY), [], 0, start
        while day != end:
            day += step
            beyond = unidade == "dc" and counted == abs(dias)
            counts = not beyond and (unidade == "dc" or self.calendario.is_business(day))
            counted += counts
            steps.append(Passo(day, counted if counts else None, self.words(day, unidade, counts=counts)))
        return steps

    def words(self, day: date, unidade: str, *, counts: bool) -> str:
        if unidade == "dc":
            return "dia corrido" if counts else "o prazo passa ao dia útil seguinte"
        return "dia útil" if counts else f"{self.day_off(day)}: não é dia útil"

    def day_off(self, day: date) -> str:
        return self.calendario.name(day) or DIAS_DA_SEMANA[day.weekday()]


def _month(first: date, later: int) -> date:
    """The first day of the month so many later."""
    months = first.year * 12 + first.month - 1 + later
    return date(months // 12, months % 12 + 1, 1)


def _moved(meses: int) -> str:
    if not meses:
        return "de "
    plural = "mês" if abs(meses) == 1 else "meses"
    return f"{abs(meses)} {plural} {'antes' if meses < 0 else 'depois'} do "
