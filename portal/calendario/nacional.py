"""The list that every database starts from: national holidays, and the days on which banks are closed besides."""

from collections.abc import Iterable
from datetime import date

# Banks are closed on them, and guarantees and settlement pass through banks (Res. CMN 4.880/2020). The library keeps
# them among its optional days, with others that are business days: Ash Wednesday, 28 October, 24 and 31 December.
BANCARIOS = frozenset({"Carnaval", "Corpus Christi"})


def holidays(years: Iterable[int]) -> dict[date, str]:
    """Date -> name, the calendar that ANBIMA publishes."""
    from holidays.countries.brazil import Brazil  # noqa: PLC0415 - half a second, for new years alone

    wanted = list(years)
    found = dict(Brazil(years=wanted, categories="public", language="pt_BR"))
    optional = Brazil(years=wanted, categories="optional", language="pt_BR")
    for day, names in optional.items():
        for name in BANCARIOS.intersection(names.split("; ")):
            found.setdefault(day, name)
    return found
