"""No accident and no malice turns a changed file into an accepted one, nor into an error of ours."""

import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contratos.assinatura.modelos import Resultado
from tests.contratos.assinatura.cena import bruno, detached, emitido, judged, signed, signed_by_ana

SLOW = settings(max_examples=25, deadline=None)
SAMPLES: dict[str, Callable[[], bytes]] = {
    "one signature": signed_by_ana,
    "two signatures": lambda: signed(signed_by_ana(), bruno()),
    "detached": lambda: detached(emitido()),
}
MADE: dict[str, bytes] = {}


def sample(name: str) -> bytes:
    return MADE.setdefault(name, SAMPLES[name]()) if name not in MADE else MADE[name]


def says_what_is_wrong(resultado: Resultado) -> bool:
    json.dumps(resultado.evidence)
    return not resultado.aceito and all(one.texto and one.como_resolver for one in resultado.recusas)


def same_signatures(resultado: Resultado, name: str) -> bool:
    return [one.impressao for one in resultado.aceitas] == [one.impressao for one in judged(sample(name)).aceitas]


@pytest.mark.parametrize("name", ["one signature", "two signatures"])
@given(data=st.data())
@SLOW
def test_one_changed_byte_of_a_signed_pdf_is_never_accepted(name: str, data: st.DataObject) -> None:
    """But for a digit of the signature's hexadecimal: in the other case, or in a certificate that nobody needs."""
    original = sample(name)
    position = data.draw(st.integers(0, len(original) - 1))
    changed = bytearray(original)
    changed[position] ^= data.draw(st.integers(1, 255))

    resultado = judged(bytes(changed))

    if resultado.aceito:
        assert same_signatures(resultado, name)
        assert chr(original[position]) in "0123456789abcdefABCDEF"
        assert inside_a_signature(original, position)
    else:
        assert says_what_is_wrong(resultado)


def inside_a_signature(original: bytes, position: int) -> bool:
    return (
        original.rfind(b"<", 0, position)
        > original.rfind(b"/Contents", 0, position)
        > original.rfind(b">", 0, position)
    )


@given(data=st.data())
@SLOW
def test_one_changed_byte_of_a_detached_signature_changes_no_accepted_signature(data: st.DataObject) -> None:
    original = sample("detached")
    changed = bytearray(original)
    changed[data.draw(st.integers(0, len(original) - 1))] ^= data.draw(st.integers(1, 255))

    resultado = judged(bytes(changed))

    assert same_signatures(resultado, "detached") if resultado.aceito else says_what_is_wrong(resultado)


@pytest.mark.parametrize("name", list(SAMPLES))
@given(data=st.data())
@SLOW
def test_cutting_repeating_and_inserting_are_refused_in_words(name: str, data: st.DataObject) -> None:
    original = sample(name)
    a, b = sorted((data.draw(st.integers(0, len(original))), data.draw(st.integers(0, len(original)))))
    inserted = data.draw(st.binary(min_size=1, max_size=30))
    changed = data.draw(
        st.sampled_from(
            [
                original[:b],
                original[a:],
                original[:a] + original[b:],
                original[:b] + original[a:],
                original[:a] + inserted + original[a:],
                original + inserted,
            ]
        )
    )

    resultado = judged(changed)

    assert changed.strip() == original.strip() or says_what_is_wrong(resultado)


@given(
    junk=st.binary(max_size=400), head=st.sampled_from([b"", b"%PDF-1.7\n", b"\x30\x80", b"-----BEGIN PKCS7-----\n"])
)
@SLOW
def test_junk_is_refused_in_words(junk: bytes, head: bytes) -> None:
    assert says_what_is_wrong(judged(head + junk))
    assert says_what_is_wrong(judged(emitido() + head + junk))
