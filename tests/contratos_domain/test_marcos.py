"""Sets of milestones: what no set may lack, and how little time nobody may be given (3.11 to 3.13)."""

from dataclasses import replace

import pytest

from contratos.domain.procedimentos import Responsavel
from contratos.domain.procedimentos.marcos import (
    PADRAO,
    TIPOS,
    Marco,
    MarcosRecusados,
    Tipo,
    as_procedure,
    check,
)


def without(codigo: str) -> tuple[Marco, ...]:
    return tuple(marco for marco in PADRAO if marco.codigo != codigo)


def changed(codigo: str, **changes: object) -> tuple[Marco, ...]:
    return tuple(replace(m, **changes) if m.codigo == codigo else m for m in PADRAO)  # type: ignore[arg-type]  # any field


def refusals(marcos: tuple[Marco, ...]) -> list[str]:
    with pytest.raises(MarcosRecusados) as refused:
        check(marcos)
    return refused.value.erros["marcos"]


@pytest.mark.clausula("3.13")
def test_our_own_set_is_good() -> None:
    assert check(PADRAO) == PADRAO


@pytest.mark.clausula("3.13")
@pytest.mark.parametrize("tipo", TIPOS)
def test_a_set_without_one_of_the_six_is_refused(tipo: Tipo) -> None:
    marcos = tuple(replace(marco, tipo=Tipo.OUTRO) if marco.tipo is tipo else marco for marco in PADRAO)

    assert refusals(marcos) == [f"Falta o marco obrigatório de {TIPOS[tipo]} (3.13)."]


@pytest.mark.clausula("3.11", "3.12")
def test_a_party_has_three_business_days_at_least() -> None:
    assert refusals(changed("M5v", ate_du=15)) == [
        "M5v tem 2 dias úteis depois do marco anterior; são necessários ao menos 3 (3.11)."
    ]
    assert check(changed("M5v", ate_du=16))


@pytest.mark.clausula("3.11")
def test_the_three_days_count_from_the_latest_of_those_before() -> None:
    marcos = changed("M6", depois=("M2", "M3v"), ate_du=11)

    assert refusals(marcos) == ["M6 tem 2 dias úteis depois do marco anterior; são necessários ao menos 3 (3.11)."]


@pytest.mark.clausula("3.11")
def test_ccee_has_one_day_at_least() -> None:
    assert check(changed("M2", ate_du=4))
    assert refusals(changed("M2", ate_du=3)) == [
        "M2 tem 0 dias úteis depois do marco anterior; são necessários ao menos 1 (3.11)."
    ]


@pytest.mark.clausula("3.11")
def test_nothing_ends_after_the_25th_business_day() -> None:
    assert check(changed("M7", ate_du=25))
    assert refusals(changed("M7", ate_du=26)) == ["M7 termina no 26º dia útil; o total é de 25 (3.11)."]


def test_what_comes_before_must_stand_before() -> None:
    assert refusals(changed("M1", depois=("M9",), ate_du=3)) == ["M1 vem depois de M9, que não está antes dele."]


def test_a_code_stands_once() -> None:
    twice = (*PADRAO, Marco("M7", "Outra vez", Tipo.OUTRO, Responsavel.CCEE, 22))

    assert refusals(twice) == ["M7 aparece duas vezes."]


def test_everything_that_is_wrong_is_told_at_once() -> None:
    marcos = tuple(replace(marco, ate_du=30) if marco.codigo == "M7" else marco for marco in without("M6"))

    told = refusals(marcos)

    assert len(told) == 3  # no guarantees, M7 after what is not there, M7 too late
    assert "M6" in " ".join(told)


def test_a_set_becomes_a_procedure_that_counts_from_its_anchor() -> None:
    procedimento = as_procedure(PADRAO, ancora="max(P,H)", versao=2)

    assert procedimento.versao == 2
    assert procedimento.ancoras == ("P", "H")
    assert procedimento.por_codigo["M7"].prazo == "max(P,H)+20du"
    assert as_procedure(PADRAO, ancora="H", versao=1).ancoras == ("H",)
