"""Every act on the years of contracts, for atos_contratos.py."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from contratos import montantes, services
from contratos.domain.montantes.flat import distribute_by_hours
from contratos.models import Anuncio, Contrato
from tests.contratos.cena import Cena, another

Act = Callable[[], object]


def announce(c: Cena) -> Contrato:
    """Of one more contract, each time, the year that CCEE announced."""
    other = another(c, f"CCEAR-{Contrato.objects.count() + 100}")
    Contrato.objects.filter(pk=other.pk).update(registro="registrado")
    period = {"de": c.now.date(), "ate": c.now.date() + timedelta(days=20), "comunicado": "1/2027"}
    Anuncio.objects.get_or_create(codigo="sazo_ccear", referencia=date(2028, 1, 1), defaults=period)
    return Contrato.objects.get(pk=other.pk)


def open_years(c: Cena) -> Act:
    announce(c)
    return partial(services.open_years, now=c.now)


def inform_year(c: Cena) -> Act:
    contrato = announce(c)
    services.open_years(now=c.now)
    year = montantes.year(contrato, 2028)
    flat = distribute_by_hours(year.energia, year.horas)
    tabela = "\n".join(f"{mes:%m/%Y}; {energia:f}".replace(".", ",") for mes, energia in flat.items())
    return partial(services.inform_year, contrato, 2028, tabela, ator=c.davi, now=c.now)


def waiting(c: Cena) -> None:
    other = another(c, f"CCEAR-{Contrato.objects.count() + 200}")
    Contrato.objects.filter(pk=other.pk).update(registro="registrado", especie="ccear_disponibilidade")


def run_year(c: Cena) -> Act:
    waiting(c)
    return partial(services.run_year, "flat", 2028, by=c.ccee.nome, now=c.now)


def start_year(c: Cena) -> Act:
    waiting(c)
    return partial(services.start_year, "flat", 2028, ator=c.ccee, now=c.now)


def continue_years(c: Cena) -> Act:
    start_year(c)()
    return partial(services.continue_years, now=c.now)


ACTS: dict[str, Callable[[Cena], Act]] = {
    "continue_years": continue_years,
    "inform_year": inform_year,
    "open_years": open_years,
    "run_year": run_year,
    "start_year": start_year,
}
