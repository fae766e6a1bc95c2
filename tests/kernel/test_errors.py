"""Refusals by field."""

import pytest

from portal.kernel.errors import DomainError, refusal, refuse


def test_nothing_wrong_is_no_refusal() -> None:
    refuse({})
    refuse({"mes": "", "tabela": []})


def test_each_problem_stands_beside_its_field_and_the_same_words_are_said_once() -> None:
    with pytest.raises(DomainError) as refused:
        refuse({"mes": "Não.", "ano": "Não.", "tabela": ["Linha 1.", "Linha 2."], "outro": ""})

    assert refused.value.detail == "Não. Linha 1. Linha 2."
    assert refused.value.erros == {"mes": ["Não."], "ano": ["Não."], "tabela": ["Linha 1.", "Linha 2."]}


def test_one_field_alone() -> None:
    assert refusal("mes", "Não.").erros == {"mes": ["Não."]}
