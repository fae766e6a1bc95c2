"""The system user's password: exactly 8 digits, and why not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adesao.domain.senha import examine

CNPJ = "12345678000195"


@pytest.mark.parametrize("senha", ["40719362", "00112233", "98712345"])
def test_eight_digits_will_do(senha: str) -> None:
    exame = examine(senha, cnpj=CNPJ)

    assert (exame.erros, exame.avisos) == ((), ())


@pytest.mark.parametrize(
    ("senha", "reason"),
    [
        ("", "foram digitados 0"),
        ("1234567", "foram digitados 7"),
        ("123456789", "foram digitados 9"),
        ("4071936a", "8 caracteres, dos quais 7 são números"),
        ("4071 9362", "9 caracteres, dos quais 8 são números"),
        ("40719362\n", "9 caracteres"),
        ("٤٠٧١٩٣٦٢", "8 caracteres, dos quais 0 são números"),
        ("77777777", "iguais"),
        ("01234567", "crescente"),
        ("34567890", "crescente"),
        ("98765432", "decrescente"),
        ("21098765", "decrescente"),
        ("12345678", "crescente"),
        ("78000195", "parte do CNPJ"),
    ],
)
def test_a_refused_password_is_told_why(senha: str, reason: str) -> None:
    exame = examine(senha, cnpj=CNPJ)

    assert any(reason in erro for erro in exame.erros)


def test_the_first_digits_of_the_own_cnpj_are_refused() -> None:
    assert examine("40719362", cnpj="40719362000190").erros == (
        "A senha é uma parte do CNPJ da empresa, que é público. Escolha outra.",
    )


@pytest.mark.parametrize("senha", ["25121990", "12251990", "19901225", "29022000"])
def test_a_date_is_allowed_and_warned(senha: str) -> None:
    exame = examine(senha, cnpj=CNPJ)

    assert not exame.erros
    assert "data" in exame.avisos[0]


@pytest.mark.parametrize("senha", ["31022001", "29021901", "25121899", "21013112"])
def test_what_no_calendar_has_is_no_date(senha: str) -> None:
    assert not examine(senha, cnpj=CNPJ).avisos


@given(st.text(max_size=20))
def test_no_answer_repeats_what_was_typed(senha: str) -> None:
    exame = examine(senha, cnpj=CNPJ)

    if len(senha) >= 3:
        assert not any(f"“{senha}”" in text or f" {senha} " in text for text in (*exame.erros, *exame.avisos))
    assert bool(exame.erros) or (len(senha) == 8 and senha.isascii() and senha.isdigit())
