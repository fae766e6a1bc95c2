"""The ledger's arithmetic."""

from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.chain_hash import GENESIS, canonical, chain

VALUES = st.none() | st.booleans() | st.integers() | st.text(max_size=20)
BODIES = st.dictionaries(st.text(max_size=8), VALUES | st.lists(VALUES, max_size=3), max_size=5)


def test_a_known_entry_has_a_known_hash() -> None:
    """Computed once with sha256sum; if this changes, no old ledger verifies any more."""
    body = {"numero": 1, "tipo": "sessao.entrada", "ator": "Ana"}

    assert canonical(body) == b'{"ator":"Ana","numero":1,"tipo":"sessao.entrada"}'
    assert chain(GENESIS, body) == "fc419079648c01938d381cc78440567e7ed7b2542254c4d8896902216d66ea99"


@given(BODIES)
def test_the_order_of_keys_does_not_matter(body: dict[str, object]) -> None:
    turned = dict(reversed(body.items()))

    assert canonical(body) == canonical(turned)


@given(BODIES, BODIES)
def test_other_text_or_other_past_is_another_hash(one: dict[str, object], other: dict[str, object]) -> None:
    if canonical(one) != canonical(other):
        assert chain(GENESIS, one) != chain(GENESIS, other)
    assert chain(GENESIS, one) != chain("1" * 64, one)
