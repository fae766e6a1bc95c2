"""Who may register: every combination of what a person is and what the account is."""

from itertools import product

import pytest

from portal.contas.domain.quem import (
    DE_OUTRA_PESSOA,
    DE_PRODUTOR,
    DESATIVADA,
    EMPRESA_NOVA,
    SEM_VALIDO,
    SO_O_PRIMEIRO,
    Alvo,
    Pedinte,
    refusal,
)
from portal.mercado.perfil import Quem

TODOS = frozenset(Quem)
OPERADOR = Pedinte(operador=True)
ADMINISTRADOR = Pedinte(administra=True)
COM_VALIDO, SEM = Pedinte(titular=True, tem_valido=True), Pedinte(titular=True)
ESTRANHO = Pedinte()
CONHECIDA, NOVA, PRODUTOR = Alvo(), Alvo(nova=True), Alvo(produtor=True)


@pytest.mark.parametrize(
    ("pedinte", "alvo", "expected"),
    [
        (ADMINISTRADOR, CONHECIDA, None),
        (COM_VALIDO, CONHECIDA, None),
        (SEM, CONHECIDA, SEM_VALIDO),
        (ESTRANHO, CONHECIDA, DE_OUTRA_PESSOA),
        (OPERADOR, CONHECIDA, SO_O_PRIMEIRO),
        (OPERADOR, NOVA, None),
        (ADMINISTRADOR, NOVA, EMPRESA_NOVA),
        (COM_VALIDO, NOVA, EMPRESA_NOVA),
        (OPERADOR, PRODUTOR, None),
        (ADMINISTRADOR, PRODUTOR, DE_PRODUTOR),
        (COM_VALIDO, PRODUTOR, DE_PRODUTOR),
    ],
)
def test_who_may_register(pedinte: Pedinte, alvo: Alvo, expected: str | None) -> None:
    assert refusal(pedinte, alvo, TODOS) == expected


def test_nobody_registers_in_a_closed_account() -> None:
    people = (OPERADOR, ADMINISTRADOR, COM_VALIDO, SEM, ESTRANHO)

    assert {refusal(person, Alvo(ativa=False), TODOS) for person in people} == {DESATIVADA}


def test_an_administrator_needs_no_certificate_of_their_own_account() -> None:
    assert refusal(Pedinte(administra=True, titular=True), CONHECIDA, TODOS) is None


@pytest.mark.parametrize(
    ("quem", "pedinte", "alvo"),
    [
        (TODOS - {Quem.ADMINISTRADOR}, ADMINISTRADOR, CONHECIDA),
        (TODOS - {Quem.TITULAR}, COM_VALIDO, CONHECIDA),
        (TODOS - {Quem.OPERADOR}, OPERADOR, NOVA),
    ],
)
def test_a_market_may_leave_a_kind_of_person_out(quem: frozenset[Quem], pedinte: Pedinte, alvo: Alvo) -> None:
    assert refusal(pedinte, alvo, TODOS) is None
    assert refusal(pedinte, alvo, quem) is not None


def test_where_no_operator_registers_the_company_begins_itself() -> None:
    assert refusal(ADMINISTRADOR, NOVA, TODOS - {Quem.OPERADOR}) is None


def test_a_stranger_never_may() -> None:
    for nova, produtor, ativa in product((False, True), repeat=3):
        assert refusal(ESTRANHO, Alvo(nova, produtor, ativa), TODOS) is not None
