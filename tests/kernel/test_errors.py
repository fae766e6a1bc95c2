"""What a refusal says: by field, and when nothing more particular is said."""

import pytest

from portal.kernel.errors import DomainError, NotFound, TooLarge, refusal, refuse


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


def test_what_is_not_there_and_what_may_not_be_seen_sound_alike() -> None:
    assert NotFound().detail == "Não encontramos isto entre as empresas que você representa."


def test_a_file_too_large_is_told_how_small_a_certificate_is() -> None:
    assert (TooLarge().status, "2 KB" in TooLarge().detail) == (413, True)
