"""Our small reader against the library's: where both read a certificate, they read the same."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import cryptography_vectors
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st

from portal.icp.domain import der as asn1
from portal.icp.domain import names, tbs
from portal.icp.domain.armour import pem_blocks
from portal.icp.domain.tbs import Tbs
from portal.kernel.guard import attempt
from tests.certificados_domain.casos import DATA, hierarquia

VECTORS = Path(cryptography_vectors.__file__).parent / "x509"


def certificates() -> Iterator[x509.Certificate]:
    for file in sorted([*VECTORS.rglob("*"), *DATA.rglob("*")]):
        if file.suffix in (".pem", ".der", ".crt"):
            data = file.read_bytes()
            for raw in [block.der for block in pem_blocks(data)] or [data]:
                cert = attempt(partial(x509.load_der_x509_certificate, raw), None)
                if cert is not None:
                    yield cert


def extension(cert: x509.Certificate, kind: type[x509.ExtensionType]) -> Any:
    return next((e.value for e in cert.extensions if isinstance(e.value, kind)), None)


USAGES = (  # in the order of their bits
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
)


def by_library(cert: x509.Certificate) -> tuple[Any, ...]:
    eku, constraints = extension(cert, x509.ExtendedKeyUsage), extension(cert, x509.BasicConstraints)
    policies, usage = extension(cert, x509.CertificatePolicies), extension(cert, x509.KeyUsage)
    ski, aki = extension(cert, x509.SubjectKeyIdentifier), extension(cert, x509.AuthorityKeyIdentifier)
    return (
        cert.version.value + 1,
        cert.serial_number,
        cert.signature_algorithm_oid.dotted_string,
        [(a.oid.dotted_string, a.value) for rdn in cert.subject.rdns for a in rdn],
        None if eku is None else tuple(oid.dotted_string for oid in eku),
        constraints is not None and constraints.ca,
        tuple(p.policy_identifier.dotted_string for p in policies or ()),
        None if usage is None else {i for i, name in enumerate(USAGES) if getattr(usage, name)},
        getattr(ski, "digest", None),
        getattr(aki, "key_identifier", None),
    )


def by_us(cert: x509.Certificate) -> tuple[object, ...]:
    raw, outer = tbs.split(cert.public_bytes(Encoding.DER))
    parts = Tbs.of(raw)
    extensions = parts.extensions()
    usage = tbs.key_usage(extensions)
    return (
        parts.version,
        parts.serial,
        tbs.algorithm_oid(outer),
        [(a.oid, a.text) for rdn in names.parse_name(parts.subject) for a in rdn],
        tbs.extended_key_usage(extensions),
        tbs.is_ca(extensions),
        tbs.policies(extensions),
        None if usage is None else usage & set(range(len(USAGES))),
        tbs.subject_key_id(extensions),
        tbs.authority_key_id(extensions),
    )


@pytest.mark.filterwarnings("ignore::UserWarning")  # the corpus has what the library warns of
def test_two_parsers_agree_on_every_public_certificate_both_can_read() -> None:
    compared, refused = 0, 0

    for cert in certificates():
        expected, ours = attempt(partial(by_library, cert), None), attempt(partial(by_us, cert), None)
        if expected is None or any(isinstance(value, bytes) for _, value in expected[3]):
            continue
        if ours is None:
            refused += 1
        else:
            assert ours == expected, cert.subject
            compared += 1

    assert compared > 500
    assert refused == 2  # signatures with unused bits


@given(st.binary(max_size=200))
def test_only_malformed_is_raised_on_any_bytes(data: bytes) -> None:
    for read in (asn1.elements, asn1.bounds, Tbs.of, tbs.split, names.parse_name):
        try:
            read(data)
        except ValueError:
            continue


@pytest.mark.parametrize(
    "data",
    [
        b"\x30\x80\0\0",  # indefinite length
        b"\x30\x81\x05abcde",  # long form without need
        b"\x30\x82\0\x80" + b"x" * 128,  # leading zero in the length
        b"\x30\x85\0\0\0\0\1x",  # more than 4 octets of length
        b"\x1f\x01\x01",  # tag number above 30
        b"\x30\x02\x01",  # content missing
        b"\x30",
    ],
    ids=str,
)
def test_only_der_is_read(data: bytes) -> None:
    with pytest.raises(asn1.Malformed):
        asn1.elements(data)


@pytest.mark.parametrize(
    "element", [(asn1.OID, b""), (asn1.OID, b"\x80"), (asn1.OID, b"\x01" * 65), (asn1.INTEGER, b"\x01")]
)
def test_broken_identifiers_are_malformed(element: asn1.Element) -> None:
    with pytest.raises(asn1.Malformed):
        asn1.oid(element)


@pytest.mark.parametrize("element", [(asn1.INTEGER, b""), (asn1.OID, b"\x01")])
def test_broken_integers_are_malformed(element: asn1.Element) -> None:
    with pytest.raises(asn1.Malformed):
        asn1.integer(element)


@pytest.mark.parametrize("raw", [b"\x30\x00", b"\x30\x03\x02\x01\x01"])
def test_a_certificate_with_parts_missing_is_malformed(raw: bytes) -> None:
    with pytest.raises(asn1.Malformed):
        Tbs.of(raw)
    with pytest.raises(asn1.Malformed):
        tbs.split(raw)
    with pytest.raises(asn1.Malformed):
        asn1.only(raw, asn1.SET)


def test_names_are_shown_escaped_cut_and_most_specific_first() -> None:
    attributes = [
        (x509.NameOID.COUNTRY_NAME, "BR"),
        (x509.NameOID.ORGANIZATION_NAME, 'A+B, "C"\u202egnp.\x00'),
        (x509.NameOID.ORGANIZATIONAL_UNIT_NAME, "é" * 300),
    ]
    cert = hierarquia().issue(subject=attributes).cert

    shown = names.show_name(names.parse_name(Tbs.of(cert.tbs_certificate_bytes).subject))

    assert shown == f'OU={"é" * 200}…, O=A\\+B\\, \\"C\\"\\u202egnp.\\u0000, C=BR'


@pytest.mark.parametrize("content", [b"\x30\x00", b"\x31\x02\x30\x00", b"\x31\x00" * 201])
def test_a_broken_or_endless_name_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        names.parse_name(content)


def test_a_giant_name_is_cut_and_binary_values_are_hexadecimal() -> None:
    binary = names.Attribute("2.5.4.45", b"\0\xff", None)

    assert names.show_name(((binary,),)) == "2.5.4.45=#00ff"
    assert len(names.show_name(((binary,) * 11,) * 5000)) <= 1001


def test_the_short_name_is_the_common_name_else_the_organisation() -> None:
    cn, o = names.Attribute(names.COMMON_NAME, b"", "AC X"), names.Attribute(names.ORGANISATION, b"", "X\n")

    assert [names.short_name(name) for name in (((o,), (cn,)), ((o,),), ())] == ["AC X", "X\\u000a", ""]
