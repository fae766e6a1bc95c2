"""The same count as in calculo.py with every day of it on show: its dates are asked for there, never found anew."""

from dataclasses import dataclass
from datetime import date, timedelta

from contratos.domain.prazos.calculo import Ancoras, Conta, Convencoes, month, within_time
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
    Unidade,
)
from portal.kernel.business_days import DIAS_DA_SEMANA, Calendario

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Passo:
    """One day of the count. `conta` is its number, or None for a day that does not count."""

    data: date
    conta: int | None
    motivo: str


@dataclass(frozen=True, slots=True)
class Vencimento:
    """`data` is the last day, whole until the hour of instante.py; None where the expression is N.A."""

    data: date | None
    passos: tuple[Passo, ...]


@within_time
def work_out(
    expressao: Expressao, ancoras: Ancoras, calendario: Calendario, convencoes: Convencoes | None = None
) -> Vencimento:
    """Raises what due_date() raises."""
    if isinstance(expressao, SemPrazo):
        return Vencimento(None, ())
    trace = _Demonstracao(Conta(ancoras, calendario, convencoes))
    return Vencimento(trace.conta.date_of(expressao), tuple(trace.steps(expressao)))


class _Demonstracao:
    def __init__(self, conta: Conta) -> None:
        self.conta, self.calendario = conta, conta.calendario

    def steps(self, data: Data) -> list[Passo]:
        found = self.conta.date_of(data)
        match data:
            case Mais(base):
                return [*self.steps(base), *self.counted(data, self.conta.date_of(base), found)]
            case Maior(esquerda, direita):
                later = Passo(found, None, f"a mais tarde de {esquerda} e {direita}")
                return [*self.steps(esquerda), *self.steps(direita), later]
            case DiaUtilDoMes():
                return self.business_days(found)
            case Ancora(nome):
                return [Passo(found, None, f"{nome}: {meaning(nome)}")]
            case DiaDoMes(dia, meses):
                start = self.conta.anchor("M")
                return [Passo(found, None, f"dia {dia} do mês {_moved(meses)}início ({start:%m/%Y})")]
            case _:
                return [Passo(found, None, f"31 de {'dezembro' if data.mes == 'Dec' else 'janeiro'}")]

    def counted(self, mais: Mais, base: date, end: date) -> list[Passo]:
        start = self.conta.start(mais, base)
        steps = self.walk(start, end, mais.dias, mais.unidade)
        if start == base:
            return steps
        return [Passo(start, None, f"{self.day_off(base)}: a contagem parte do dia útil seguinte"), *steps]

    def business_days(self, end: date) -> list[Passo]:
        reference = self.conta.anchor("MS")
        first = month(reference, 1)
        why = f"MS: mês de referência {reference:%m/%Y}; conta-se em {first:%m/%Y}"
        return [Passo(first, None, why), *self.walk(first - DAY, end, 1, "du")]

    def walk(self, start: date, end: date, dias: int, unidade: Unidade) -> list[Passo]:
        """Every day after `start` to `end`, in the direction of the count."""
        step, steps, counted, day = (DAY if dias > 0 else -DAY), [], 0, start
        while day != end:
            day += step
            beyond = unidade == "dc" and counted == abs(dias)
            counts = not beyond and (unidade == "dc" or self.calendario.is_business(day))
            counted += counts
            steps.append(Passo(day, counted if counts else None, self.words(day, unidade, counts=counts)))
        return steps

    def words(self, day: date, unidade: Unidade, *, counts: bool) -> str:
        if unidade == "dc":
            return "dia corrido" if counts else "o prazo passa ao dia útil seguinte"
        return "dia útil" if counts else f"{self.day_off(day)}: não é dia útil"

    def day_off(self, day: date) -> str:
        return self.calendario.name(day) or DIAS_DA_SEMANA[day.weekday()]


def meaning(nome: str) -> str:
    """Of an anchor, in words."""
    return "data anunciada pela CCEE" if nome.startswith(CAL) else ANCORAS[nome]


def _moved(meses: int) -> str:
    if not meses:
        return "de "
    plural = "mês" if abs(meses) == 1 else "meses"
    return f"{abs(meses)} {plural} {'antes' if meses < 0 else 'depois'} do "
