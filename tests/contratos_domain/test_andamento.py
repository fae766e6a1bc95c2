"""The engine, one rule at a time."""

from datetime import date, timedelta

import pytest

from contratos.domain import andamento
from contratos.domain.andamento import AindaNao, JaEncerrada, Passo, Passos, Situacao
from contratos.domain.procedimentos import ADITAMENTO, CCG, NOVO, SOLICITACAO, Procedimento
from portal.kernel.errors import DomainError

HOJE = date(2026, 11, 23)
T30 = date(2026, 12, 25)
DEPOIS = T30 + timedelta(days=1)


def walk(procedimento: Procedimento, passos: Passos, *steps: str, hoje: date = HOJE) -> Passos:
    for step in steps:
        codigo, _, resultado = step.partition("=")
        passos = andamento.close(procedimento, passos, codigo, hoje=hoje, resultado=resultado)
    return passos


def situacoes(passos: Passos, *codigos: str) -> list[str]:
    return [passos[codigo].situacao.value for codigo in codigos]


def test_an_activity_is_refused_before_its_turn_and_named_what_it_waits_for() -> None:
    passos = andamento.start(NOVO, {}, HOJE)
    with pytest.raises(AindaNao, match="N1"):
        andamento.close(NOVO, passos, "N2", hoje=HOJE)


def test_the_lapse_waits_for_a_deadline_not_for_a_person() -> None:
    passos = andamento.start(SOLICITACAO, {"S3": T30}, HOJE)
    with pytest.raises(AindaNao, match="fim do prazo"):
        andamento.close(SOLICITACAO, passos, "S4", hoje=HOJE)


def test_what_was_closed_is_not_closed_again() -> None:
    passos = walk(NOVO, andamento.start(NOVO, {}, HOJE), "N1")
    with pytest.raises(JaEncerrada, match="concluída"):
        andamento.close(NOVO, passos, "N1", hoje=HOJE)
    with pytest.raises(JaEncerrada):
        andamento.waive(NOVO, passos, "N1", hoje=HOJE)


def test_both_signatures_end_the_flow() -> None:
    passos = walk(NOVO, andamento.start(NOVO, {}, HOJE), "N1", "N2", "N4")
    assert not andamento.is_over(NOVO, passos)
    passos = walk(NOVO, passos, "N3")
    assert andamento.outcome(NOVO, passos) == "assinado"


@pytest.mark.clausula("3.80")
def test_an_inconsistency_goes_back_to_the_form_and_then_forth_again() -> None:
    passos = walk(SOLICITACAO, andamento.start(SOLICITACAO, {"S3": T30}, HOJE), "S1", "S2=inconsistencia")
    assert situacoes(passos, "S1", "S2", "S3") == ["aberta", "aguardando", "aguardando"]
    assert passos["S1"].rodada == passos["S2"].rodada == 2
    passos = walk(SOLICITACAO, passos, "S1", "S2=deferida", "S3", "S5")
    assert andamento.outcome(SOLICITACAO, passos) == "concluída, contrapartes informadas"


def test_a_decision_has_to_be_one_of_those_there_are() -> None:
    passos = walk(SOLICITACAO, andamento.start(SOLICITACAO, {}, HOJE), "S1")
    with pytest.raises(DomainError, match="deferida ou inconsistencia"):
        andamento.close(SOLICITACAO, passos, "S2", hoje=HOJE, resultado="talvez")


@pytest.mark.clausula("3.84")
def test_a_request_can_be_signed_through_the_30th_day_and_lapses_on_the_31st() -> None:
    passos = walk(SOLICITACAO, andamento.start(SOLICITACAO, {"S3": T30}, HOJE), "S1", "S2=deferida")
    assert andamento.settle(SOLICITACAO, passos, T30)["S4"].situacao is Situacao.AGUARDANDO
    late = andamento.settle(SOLICITACAO, passos, DEPOIS)
    assert late["S4"].situacao is Situacao.ABERTA
    lapsed = walk(SOLICITACAO, late, "S4", hoje=DEPOIS)
    assert situacoes(lapsed, "S3", "S5") == ["cancelada", "cancelada"]
    assert andamento.outcome(SOLICITACAO, lapsed) == "cancelada por decurso de prazo"


@pytest.mark.clausula("3.91")
def test_agents_in_time_have_their_data_validated_and_silent_ones_have_ccee_start_for_them() -> None:
    dues = {"A1": HOJE}
    in_time = walk(ADITAMENTO, andamento.start(ADITAMENTO, dues, HOJE), "A1")
    assert situacoes(in_time, "A2a", "A2b") == ["cancelada", "aberta"]
    tomorrow = HOJE + timedelta(days=1)
    silent = andamento.settle(ADITAMENTO, andamento.start(ADITAMENTO, dues, HOJE), tomorrow)
    assert situacoes(silent, "A1", "A2a", "A2b") == ["aberta", "aberta", "cancelada"]
    # An agent that informs late is heard, and CCEE's own start, with its notice to ANEEL, is due all the same.
    late = walk(ADITAMENTO, silent, "A1", hoje=tomorrow)
    assert late["A1"].is_late(tomorrow)
    assert situacoes(late, "A2a", "A3v") == ["aberta", "aguardando"]
    assert situacoes(walk(ADITAMENTO, late, "A2a", hoje=tomorrow), "A3v", "A3c") == ["aberta", "aberta"]
    unheard = walk(ADITAMENTO, silent, "A2a", hoje=tomorrow)
    assert unheard["A1"].situacao is Situacao.CANCELADA


def test_what_nobody_can_reach_any_more_is_cancelled() -> None:
    passos = andamento.cancel(andamento.start(ADITAMENTO, {}, HOJE), HOJE)
    assert {passo.situacao for passo in passos.values()} == {Situacao.CANCELADA}
    assert andamento.outcome(ADITAMENTO, passos) == "cancelado"


def test_a_branch_whose_start_was_waived_in_time_goes_on_and_whose_start_was_cancelled_ends() -> None:
    start = andamento.start(ADITAMENTO, {"A1": HOJE}, HOJE)
    assert situacoes(andamento.waive(ADITAMENTO, start, "A1", hoje=HOJE), "A2b") == ["aberta"]
    dead = {**start, "A1": Passo("A1", Situacao.CANCELADA, HOJE, HOJE)}
    assert situacoes(andamento.settle(ADITAMENTO, dead, HOJE), "A2a", "A2b", "A3v") == ["cancelada"] * 3


def test_a_party_that_finds_an_inconsistency_in_the_ccg_sends_it_back_to_analysis() -> None:
    passos = walk(CCG, andamento.start(CCG, {}, HOJE), "G1", "G2", "G3=sem_inconsistencia", "G4v=validado")
    passos = walk(CCG, passos, "G4c=inconsistencia")
    assert situacoes(passos, "G3", "G4v", "G4c", "G5") == ["aberta", "aguardando", "aguardando", "aguardando"]


def test_late_is_derived_and_stays_visible_after_a_late_closing() -> None:
    due = Passo("N1", Situacao.ABERTA, HOJE)
    assert not due.is_late(HOJE)
    assert due.is_late(DEPOIS)
    assert Passo("N1", Situacao.CONCLUIDA, HOJE, DEPOIS).is_late(HOJE)
    assert not Passo("N1", Situacao.DISPENSADA, HOJE, DEPOIS).is_late(DEPOIS)
    assert not Passo("N1", Situacao.ABERTA).is_late(DEPOIS)


def test_a_flow_is_called_by_what_comes_next() -> None:
    passos = andamento.start(ADITAMENTO, {"A1": HOJE}, HOJE)
    assert andamento.outcome(ADITAMENTO, passos) == "à espera da informação do ato"
    stuck = {**passos, "A1": Passo("A1", Situacao.CONCLUIDA, None, None)}
    assert andamento.outcome(ADITAMENTO, stuck) == "em andamento"
