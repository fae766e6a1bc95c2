"""When a bilateral agreement of a CCEAR may be registered and validated, and how far it may reach (3.103 to 3.108)."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from contratos.domain.prazos import month
from portal.kernel.business_days import Calendario

PRIMEIRO_DU, ULTIMO_DU = 1, 14
DIA_LIMITE = 25  # D25@M-1: the 25th of the month before the start
HORIZONTE = 70  # days within which there is always an open one: no block lasts longer than a month


@dataclass(frozen=True, slots=True)
class Intervalo:
    """Both days included."""

    de: date
    ate: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.de <= day <= self.ate

    def __str__(self) -> str:
        return f"{self.de:%d/%m/%Y} a {self.ate:%d/%m/%Y}"


def blocked(day: date, calendario: Calendario) -> Intervalo:
    """From the 1st to the 14th business day of that month, with the weekends between them (3.104)."""
    eve = day.replace(day=1) - timedelta(days=1)
    return Intervalo(calendario.add(eve, PRIMEIRO_DU), calendario.add(eve, ULTIMO_DU))


def last_day(inicio: date) -> date:
    """The 25th of the month before the one in which it starts."""
    return month(inicio, -1).replace(day=DIA_LIMITE)


def next_open(day: date, calendario: Calendario) -> date:
    """That day, or the first one after it on which either act is accepted, whatever the month of start."""
    days = (day + timedelta(days=n) for n in range(HORIZONTE))
    return next(each for each in days if each not in blocked(each, calendario))


def first_start(day: date) -> date:
    """The earliest month for which an act of that day is still in time."""
    return month(day, 1 if day.day <= DIA_LIMITE else 2)


def window_problem(hoje: date, inicio: date, calendario: Calendario) -> str:
    """'' where either side may act today for that month of start; else why not, and when."""
    limite = last_day(inicio)
    if hoje > limite:
        return (
            f"Cláusula 3.104: o acordo com início em {inicio:%m/%Y} devia ser registrado e validado até "
            f"{limite:%d/%m/%Y}. Hoje, {hoje:%d/%m/%Y}, o primeiro início possível é {first_start(hoje):%m/%Y}."
        )
    block = blocked(hoje, calendario)
    if hoje not in block:
        return ""
    opens = next_open(hoje, calendario)
    if opens > limite:
        return (
            f"Cláusula 3.104: de {block} (1º ao {ULTIMO_DU}º dia útil) o sistema não aceita o ato, e o prazo para "
            f"início em {inicio:%m/%Y} termina antes, em {limite:%d/%m/%Y}. Escolha um início a partir de "
            f"{first_start(opens):%m/%Y}: o ato é aceito de novo em {opens:%d/%m/%Y}."
        )
    return (
        f"Cláusula 3.104: de {block} (1º ao {ULTIMO_DU}º dia útil) o sistema não aceita registro nem validação de "
        f"acordo. Volte em {opens:%d/%m/%Y}; o prazo para este início vai até {limite:%d/%m/%Y}."
    )


def seasonal_problem(hoje: date, periodo: Intervalo | None) -> str:
    """'' or why nothing is registered while the CCEARs are seasonalised (3.107)."""
    if periodo is None or hoje not in periodo:
        return ""
    reopens = periodo.ate + timedelta(days=1)
    return (
        f"Cláusula 3.107: os CCEARs estão em sazonalização, de {periodo}, e nesse período não se registra acordo "
        f"bilateral. Registre a partir de {reopens:%d/%m/%Y}, se a janela da cláusula 3.104 estiver aberta."
    )


@dataclass(frozen=True, slots=True)
class Suprimento:
    """Of the contract as it is. `sazonalizados`: the civil years whose months are already set."""

    inicio: date
    fim: date
    montante_mwmed: Decimal
    por_quantidade: bool
    sazonalizados: frozenset[int]


def reach_problems(inicio: date, montante: Decimal | None, ano: int | None, suprimento: Suprimento) -> dict[str, str]:
    """By field. `montante` None: a rescission; `ano`: the one year reduced, None for all that is left (3.108)."""
    found = {}
    if not suprimento.inicio.replace(day=1) <= inicio <= suprimento.fim:
        found["mes_inicio"] = (
            f"O suprimento vai de {suprimento.inicio:%d/%m/%Y} a {suprimento.fim:%d/%m/%Y}; "
            f"o acordo começaria em {inicio:%m/%Y}. Escolha um mês do suprimento."
        )
    elif problem := _whole_year(inicio, ano, suprimento):
        found["mes_inicio"] = problem
    if montante is not None and not 0 <= montante < suprimento.montante_mwmed:
        found["montante"] = (
            f"A redução deixa menos que o montante atual, {_number(suprimento.montante_mwmed)} MWmédio; "
            f"foi informado {_number(montante)}."
        )
    if ano is not None and (montante is None or ano != inicio.year):
        found["ano"] = "O ano reduzido é o do mês de início, e só se informa para redução."
    return found


def _whole_year(inicio: date, ano: int | None, suprimento: Suprimento) -> str:
    if not suprimento.por_quantidade or inicio.year in suprimento.sazonalizados:
        return ""
    first = max(date(inicio.year, 1, 1), suprimento.inicio.replace(day=1))
    if inicio == first:
        return ""
    return (
        f"Cláusula 3.108: {inicio.year} ainda não está sazonalizado. Num CCEAR por quantidade o acordo só reduz um ano "
        f"contratual inteiro ou rescinde desde o primeiro mês dele: comece em {first:%m/%Y} ou em 01/{inicio.year + 1}."
    )


def _number(value: Decimal) -> str:
    return f"{value:f}".replace(".", ",")
