"""When people are told of an activity of a contract, and its due date in words. Counted in business days."""

from datetime import date, timedelta
from typing import NamedTuple

from notificacoes.domain.palavras import day_in_words, days_left
from portal.kernel.business_days import Calendario
from portal.kernel.errors import DomainError

SEM_CALENDARIO = timedelta(days=2)  # a weekend in between, where nobody knows the holidays


class Alcance(NamedTuple):
    """The due dates that the notices of one day reach."""

    dia: date
    antes_ate: date  # due up to it: the early notice
    atraso_ate: date  # due up to it: a business day has begun since


def reach(dia: date, antecedencia: int, calendario: Calendario | None) -> Alcance:
    """A calendar that operations let run out costs a notice a day too early or too late near a holiday, never one."""
    try:
        if calendario is not None:
            business = dia if calendario.is_business(dia) else calendario.last_business_before(dia)
            return Alcance(dia, calendario.add(dia, antecedencia), business - timedelta(days=1))
    except DomainError:
        pass
    return Alcance(dia, dia + timedelta(days=antecedencia) + SEM_CALENDARIO, dia - timedelta(days=1))


def due(vence: date | None, *, today: date, calendario: Calendario | None) -> str:
    """ "vence em 3 dias úteis, terça-feira, 24/11/2026", "venceu na segunda-feira, ..."; '' where there is no date."""
    if vence is None:
        return ""
    words = day_in_words(vence, calendario)
    if vence < today:
        return f"venceu há {_ago(vence, today, calendario)}, {words}"
    return f"vence {_left(vence, today, calendario)}, {words}"


def _left(vence: date, today: date, calendario: Calendario | None) -> str:
    """In business days where the last one is one; else in days, as on a calendar."""
    days = (vence - today).days
    business = _between(today, vence, calendario)
    if days <= 1 or business is None or calendario is None or not calendario.is_business(vence):
        return days_left(days)
    return "no próximo dia útil" if business == 1 else f"em {business} dias úteis"


def _ago(vence: date, today: date, calendario: Calendario | None) -> str:
    business = _between(vence, today, calendario)
    if business:
        return "1 dia útil" if business == 1 else f"{business} dias úteis"
    days = (today - vence).days
    return "1 dia" if days == 1 else f"{days} dias"


def _between(a: date, b: date, calendario: Calendario | None) -> int | None:
    try:
        return calendario.between(a, b) if calendario else None
    except DomainError:
        return None
