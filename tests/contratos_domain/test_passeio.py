"""Every procedure walked at random: whatever people try and however late, only what the drawing allows happens.

The drawing is written out here a second time, by hand from the document, so that data and engine cannot agree on a
mistake: for each activity the sets of activities of which one must be over.
"""

import os
import random
from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from contratos.domain import andamento
from contratos.domain.andamento import FEITAS, VIVAS, Passo, Situacao
from contratos.domain.procedimentos import (
    ACORDO,
    ADITAMENTO,
    CCG,
    CCG_EXISTENTE,
    DISPENSA,
    EXISTENTE,
    NOVO,
    PROCEDIMENTOS,
    SOLICITACAO,
    SUBSTITUICAO,
    Procedimento,
)
from contratos.domain.procedimentos.marcos import PADRAO, as_procedure
from portal.kernel.errors import DomainError
from tests.contratos_domain import (
    desenhos_da_modulacao,
    desenhos_da_sazonalizacao,
    desenhos_do_cbr,
    desenhos_do_fim,
    desenhos_do_proinfa,
    desenhos_sem_leilao,
)

RUNS = int(os.environ.get("PASSEIOS", "2000"))
MARCOS = as_procedure(PADRAO, ancora="max(P,H)", versao=1)
START = date(2026, 11, 23)
DESENHO: dict[str, dict[str, list[set[str]]]] = {
    NOVO.codigo: {"N1": [], "N2": [{"N1"}], "N3": [{"N2"}], "N4": [{"N2"}]},
    EXISTENTE.codigo: {"E1": [], "E2": [{"E1"}], "E3": [{"E2"}], "E4": [{"E2"}]},
    ACORDO.codigo: {"B1": [], "B2": [{"B1"}], "B3": []},
    SOLICITACAO.codigo: {"S1": [], "S2": [{"S1"}], "S3": [{"S2"}], "S4": [], "S5": [{"S3"}]},
    ADITAMENTO.codigo: {
        "A1": [],
        "A2a": [],
        "A2b": [{"A1"}],
        "A3v": [{"A2a", "A2b"}],
        "A3c": [{"A2a", "A2b"}],
        "A4": [{"A3v"}, {"A3c"}],
        "A5v": [{"A4"}],
        "A5c": [{"A4"}],
        "A6": [{"A5v"}, {"A5c"}],
    },
    DISPENSA.codigo: {"D1": []},
    CCG.codigo: {
        "G1": [],
        "G2": [{"G1"}],
        "G3": [{"G2"}],
        "G4v": [{"G3"}],
        "G4c": [{"G3"}],
        "G5": [{"G4v"}, {"G4c"}],
        "G6c": [{"G5"}],
        "G6v": [{"G5"}],
        "G6b": [{"G5"}],
    },
    MARCOS.codigo: {
        "M1": [],
        "M2": [{"M1"}],
        "M3v": [{"M2"}],
        "M3c": [{"M2"}],
        "M4": [{"M3v"}, {"M3c"}],
        "M5v": [{"M4"}],
        "M5c": [{"M4"}],
        "M6": [{"M2"}],
        "M7": [{"M5v"}, {"M5c"}, {"M6"}],
    },
}
DESENHO[CCG_EXISTENTE.codigo] = DESENHO[CCG.codigo]
DESENHO[SUBSTITUICAO.codigo] = {"R1": [], **DESENHO[CCG.codigo], "G1": [{"R1"}]}
NUNCA_JUNTAS = (
    {"B2", "B3"},
    {"R2", "R3"},
    {"J2", "J3"},
    {"X2", "X3"},
    {"F2", "F3"},
    {"H2", "H3"},
    {"Z2", "Z3"},
    {"Q3", "Q3s"},
    {"Q3e", "Q3s"},
    {"Q3", "Q3e"},
    {"S3", "S4"},
    {"A2a", "A2b"},
)
PRAZO_EM_DIAS = {"B2": 5, "A1": 4, "A2a": 8, "S2": 7, "S3": 30}
ESTADOS = {
    NOVO.codigo: {"à espera da outorga", "em providências", "disponível para assinatura", "assinado", "cancelado"},
    EXISTENTE.codigo: {
        "à espera da homologação", "em providências", "disponível para assinatura", "assinado", "cancelado",
    },
    ACORDO.codigo: {
        "em registro", "à espera da validação", "validado", "caducado sem validação", "cancelado",
    },
    SOLICITACAO.codigo: {
        "rascunho", "em avaliação", "disponível para assinatura", "assinada", "concluída, contrapartes informadas",
        "cancelada por decurso de prazo", "cancelado",
    },
    ADITAMENTO.codigo: {
        "à espera da informação do ato", "iniciado de ofício", "em validação dos dados", "formulário em assinatura",
        "em elaboração do termo aditivo", "termo aditivo em assinatura", "assinado sem eficácia", "eficaz",
        "cancelado", "em andamento",
    },
    DISPENSA.codigo: {"em análise", "dispensado", "cancelado"},
    CCG.codigo: {
        "à espera do tipo de garantia", "em elaboração", "em análise", "em validação", "em preparação da assinatura",
        "disponível para assinatura", "celebrado", "cancelado",
    },
}  # fmt: skip
ESTADOS[CCG_EXISTENTE.codigo] = ESTADOS[CCG.codigo]
ESTADOS[SUBSTITUICAO.codigo] = ESTADOS[CCG.codigo] | {"em pedido"}
ESTADOS[MARCOS.codigo] = {marco.nome.lower() for marco in PADRAO} | {"disponível para assinatura", "cancelado"}
DESENHO |= desenhos_do_fim.DESENHO | desenhos_do_cbr.DESENHO | desenhos_sem_leilao.DESENHO
DESENHO |= desenhos_da_modulacao.DESENHO | desenhos_da_sazonalizacao.DESENHO | desenhos_do_proinfa.DESENHO
ESTADOS |= desenhos_do_fim.ESTADOS | desenhos_do_cbr.ESTADOS | desenhos_sem_leilao.ESTADOS
ESTADOS |= desenhos_da_modulacao.ESTADOS | desenhos_da_sazonalizacao.ESTADOS | desenhos_do_proinfa.ESTADOS
PRAZO_EM_DIAS |= desenhos_do_cbr.PRAZO_EM_DIAS | desenhos_da_modulacao.PRAZO_EM_DIAS | {"Z2": 6}
PRAZO_EM_DIAS |= desenhos_do_proinfa.PRAZO_EM_DIAS
TODOS = (*PROCEDIMENTOS.values(), MARCOS)


@pytest.mark.parametrize("procedimento", TODOS, ids=lambda p: p.codigo)
def test_whatever_is_tried_only_what_the_drawing_allows_happens(procedimento: Procedimento) -> None:
    ended = 0
    for seed in range(RUNS // len(TODOS) + 1):
        ended += walk(procedimento, random.Random(f"{procedimento.codigo}{seed}"))  # noqa: S311 - no secret
    assert ended  # some of the walks reach an end: the drawing is not a dead end


def walk(procedimento: Procedimento, chance: random.Random) -> bool:
    dues = {codigo: START + timedelta(days=days) for codigo, days in PRAZO_EM_DIAS.items()}
    hoje = START
    passos: Mapping[str, Passo] = andamento.start(procedimento, dues, hoje)
    for _ in range(chance.randint(1, 60)):
        before = dict(passos)
        codigo = chance.choice(procedimento.atividades).codigo
        match chance.choices(("close", "waive", "sleep", "cancel"), (80, 4, 15, 1))[0]:
            case "close":
                passos = try_to_close(procedimento, passos, codigo, hoje, chance)
            case "waive":
                passos = waived(procedimento, passos, codigo, hoje)
            case "cancel":
                passos = andamento.cancel(passos, hoje)
            case _:
                hoje += timedelta(days=chance.choice((1, 1, 2, 5, 40)))
                passos = andamento.settle(procedimento, passos, hoje)
        check(procedimento, before, passos)
    return andamento.is_over(procedimento, passos)


def waived(procedimento: Procedimento, passos: Mapping[str, Passo], codigo: str, hoje: date) -> Mapping[str, Passo]:
    was_its_turn = passos[codigo].situacao is Situacao.ABERTA
    try:
        after = andamento.waive(procedimento, passos, codigo, hoje=hoje)
    except DomainError:
        assert not was_its_turn
        return passos
    assert was_its_turn
    return after


def try_to_close(
    procedimento: Procedimento, passos: Mapping[str, Passo], codigo: str, hoje: date, chance: random.Random
) -> Mapping[str, Passo]:
    resultado = chance.choice(("", *procedimento.por_codigo[codigo].resultados))
    try:
        after = andamento.close(procedimento, passos, codigo, hoje=hoje, resultado=resultado)
    except DomainError:
        was_its_turn = passos[codigo].situacao is Situacao.ABERTA
        assert not was_its_turn or (procedimento.por_codigo[codigo].resultados and not resultado)
        return passos
    assert passos[codigo].situacao is Situacao.ABERTA
    for alternatives in DESENHO[procedimento.codigo][codigo]:
        assert any(passos[other].situacao in FEITAS for other in alternatives), f"{codigo} out of turn"
    return after


def check(procedimento: Procedimento, before: Mapping[str, Passo], after: Mapping[str, Passo]) -> None:
    assert after.keys() == DESENHO[procedimento.codigo].keys()
    for codigo, passo in after.items():
        was = before[codigo]
        assert passo.rodada >= was.rodada
        if was.situacao not in VIVAS and passo.rodada == was.rodada:
            assert passo == was, "what ended stays as it ended"
        assert (passo.fechado is None) == (passo.situacao in VIVAS)
    done = {codigo for codigo, passo in after.items() if passo.situacao is Situacao.CONCLUIDA}
    assert not any(pair <= done for pair in NUNCA_JUNTAS)
    assert andamento.outcome(procedimento, after) in ESTADOS[procedimento.codigo]
    if andamento.is_over(procedimento, after):
        assert not any(passo.situacao in VIVAS for passo in after.values())
