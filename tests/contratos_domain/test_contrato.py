"""The two machines of a contract's life, and the data of procedures that may not contradict themselves."""

import itertools
from datetime import date

import pytest

from contratos.domain.contrato import (
    NOMES,
    PASSAGENS,
    Assinatura,
    Especie,
    Registro,
    order_problem,
    require_passage,
    situacao,
)
from contratos.domain.procedimentos import PROCEDIMENTOS, Atividade, Condicao, Procedimento, Responsavel
from contratos.domain.sazonalizacao import Calculo, Origem
from portal.kernel.errors import Conflict

PARES = [*itertools.permutations(Assinatura, 2), *itertools.permutations(Registro, 2)]


@pytest.mark.parametrize(("de", "para"), PARES)
def test_a_state_passes_only_where_the_drawing_has_an_arrow(de: Assinatura, para: Assinatura) -> None:
    if para in PASSAGENS[de]:
        require_passage(de, para)
    else:
        with pytest.raises(Conflict, match=NOMES[de]):
            require_passage(de, para)


def test_no_state_is_without_name_and_every_one_can_be_reached() -> None:
    states = {*Assinatura, *Registro}
    assert set(NOMES) == set(PASSAGENS) == states
    reached = {state for targets in PASSAGENS.values() for state in targets}
    assert states - reached == {Assinatura.RASCUNHO, Registro.NAO_REGISTRADO}


def test_people_read_the_registration_where_there_is_one() -> None:
    assert situacao(Assinatura.PARCIAL, Registro.NAO_REGISTRADO, Especie.CA) == "Assinado por uma das partes"
    assert situacao(Assinatura.PARCIAL, Registro.REGISTRADO, Especie.CA) == "Registrado"


def atividade(codigo: str, **kwargs: object) -> Atividade:
    return Atividade(codigo, codigo, Responsavel.CCEE, "N.A.", (), **kwargs)  # type: ignore[arg-type]  # any field


@pytest.mark.parametrize(
    "atividades",
    [
        (atividade("A"), atividade("A")),
        (atividade("A", depois=("B",)), atividade("B")),
        (atividade("A", condicao=(Condicao.ATRASOU, "Z")),),
        (atividade("A", volta=(("não", "Z"),)),),
        (atividade("A", encerra=("Z",)),),
    ],
)
def test_data_that_contradict_themselves_do_not_load(atividades: tuple[Atividade, ...]) -> None:
    with pytest.raises(ValueError, match=r"p[.:]"):
        Procedimento("p", "P", (), atividades)


def test_what_starts_again_with_an_activity_is_all_that_comes_after_it() -> None:
    procedimento = Procedimento(
        "p", "P", (), (atividade("A"), atividade("B", depois=("A",)), atividade("C"), atividade("D", depois=("B|C",)))
    )
    assert list(procedimento.depende_de("B")) == ["B", "D"]


def test_a_supply_does_not_end_before_it_begins() -> None:
    first, last = date(2027, 1, 1), date(2027, 1, 2)

    assert order_problem(first, first) == ""
    assert order_problem(last, first) == "O suprimento terminaria (01/01/2027) antes de começar (02/01/2027)."


def test_a_procedure_begins_with_ccee_or_with_a_party() -> None:
    begins = {p.codigo for p in PROCEDIMENTOS.values() if p.comeca_na_ccee}

    assert {"proinfa_ato", "sazo_cotas"} <= begins
    assert not {"cbr_registro", "sazo_ccear"} & begins


def test_a_calculation_says_which_rule_made_it() -> None:
    assert str(Calculo(Origem.FLAT, "3.52", 2)) == "flat 2 (cláusula 3.52)"
