"""RFC 5280 §7.1: what does not count in a name, and what does."""

import pytest
from cryptography import x509
from hypothesis import assume, given
from hypothesis import strategies as st

from certificados.domain.subject import prepare, subject_hashes
from portal.icp.domain import der as asn1
from portal.icp.domain.names import parse_name

O, CN = bytes.fromhex("060355040a"), bytes.fromhex("0603550403")  # noqa: E741 - as everybody writes them
UTF8, PRINTABLE, TELETEX, BMP, UNIVERSAL = 0x0C, 0x13, 0x14, 0x1E, 0x1C
ENCODINGS = {UTF8: "utf-8", TELETEX: "latin-1", BMP: "utf-16-be", UNIVERSAL: "utf-32-be"}


def attribute(kind: bytes, tag: int, raw: bytes) -> bytes:
    return asn1.encode(asn1.SEQUENCE, kind + asn1.encode(tag, raw))


def rdn(*attributes: bytes) -> bytes:
    return asn1.encode(asn1.SET, b"".join(attributes))


def utf8(text: str, kind: bytes = O) -> bytes:
    return rdn(attribute(kind, UTF8, text.encode()))


def key(*rdns: bytes) -> str:
    return subject_hashes(parse_name(b"".join(rdns)))[0]


def loose(*rdns: bytes) -> str:
    return subject_hashes(parse_name(b"".join(rdns)))[1]


@pytest.mark.parametrize(
    "other",
    [
        rdn(attribute(O, PRINTABLE, b"acme ltda")),
        utf8("ＡＣＭＥ　Ｌｔｄａ"),
        utf8("  ACME \u00a0\t LTDA "),
        utf8("AC\u200bME L\u00adtda\ufe0f"),
        utf8("ac\u0007me ltda"),
        rdn(attribute(O, BMP, "Acme Ltda".encode("utf-16-be"))),
    ],
)
def test_type_case_width_and_spacing_do_not_count(other: bytes) -> None:
    assert key(utf8("ACME  Ltda")) == key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("São", "Sa\u0303o"), ("STRASSE", "straße"), ("ﬁm", "FIM"), ("Å", "\u212b"), ("ǅ", "dž")]
)
def test_composed_folded_and_compatible_forms_are_one(one: str, other: str) -> None:
    assert key(utf8(one)) == key(utf8(other))


@pytest.mark.parametrize(("one", "other"), [("Sao", "São"), ("C", "С"), ("ACME Ltda", "ACMELtda"), ("a", "a b")])
def test_accents_alphabets_and_words_do_count(one: str, other: str) -> None:
    assert key(utf8(one)) != key(utf8(other))


def test_the_order_of_rdns_counts_only_in_the_strict_key() -> None:
    one, other = utf8("Acme"), utf8("Acme", CN)

    assert key(one, other) != key(other, one)
    assert loose(one, other) == loose(other, one)


def test_the_order_inside_one_rdn_never_counts_but_its_grouping_does() -> None:
    one, other = attribute(O, UTF8, b"Acme"), attribute(CN, UTF8, b"Acme")

    assert key(rdn(one, other)) == key(rdn(other, one))
    assert key(rdn(one, other)) != key(rdn(one), rdn(other))


def test_values_cannot_imitate_the_border_between_attributes() -> None:
    assert key(utf8("a;1:2.5.4.3=b")) != key(utf8("a"), utf8("b", CN))
    assert key(utf8("a|9:2.5.4.10=b")) != key(utf8("a"), utf8("b"))


def test_what_is_no_string_is_compared_byte_by_byte() -> None:
    one, other = rdn(attribute(O, 0x03, b"\0A")), rdn(attribute(O, 0x03, b"\0a"))

    assert key(one) != key(other)
    assert key(rdn(attribute(O, BMP, b"\xd8\x00"))) != key(utf8("\ufffd"))


def test_very_long_values_are_compared_as_they_are() -> None:
    assert key(utf8("A" * 257)) != key(utf8("a" * 257))
    assert key(utf8("A" * 256)) == key(utf8("a" * 256))


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cn"]), max_size=30)


@given(TEXT)
def test_preparing_twice_changes_nothing(text: str) -> None:
    assert prepare(prepare(text)) == prepare(text)


@given(TEXT, st.sampled_from(sorted(ENCODINGS)))
def test_the_string_type_never_counts(text: str, tag: int) -> None:
    try:
        raw = text.encode(ENCODINGS[tag])
    except UnicodeEncodeError:
        assume(False)

    assert key(rdn(attribute(O, tag, raw))) == key(utf8(text))


@given(st.text(st.sampled_from("abcdefgçãéõ XYZ"), max_size=20), st.data())
def test_upper_lower_and_more_spaces_are_the_same_name(text: str, data: st.DataObject) -> None:
    spaced = text.replace(" ", data.draw(st.sampled_from([" ", "  ", "\u2003", "\t"])))

    assert key(utf8(text)) == key(utf8(f" {spaced.upper()} ")) == key(utf8(spaced.swapcase()))


def test_the_library_encoding_of_a_name_reads_the_same() -> None:
    name = x509.Name([x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, "Açaí Energia")])
    encoded = asn1.only(name.public_bytes(), asn1.SEQUENCE)

    assert key(encoded) == key(utf8("AÇAÍ  ENERGIA"))


def test_the_stored_key_never_changes() -> None:
    assert (
        key(utf8("Acme")) == "d179f211ae68d1e5167ccfe093a357d5ec00ea7b2bde055b6d924bd9b7c7e04c"
    )  # in the database of every installation
