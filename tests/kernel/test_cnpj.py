"""The CNPJ as typed, stored and shown. The oracle is the official text and our own sum, not the library we use."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel import cnpj

OFFICIAL = "12ABC34501DE35"  # the example of IN RFB 2.229/2024
POSITIONS = st.text(alphabet="0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=12, max_size=12)


def check_digit(text: str) -> str:
    weights = [2, 3, 4, 5, 6, 7, 8, 9]
    rest = sum((ord(c) - 48) * weights[i % 8] for i, c in enumerate(reversed(text))) % 11
    return "0" if rest < 2 else str(11 - rest)


@pytest.mark.parametrize(
    "typed", ["12.ABC.345/01DE-35", "12abc34501de35", " 12.abc.345/01de-35 ", "12 ABC 345 01DE 35", OFFICIAL]
)
def test_normalise_accepts_mask_spaces_and_lower_case(typed: str) -> None:
    assert cnpj.normalise(typed) == OFFICIAL


@pytest.mark.parametrize(
    "typed",
    ["", "123", "1122233300018", "112223330001811", "12.ABC.345/01DE-3A", "١١٢٢٢٣٣٣٠٠٠١٨١", "x" * 999],
)
def test_what_is_not_a_cnpj_is_told_the_shape(typed: str) -> None:
    with pytest.raises(cnpj.CnpjInvalido, match="14 posições") as refusal:
        cnpj.normalise(typed)

    assert len(refusal.value.detail) < 250


@pytest.mark.parametrize("typed", ["11.222.333/0001-82", "12ABC34501DE36", "00000000000000"])
def test_wrong_check_digits_are_named(typed: str) -> None:
    with pytest.raises(cnpj.CnpjInvalido, match="dígitos verificadores"):
        cnpj.normalise(typed)


@given(POSITIONS, st.integers(0, 99))
def test_exactly_one_pair_of_digits_is_right(base: str, pair: int) -> None:
    first = check_digit(base)
    right = first + check_digit(base + first)

    assert cnpj.is_valid(f"{base}{pair:02d}") == (f"{pair:02d}" == right and base != "0" * 12)


def test_mask_and_company() -> None:
    assert cnpj.mask(OFFICIAL) == "12.ABC.345/01DE-35"
    assert cnpj.mask("curto") == "curto"
    assert cnpj.same_company("11222333000181", "11222333000262")
    assert not cnpj.same_company("11222333000181", OFFICIAL)
