"""A history declared is told to the side that validates it; the answer, to the side that declared (3.39.1, 3.43)."""

from datetime import date
from typing import Any

import pytest
from pytest_django import Settings

from contratos.models import RepresentanteDeCotista
from contratos.services import historicos
from tests.contratos import proinfas
from tests.contratos.paginas import text
from tests.contratos.proinfas import Proinfa
from tests.contratos.test_proinfa_historicos import answer, declare
from tests.notificacoes.cena import at, sweep
from tests.notificacoes.contratos import forget_the_ledger, mail_of

pytestmark = [pytest.mark.django_db, pytest.mark.clausula("3.39.1", "3.43")]
HOJE = date(2026, 10, 20)
CAIO, DAVI, EVA = "caio.consumidor", "davi.distribuidora", "eva.acep"
AGENDA = "/contratos/agenda/"


@pytest.fixture
def proinfa(settings: Settings) -> Proinfa:
    settings.EMAIL_BACKEND = "notificacoes.mail.OutboxBackend"
    cena = proinfas.create(settings)
    sweep(at(HOJE, 8))
    forget_the_ledger()
    return cena


def mail(person: str, hour: int = 12) -> str:
    return " ".join(mail_of(person, at(HOJE, hour)).split())


def agenda(proinfa: Proinfa, ator: Any) -> str:
    return text(proinfa.browser(ator).get(AGENDA))


def test_the_other_side_hears_that_a_history_waits_for_it(proinfa: Proinfa) -> None:
    declare(proinfa, proinfa.caio)

    assert sweep(at(HOJE)) == [DAVI]
    told = mail(DAVI)
    assert "] Histórico de consumo, unidade UC-77: FABRICA NORTE declarou 2 meses. " in told
    assert "cabe à sua empresa validar ou devolver, com o motivo (cláusula 3.39.1)" in told
    assert "http://127.0.0.1:8000/contratos/proinfa/historicos/" in told
    assert "1 histórico à espera" in agenda(proinfa, proinfa.davi)
    assert "Históricos de consumo" not in agenda(proinfa, proinfa.caio)


def test_whoever_declared_hears_that_it_was_validated(proinfa: Proinfa) -> None:
    declare(proinfa, proinfa.davi)
    sweep(at(HOJE, 10))
    answer(proinfa, proinfa.caio)

    assert sweep(at(HOJE)) == [DAVI]
    assert "O que DISTRIBUIDORA SUL declarou (2 meses) foi validado e já conta" in mail(DAVI)


def test_given_back_it_is_told_with_the_reason(proinfa: Proinfa) -> None:
    declare(proinfa, proinfa.caio)
    sweep(at(HOJE, 10))
    answer(proinfa, proinfa.davi, "devolvido", motivo="Setembro foi lido duas vezes.")

    assert sweep(at(HOJE)) == [CAIO]
    assert "foi devolvido. Motivo: Setembro foi lido duas vezes. Corrija e declare outro" in mail(CAIO)


def test_of_an_area_the_distributor_hears_the_answer_and_ccee_sees_it_wait(proinfa: Proinfa) -> None:
    declare(proinfa, proinfa.davi, f"area:{proinfa.distribuidora.cnpj}")
    waiting = agenda(proinfa, proinfa.ccee), text(proinfa.browser(proinfa.ccee).get("/contratos/proinfa/"))

    assert sweep(at(HOJE, 10)) == []
    answer(proinfa, proinfa.ccee)

    assert "1 histórico à espera" in waiting[0]
    assert "1 histórico de área espera a validação da CCEE" in waiting[1]
    assert sweep(at(HOJE)) == [DAVI]
    assert "Histórico de consumo, área de DISTRIBUIDORA SUL: o que DISTRIBUIDORA SUL declarou" in mail(DAVI)


@pytest.mark.clausula("3.69")
def test_for_a_represented_consumer_its_representative_is_told(proinfa: Proinfa) -> None:
    RepresentanteDeCotista.objects.create(
        representado=proinfa.consumidor, representante=proinfa.acep, desde=proinfa.now.date()
    )
    declare(proinfa, proinfa.davi)

    assert sweep(at(HOJE)) == [EVA]
    assert "1 histórico à espera" in agenda(proinfa, proinfa.eva)
    assert "Históricos de consumo" not in agenda(proinfa, proinfa.caio)


def test_the_declarer_hears_the_answer_also_where_another_represents_it_by_then(proinfa: Proinfa) -> None:
    declare(proinfa, proinfa.caio)
    RepresentanteDeCotista.objects.create(
        representado=proinfa.consumidor, representante=proinfa.acep, desde=proinfa.now.date()
    )
    sweep(at(HOJE, 10))
    answer(proinfa, proinfa.davi)

    assert sweep(at(HOJE)) == [CAIO]


@pytest.mark.parametrize("quem", ["caio", "davi", "eva", "ccee"])
@pytest.mark.parametrize("alvo", ["unidade", "area"])
@pytest.mark.parametrize("por", ["caio", "davi"])
@pytest.mark.parametrize("representado", [False, True])
def test_what_the_agenda_counts_is_what_the_person_may_answer(
    proinfa: Proinfa, quem: str, alvo: str, por: str, representado: bool
) -> None:
    if representado:
        RepresentanteDeCotista.objects.create(
            representado=proinfa.consumidor, representante=proinfa.acep, desde=proinfa.now.date()
        )
    code = "unidade:UC-77" if alvo == "unidade" else f"area:{proinfa.distribuidora.cnpj}"
    declare(proinfa, getattr(proinfa, por), code)
    ator = getattr(proinfa, quem)

    counted = list(historicos.to_answer(ator, now=proinfa.now))
    may = [
        row for row in historicos.visible(ator, now=proinfa.now) if historicos.may_answer(row, ator, now=proinfa.now)
    ]

    assert counted == may
