"""The same power in every hour of the year: energy in proportion to the hours of each month (3.52, 3.58)."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from contratos.domain.montantes.exato import apportion, decimal, micros
from contratos.domain.montantes.meses import hours_of


def distribute(energia: Decimal, meses: Sequence[date]) -> dict[date, Decimal]:
    """MWh of each whole month, half up at six places; the residual of rounding goes to the first month."""
    return distribute_by_hours(energia, hours_of(meses))


def distribute_by_hours(energia: Decimal, horas: Mapping[date, int]) -> dict[date, Decimal]:
    """The same where supply takes up a part of some month: the caller says the hours of supply in each."""
    meses = sorted(horas)
    parts = apportion(micros(energia), [horas[mes] for mes in meses])
    return dict(zip(meses, map(decimal, parts), strict=True))
