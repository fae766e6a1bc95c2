"""Where the CNPJ is found, in which order, and what is never read."""

import pytest
from cryptography import x509
from cryptography.x509.oid import NameOID

from portal.icp.domain import der as asn1
from portal.icp.domain.identity import cnpj_in, cnpj_of
from portal.icp.domain.names import parse_name
from portal.icp.domain.tbs import SUBJECT_ALT_NAME
from tests.certificados_domain.casos import CNPJ, FILIAL, KEY, OUTRO, hierarquia

CNPJ_OID, PERSON_OID = x509.ObjectIdentifier("2.16.76.1.3.3"), x509.ObjectIdentifier("2.16.76.1.3.4")
OCTET, PRINTABLE, UTF8, IA5 = 0x04, 0x13, 0x0C, 0x16


def other_name(oid: x509.ObjectIdentifier, tag: int, text: str) -> x509.OtherName:
    return x509.OtherName(oid, asn1.encode(tag, text.encode()))


def certificate(
    serial: str | None = None, names: tuple[x509.GeneralName, ...] = (), cn: str = "x.exemplo"
) -> x509.Certificate:
    subject = [(NameOID.COMMON_NAME, cn)] + ([(NameOID.SERIAL_NUMBER, serial)] if serial else [])
    san = [x509.DNSName("x.exemplo"), *names]
    return hierarquia().issue(subject=subject, san=san, key=KEY).cert


def test_the_subject_goes_before_the_alternative_name_and_that_before_the_common_name() -> None:
    names = (other_name(CNPJ_OID, OCTET, FILIAL),)

    assert cnpj_of(certificate(CNPJ, names, f"ACME:{OUTRO}")) == (CNPJ, "2.5.4.5")
    assert cnpj_of(certificate(None, names, f"ACME:{OUTRO}")) == (FILIAL, "2.16.76.1.3.3")
    assert cnpj_of(certificate(None, (), f"ACME: LTDA:{OUTRO}")) == (OUTRO, "cn")
    assert cnpj_of(certificate()) == (None, None)


@pytest.mark.parametrize("tag", [OCTET, PRINTABLE, UTF8, IA5])
def test_every_string_type_seen_is_decoded(tag: int) -> None:
    assert cnpj_of(certificate(names=(other_name(CNPJ_OID, tag, CNPJ),)))[0] == CNPJ


def test_check_digits_decide_and_the_next_place_is_tried() -> None:
    assert cnpj_of(certificate("12345678000100", cn=f"ACME:{CNPJ}")) == (CNPJ, "cn")
    assert cnpj_of(certificate("1234567890")) == (None, None)


def test_a_mask_and_lower_case_are_read() -> None:
    assert cnpj_of(certificate("12.abc.345/01de-35")) == (CNPJ, "2.5.4.5")


def test_the_officer_is_never_read() -> None:
    assert cnpj_of(certificate(names=(other_name(PERSON_OID, PRINTABLE, CNPJ),))) == (None, None)


@pytest.mark.parametrize("value", [b"", b"\x03\x01\0", b"\x04\x7f", b"\x13\x00"])
def test_a_broken_alternative_name_is_absent(value: bytes) -> None:
    name = asn1.encode(0xA0, bytes.fromhex("0605604c010303") + asn1.encode(0xA0, value))
    subject = parse_name(b"")

    assert cnpj_in(subject, {SUBJECT_ALT_NAME: asn1.encode(asn1.SEQUENCE, name)}) == (None, None)


def test_what_has_no_parts_has_no_cnpj() -> None:
    class Broken:
        tbs_certificate_bytes = b"\x30\x00"

    assert cnpj_of(Broken()) == (None, None)  # type: ignore[arg-type]  # only the bytes are read
