"""Two CCGs at the same moment, on a real PostgreSQL: never two in force, and never an error without words."""

from collections.abc import Callable
from functools import partial
from threading import Event, Thread

import pytest
from django.db import connection, connections, transaction

from contratos import services
from contratos.models import Ccg, Fluxo
from portal.auditoria.selectors import verify_chain
from portal.demo.hierarquia import Hierarquia
from portal.icp import services as icp
from portal.kernel.errors import Conflict
from tests import factories
from tests.ao_mesmo_tempo import at_once
from tests.contratos import cena as cenas
from tests.contratos.cena import AGORA, EVIDENCIA, Cena
from tests.contratos.garantias import VENDEDOR, in_force, open_first, prepare, sign

ESPERA = 20  # seconds, at most, for the other connection to stand in front of the lock


@pytest.fixture
def cena(transactional_db: None) -> Cena:
    return cenas.create()


@pytest.fixture
def hierarquia(cena: Cena) -> Hierarquia:
    made = Hierarquia.create(at=AGORA)
    icp.include(made.authorities, raiz=True, by=factories.BY, origem="teste", now=AGORA)
    return made


def without_the_bank(cena: Cena, hierarquia: Hierarquia) -> Fluxo:
    fluxo = open_first(cena)
    prepare(cena, fluxo)
    sign(cena, hierarquia, fluxo)
    return fluxo


@pytest.mark.clausula("3.101")
def test_of_two_ccgs_celebrated_at_once_one_is_in_force_and_it_revoked_the_other(
    cena: Cena, hierarquia: Hierarquia
) -> None:
    flows = [without_the_bank(cena, hierarquia) for _ in range(2)]
    last = [cena.row("G6b", fluxo).pk for fluxo in flows]

    outcomes = at_once(
        [partial(services.close_activity, pk, ator=cena.ccee, now=cena.now, evidencia=EVIDENCIA) for pk in last]
    )

    assert [type(outcome).__name__ for outcome in outcomes] == ["Atividade", "Atividade"]
    assert sorted(Ccg.objects.values_list("situacao", flat=True)) == ["em_vigor", "revogado"]
    assert Ccg.objects.get(situacao="em_vigor").substitui == Ccg.objects.get(situacao="revogado")
    assert verify_chain().quebra is None


@pytest.mark.clausula("3.101")
def test_of_two_requests_at_once_one_is_told_of_the_other(cena: Cena) -> None:
    in_force(cena)
    ask = partial(
        services.request, cena.contrato, "ccg_substituicao", evidencia=VENDEDOR, ator=cena.davi, now=cena.now,
        solicitante=cena.comprador,
    )  # fmt: skip

    outcomes = at_once([ask, ask])

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Conflict", "Fluxo"]
    assert Fluxo.objects.filter(procedimento="ccg_substituicao").count() == 1


@pytest.mark.clausula("3.101")
def test_where_another_program_was_faster_the_refusal_is_in_words(cena: Cena, hierarquia: Hierarquia) -> None:
    """It holds no lock of ours: only the database can tell."""
    fluxo = without_the_bank(cena, hierarquia)
    written, waited = Event(), Event()
    threads = [
        Thread(target=apart, args=(write_and_wait, cena, written, waited)),
        Thread(target=apart, args=(tell_when_blocked, waited)),
    ]
    threads[0].start()
    assert written.wait(ESPERA)
    threads[1].start()

    with pytest.raises(Conflict, match=r"nunca há dois em vigor \(cláusula 3\.101\)"):
        cena.close("G6b", fluxo=fluxo)

    for thread in threads:
        thread.join(ESPERA)
    assert Ccg.objects.get(fluxo=fluxo).situacao == "em_elaboracao"
    assert cena.row("G6b", fluxo).situacao == "aberta"


def apart(call: Callable[..., None], *args: object) -> None:
    """On a connection of its own, given back."""
    try:
        call(*args)
    finally:
        connections.close_all()


def write_and_wait(cena: Cena, written: Event, waited: Event) -> None:
    with transaction.atomic():
        in_force(cena)
        written.set()
        waited.wait(ESPERA)


def tell_when_blocked(waited: Event) -> None:
    """As soon as a connection of this server waits for another's transaction, or the time is over."""
    pause = Event()
    for _ in range(ESPERA * 20):
        with connection.cursor() as sql:
            sql.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if sql.fetchone()[0]:
                break
        pause.wait(0.05)
    waited.set()
