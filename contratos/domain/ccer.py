"""CCERs: the months that a registration must bring, and what each of them counts for (3.23, 3.70 to 3.72).

A month is named by its first day. Its own deadline, MS+9du, is given by whoever knows the calendar.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contratos.domain.periodos import HORAS_DO_DIA, round6
from contratos.domain.prazos import month

PRAZO = "MS+9du"
MOSTRADOS = 12  # months that one message names
MAIS_LONGO = 600  # months of a supply: more is a slip of the pen

Prazo = Callable[[date], date]  # of a month: the last day on which it may be registered
Meses = Mapping[date, Decimal]


@dataclass(frozen=True, slots=True)
class Registrado:
    """Another CCER of the same unit. `fim`: its last day with energy. `vivo`: registered, and not ended by an act."""

    numero: str
    inicio: date
    fim: date
    vivo: bool


def months(inicio: date, fim: date) -> list[date]:
    """All that the supply touches."""
    first = inicio.replace(day=1)
    count = (fim.year - first.year) * 12 + fim.month - first.month + 1
    return [month(first, later) for later in range(count)]


def month_problems(stated: Meses, inicio: date, fim: date) -> list[str]:
    """All months of the supply, once each, and no others (3.70)."""
    wanted = months(inicio, fim)
    if len(wanted) > MAIS_LONGO:
        return [f"O suprimento teria {len(wanted)} meses. Confira as datas de início e de fim."]
    missing = [mes for mes in wanted if mes not in stated]
    beyond = sorted(set(stated) - set(wanted))
    found = []
    if missing:
        found.append(
            f"Cláusula 3.70: o CCER é sazonalizado no registro, em todos os meses do suprimento ({_named(wanted)}). "
            f"Falta a energia de {_named(missing)}. Informe cada mês; onde não há energia, 0."
        )
    if beyond:
        found.append(f"Cláusula 3.23: {_named(beyond)} fica fora do suprimento, de {inicio:%d/%m/%Y} a {fim:%d/%m/%Y}.")
    return found


def _named(meses: list[date]) -> str:
    """A run of months by its ends: 01/2027 a 03/2027, 06/2027."""
    runs: list[list[date]] = []
    for mes in meses:
        if runs and month(runs[-1][-1], 1) == mes:
            runs[-1].append(mes)
        else:
            runs.append([mes])
    words = [f"{run[0]:%m/%Y}" if len(run) == 1 else f"{run[0]:%m/%Y} a {run[-1]:%m/%Y}" for run in runs]
    more = len(words) - MOSTRADOS
    return ", ".join(words[:MOSTRADOS]) + (f" e mais {more}" if more > 0 else "")


def second_problem(unidade: str, inicio: date, fim: date, outros: Iterable[Registrado], hoje: date) -> str:
    """'' or why the unit cannot have this registration: there is one for its supply already (3.23)."""
    for outro in outros:
        overlaps = outro.inicio <= fim and inicio <= outro.fim
        in_force = outro.vivo and hoje <= outro.fim
        if overlaps or in_force:
            return (
                f"Cláusula 3.23: a unidade {unidade} já tem o CCER {outro.numero}, de {outro.inicio:%d/%m/%Y} a "
                f"{outro.fim:%d/%m/%Y}. O registro é um só e cobre todo o suprimento: um novo é possível depois de "
                f"{outro.fim:%d/%m/%Y}, para um suprimento que comece depois desse dia."
            )
    return ""


def is_lost(mes: date, registrado_em: date, prazo: Prazo) -> bool:
    """Whether that month's own deadline was over before it was registered (3.71). In its own days it never is."""
    return registrado_em >= month(mes, 1) and registrado_em > prazo(mes)


def counted(stated: Meses, registrado_em: date, prazo: Prazo) -> dict[date, Decimal]:
    """What was registered in time; zero, for good, for the months that were lost (3.71)."""
    return {
        mes: Decimal(0) if is_lost(mes, registrado_em, prazo) else energia for mes, energia in sorted(stated.items())
    }


def first_open(hoje: date, prazo: Prazo) -> date:
    """The earliest month that may still be registered: the one before, while its deadline lasts, else the current."""
    before = month(hoje, -1)
    return before if hoje <= prazo(before) else month(hoje, 0)


def is_zeroed(mes: date, desde: date | None, ate: date | None) -> bool:
    """Within the months for which the distributor registered zero (3.72). `ate`: the first one restored."""
    return desde is not None and desde <= mes and (ate is None or mes < ate)


def zero_problem(mes: date, aberto: date, inicio: date, fim: date) -> str:
    """'' where the amounts may change from that month on; `aberto`: the first month that is not final."""
    first, last = max(aberto, inicio.replace(day=1)), fim.replace(day=1)
    if aberto > last:
        return f"Cláusula 3.72: o último mês do suprimento, {last:%m/%Y}, já é definitivo: nada mais muda neste CCER."
    if first <= mes <= last:
        return ""
    return (
        f"Cláusula 3.72: os montantes mudam de {first:%m/%Y}, o primeiro mês cujo prazo (MS+9du) ainda não passou, a "
        f"{last:%m/%Y}, o último do suprimento; foi informado {mes:%m/%Y}."
    )


def mean_power(energia: Decimal, inicio: date, fim: date) -> Decimal:
    """MWmédio of the whole supply."""
    return round6(energia / (((fim - inicio).days + 1) * HORAS_DO_DIA))
