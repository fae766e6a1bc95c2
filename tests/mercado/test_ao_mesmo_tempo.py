"""Races on the real database: four pairs at most, one account for each certificate, one message for each notice."""

from datetime import datetime
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from notificacoes import services as notificacoes
from notificacoes.models import Estado
from portal.contas import services
from portal.contas.models import Par
from portal.demo.hierarquia import Hierarquia
from portal.kernel.errors import DomainError
from tests.ao_mesmo_tempo import at_once
from tests.mercado.cena import Cena, build
from tests.mercado.vencimentos import before, ending, of_pairs

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cena_viva(transactional_db: None, ote: None, hierarquia: Hierarquia, now: datetime) -> Cena:
    """Committed, so that other connections see it."""
    return build(hierarquia, now=now)


def test_eight_at_once_end_in_four_pairs(cena_viva: Cena) -> None:
    files = [cena_viva.arquivos(f"eva-{number}") for number in range(8)]
    who: dict[str, Any] = {"por": cena_viva.jana.usuario, "now": cena_viva.now}

    outcomes = at_once([partial(services.register_pair, cena_viva.eva, each, **who) for each in files])

    assert set(Par.objects.filter(conta=cena_viva.eva).values_list("slot", flat=True)) == {1, 2, 3, 4}
    assert sum(isinstance(outcome, DomainError) for outcome in outcomes) == 4


def test_one_certificate_sent_for_two_accounts_at_once_is_taken_once(cena_viva: Cena) -> None:
    files = cena_viva.arquivos("mesmo")
    who: dict[str, Any] = {"por": cena_viva.jana.usuario, "now": cena_viva.now}

    outcomes = at_once(
        [partial(services.register_pair, conta, files, **who) for conta in (cena_viva.eva, cena_viva.petr)]
    )

    assert sum(isinstance(outcome, Par) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, DomainError) for outcome in outcomes) == 1


def test_the_database_itself_refuses_a_fifth(cena_viva: Cena) -> None:
    par = cena_viva.petr.pares.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        Par.objects.filter(pk=par.pk).update(slot=5)


def test_sweeps_at_the_same_moment_write_each_message_once(cena_viva: Cena) -> None:
    par = ending(cena_viva)

    outcomes = at_once([partial(notificacoes.plan, now=before(par, 30)) for _ in range(6)])

    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert of_pairs() == {("eva", 30): Estado.PENDENTE, ("jana", 30): Estado.PENDENTE}
