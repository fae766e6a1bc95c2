"""Acts on PROINFA: how each is made ready, once or again."""

from functools import partial
from typing import Any

from django.test import override_settings

from contratos import services
from contratos.models import UnidadeConsumidora
from tests import factories
from tests.contratos.cena import Cena


def of_unit(c: Cena) -> UnidadeConsumidora:
    """A new one each time, of the two sides."""
    return UnidadeConsumidora.objects.create(
        codigo=f"UC-{UnidadeConsumidora.objects.count()}", nome="Fábrica", consumidor=c.vendedor,
        distribuidora=c.comprador, regime="especial",
    )  # fmt: skip


def declare_history(c: Cena) -> Any:
    return partial(services.declare_history, of_unit(c), "09/2026; 1500,5", ator=c.ana, now=c.now)


def answer_history(c: Cena) -> Any:
    row = services.declare_history(of_unit(c), "09/2026; 1500,5", ator=c.ana, now=c.now)
    return partial(services.answer_history, row.pk, valida=True, ator=c.davi, now=c.now)


def open_proinfa(c: Cena) -> Any:
    """The account of an ACEP; again: of the company that the role went to."""
    return partial(_open, factories.create_agente().cnpj, c)


def _open(cnpj: str, c: Cena) -> int:
    with override_settings(ACEP_CNPJ=cnpj):
        return services.open_proinfa(now=c.now)


ACTS = {"declare_history": declare_history, "answer_history": answer_history, "open_proinfa": open_proinfa}
