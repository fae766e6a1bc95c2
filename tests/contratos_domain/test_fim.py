"""How a contract ends and goes on: ways, months to settle again, dates that must agree, deadlines that are set."""

from datetime import date
from decimal import Decimal

import pytest

from contratos.domain.cancelamento import Decisao, decision_problems, earliest, months_to_redo
from contratos.domain.contrato import Especie, Registro
from contratos.domain.evidencia import EVIDENCIAS, acordo, assinatura, encerramento
from contratos.domain.fim import end_problem, ends
from contratos.domain.procedimentos import ADITAMENTO, ANUENCIA, PROCEDIMENTOS
from contratos.domain.procedimentos.configurados import deadline_of, problems
from contratos.domain.sucessao import Original, Proposta, date_problems, next_number, residual

HOJE = date(2029, 5, 14)
PUBLICADA = date(2029, 2, 20)
INICIO, FIM = date(2028, 1, 1), date(2047, 12, 31)
ORIGINAL = Original(INICIO, FIM, Decimal(30))
EFEITO = date(2030, 7, 1)


@pytest.mark.clausula("3.109", "3.112", "3.86.1")
@pytest.mark.parametrize(
    ("especie", "para", "said"),
    [
        (Especie.CCEAR_QUANTIDADE, Registro.CANCELADO, "Cláusula 3.109"),
        (Especie.CCEAR_DISPONIBILIDADE, Registro.RESCINDIDO, "3.112"),
        (Especie.CCEAR_QUANTIDADE, Registro.DISTRATADO, "3.86.1"),
        (Especie.CER, Registro.DISTRATADO, "3.86.1"),
        (Especie.CBR, Registro.CANCELADO, "Cláusula 3.32"),
        (Especie.CA, Registro.RESCINDIDO, ""),
        (Especie.CCEAR_QUANTIDADE, Registro.ENCERRADO, ""),
        (Especie.CCER, Registro.DISTRATADO, ""),
    ],
)
def test_where_a_clause_lays_down_the_way_it_is_named(especie: Especie, para: Registro, said: str) -> None:
    problem = end_problem(especie, para)
    assert said in problem
    assert bool(problem) == bool(said)
    assert (para in ends(especie)) is not bool(said)


@pytest.mark.clausula("3.111")
@pytest.mark.parametrize(
    ("efeito", "last", "months"),
    [
        (PUBLICADA, date(2029, 4, 1), [2, 3, 4]),
        (PUBLICADA, date(2029, 2, 1), [2]),
        (PUBLICADA, date(2029, 1, 1), []),
        (PUBLICADA, None, []),
    ],
)
def test_each_month_settled_since_the_effect_is_settled_again(
    efeito: date, last: date | None, months: list[int]
) -> None:
    assert [each.month for each in months_to_redo(efeito, last, INICIO, FIM)] == months


def test_only_months_of_the_supply_are_settled_again() -> None:
    before = months_to_redo(date(2027, 6, 1), date(2028, 2, 1), INICIO, FIM)
    after = months_to_redo(date(2047, 11, 30), date(2048, 3, 1), INICIO, FIM)
    assert before == [date(2028, 1, 1), date(2028, 2, 1)]
    assert after == [date(2047, 11, 1), date(2047, 12, 1)]


@pytest.mark.clausula("3.109", "3.111")
def test_a_decision_comes_before_its_publication_and_an_open_month_is_not_settled() -> None:
    good = decision_problems(Decisao(PUBLICADA, PUBLICADA, date(2029, 4, 1)), HOJE)
    bad = decision_problems(Decisao(PUBLICADA, date(2029, 2, 21), date(2029, 5, 1)), HOJE)
    assert good == decision_problems(Decisao(PUBLICADA, None, None), HOJE) == {}
    assert "21/02/2029" in bad["decisao_em"]
    assert "O último possível é 04/2029" in bad["ultimo_mes_liquidado"]


def test_the_earliest_of_what_is_known() -> None:
    assert earliest(None, PUBLICADA, HOJE) == PUBLICADA
    assert earliest(None) is None


@pytest.mark.clausula("3.86.1")
@pytest.mark.parametrize(
    ("proposta", "said"),
    [
        (Proposta(True, EFEITO, EFEITO, FIM), {}),
        (Proposta(False, EFEITO), {}),
        (Proposta(True, EFEITO, date(2030, 7, 2), FIM), {"novo_inicio": "01/07/2030; foi informada 02/07/2030"}),
        (Proposta(True, EFEITO, EFEITO, date(2040, 1, 1)), {"novo_fim": "até 31/12/2047; foi informada 01/01/2040"}),
        (Proposta(True, EFEITO), {"novo_inicio": "Informe a data", "novo_fim": "Informe a data"}),
        (Proposta(False, EFEITO, EFEITO, FIM), {"novo_inicio": "deixe em branco", "novo_fim": "deixe em branco"}),
        (Proposta(False, date(2048, 1, 1)), {"efeito_em": "não resta nada a suceder"}),
    ],
)
def test_the_new_contract_begins_with_the_distrato_and_lasts_what_was_left(
    proposta: Proposta, said: dict[str, str]
) -> None:
    found = date_problems(proposta, ORIGINAL)
    assert found.keys() == said.keys()
    assert all(said[nome] in text for nome, text in found.items())


@pytest.mark.clausula("3.86.1")
def test_what_is_left_is_counted_by_the_hour_and_no_day_is_in_both_contracts() -> None:
    first, energia = residual(ORIGINAL, date(2047, 12, 31))
    assert (first, energia) == (date(2047, 12, 31), Decimal("720.000000"))
    whole = residual(ORIGINAL, date(2027, 1, 1))
    assert whole == (INICIO, Decimal(30) * ((FIM - INICIO).days + 1) * 24)


@pytest.mark.parametrize(
    ("numero", "taken", "found"),
    [
        ("CCEAR-1", set(), "CCEAR-1-S1"),
        ("CCEAR-1-S1", {"CCEAR-1-S1"}, "CCEAR-1-S2"),
        ("CCEAR-S1X", set(), "CCEAR-S1X-S1"),
        ("C" * 30, set(), "C" * 27 + "-S1"),
    ],
)
def test_the_new_contract_has_the_old_ones_number_with_the_first_free_turn(
    numero: str, taken: set[str], found: str
) -> None:
    assert next_number(numero, taken) == found


@pytest.mark.clausula("3.85")
@pytest.mark.parametrize(
    ("nome", "prazo", "said"),
    [
        ("anuencia_cer.N2", "T+10du", ""),
        ("distrato_garantia.W1", "N.A.", ""),
        ("anuencia_cer.N9", "T+10du", "não há esta atividade"),
        ("anuencia", "T+10du", "não há esta atividade"),
        ("anuencia_cer.N2", "T+10", "não é um prazo. Coluna"),
        ("anuencia_cer.N2", "P+10du", "conta-se de P, que o fluxo não tem; ele tem T"),
        ("distrato_garantia.W1", "T+1du", "ele tem nenhuma data"),
        ("cancelamento_registro.K2", "D+9du", "é o do documento (D+3du)"),
        ("acordo_bilateral.B3", "M+1du", "não se configura"),
    ],
)
def test_a_deadline_is_set_only_where_the_document_gives_none_and_from_a_date_that_is_known(
    nome: str, prazo: str, said: str
) -> None:
    found = list(problems({nome: prazo}, PROCEDIMENTOS))
    assert bool(found) == bool(said)
    assert all(said in text for text in found)


def test_what_is_set_counts_and_the_documents_own_deadlines_stay() -> None:
    given = {"anuencia_cer.N2": "T+10du", "aditamento_ato.A1": "L+9du"}
    assert deadline_of(ANUENCIA, ANUENCIA.por_codigo["N2"], given) == "T+10du"
    assert deadline_of(ANUENCIA, ANUENCIA.por_codigo["N1"], given) == "N.A."
    assert deadline_of(ADITAMENTO, ADITAMENTO.por_codigo["A1"], given) == "L+2du"


def test_no_kind_of_evidence_hides_another_of_the_same_name() -> None:
    assert not (encerramento.EVIDENCIAS.keys() & (acordo.EVIDENCIAS.keys() | assinatura.EVIDENCIAS.keys()))
    assert encerramento.EVIDENCIAS.items() <= EVIDENCIAS.items()
