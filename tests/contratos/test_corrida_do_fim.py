"""A contract that ends, or passes to another, while somebody acts in it; on a real PostgreSQL: never two truths."""

from datetime import UTC, date, datetime
from functools import partial
from threading import Event, Thread
from typing import Any

import pytest
from django.db import connection, connections, transaction
from pytest_django import Settings

from contratos import services
from contratos.domain.andamento import JaEncerrada
from contratos.domain.contrato import Registro
from contratos.models import Atividade, Contrato, Fluxo
from contratos.services.andamento import lock
from portal.auditoria.selectors import verify_chain
from portal.kernel.errors import Conflict, NotFound
from tests.ao_mesmo_tempo import at_once
from tests.contratos import cena as cenas
from tests.contratos.cena import EVIDENCIA
from tests.contratos.test_cancelamento import DECISAO
from tests.contratos.test_sucessao import DISTRATO, NO_DIA, PEDIDA, Sucedendo, on, succeeding


@pytest.fixture
def sucedendo(transactional_db: None, settings: Settings) -> Sucedendo:
    """Signed by all three, on the day of its effect, with an amendment under way."""
    cena = succeeding(cenas.create(), settings)
    services.request(
        cena.contrato, "sucessao", solicitante=cena.vendedor, evidencia=DISTRATO, ator=cena.ana, now=PEDIDA
    )
    cena.close("X2", evidencia={"parecer": "De acordo."}, resultado="de_acordo")
    cena.sign()
    cena.open("aditamento_ato", ancoras={"L": date(2028, 7, 1)})
    on(cena, settings, NO_DIA)
    return cena


def test_two_people_who_give_effect_at_once_make_one_new_contract(sucedendo: Sucedendo) -> None:
    act = partial(services.close_activity, sucedendo.row("X4").pk, ator=sucedendo.ccee, now=NO_DIA)

    outcomes = at_once([act, act])

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Atividade", "JaEncerrada"]
    assert list(Contrato.objects.filter(sucede__isnull=False).values_list("numero", flat=True)) == ["CCEAR-1-S1"]
    assert verify_chain().quebra is None


def test_what_the_predecessor_does_while_its_contract_is_dissolved_counts_or_is_refused(sucedendo: Sucedendo) -> None:
    a1 = sucedendo.row("A1").pk
    outcomes = at_once(
        [
            partial(services.close_activity, sucedendo.row("X4").pk, ator=sucedendo.ccee, now=NO_DIA),
            partial(services.close_activity, a1, ator=sucedendo.ana, now=NO_DIA, evidencia=EVIDENCIA),
        ]
    )

    refused = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert all(isinstance(outcome, NotFound) for outcome in refused), refused
    row = Atividade.objects.select_related("fluxo__contrato").get(pk=a1)
    assert (row.fluxo.contrato.numero, row.situacao) == ("CCEAR-1-S1", "aberta" if refused else "concluida")


def test_a_contract_that_ended_at_the_same_moment_is_not_cancelled_too_and_nobody_waits_for_ever(
    transactional_db: None,
) -> None:
    cena = cenas.create()
    Contrato.objects.update(
        registro="registrado", suprimento_inicio=date(2027, 1, 1), suprimento_fim=date(2028, 12, 31)
    )
    now = datetime(2029, 4, 12, 15, tzinfo=UTC)
    services.request(cena.fresh(), "cancelamento_registro", evidencia=DECISAO, ator=cena.ccee, now=now)
    who: dict[str, Any] = {"ator": cena.ccee, "now": now}

    outcomes = at_once(
        [
            partial(services.close_activity, cena.row("K2").pk, evidencia={"registro": "feito"}, **who),
            partial(services.end, cena.fresh(), Registro.ENCERRADO, motivo="Fim do suprimento", **who),
        ]
    )

    refused = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert len(refused) == 1
    by_state = {"cancelado": Conflict, "encerrado": JaEncerrada}  # K2 stops with the contract
    assert type(refused[0]) is by_state[cena.fresh().registro], refused
    assert not cena.contrato.fluxos.filter(procedimento="cancelamento_registro", closed_at=None).exists()


def test_whoever_waits_for_a_contract_holds_none_of_its_flows_meanwhile(transactional_db: None) -> None:
    cena = cenas.create()
    pk = cena.open().pk
    waiting = Thread(target=_take, args=(pk,))
    with transaction.atomic():
        Contrato.objects.select_for_update().get(pk=cena.contrato.pk)
        waiting.start()
        assert _somebody_waits()
        Fluxo.objects.select_for_update(nowait=True).get(pk=pk)  # or whoever ends the contract would wait for ever
    waiting.join(30)
    assert not waiting.is_alive()


def _take(pk: int) -> None:
    with transaction.atomic():
        lock(pk)
    connections.close_all()


def _somebody_waits() -> bool:
    query = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    for _ in range(600):
        with connection.cursor() as cursor:
            cursor.execute(query)
            if cursor.fetchone()[0]:
                return True
        Event().wait(0.05)
    return False
