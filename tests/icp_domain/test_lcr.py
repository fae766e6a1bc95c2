"""Revocation lists: which addresses count, what is believed, whom a list names."""

import datetime as dt
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes

from portal.demo.hierarquia import Hierarquia
from portal.icp.domain import lcr
from portal.icp.domain.lcr import NaoServe, distribution_points
from tests import listas
from tests.certificados_domain.casos import AT, CNPJ, KEY, hierarquia

URL, ESPELHO = "http://lcr.exemplo.test/ac.crl", "http://espelho.exemplo.test/ac.crl"
AC = hierarquia().ac
HOM = Hierarquia.create(at=AT, nome="-hom")
Reason = x509.ReasonFlags


def read(data: bytes, *, issuer: x509.Certificate = AC.cert, at: dt.datetime = AT) -> lcr.Lista:
    return lcr.read(data, issuer=issuer, urls=[URL], at=at)


def why(data: bytes, **asked: Any) -> str:
    with pytest.raises(NaoServe) as caught:
        read(data, **asked)
    return str(caught.value)


def leaf(*extensions: Any) -> x509.Certificate:
    return hierarquia().issue(cnpj=CNPJ, key=KEY, extensions=extensions).cert


def test_the_addresses_of_whole_lists_count_in_their_order() -> None:
    points = [
        listas.point("ldap://lcr.exemplo.test/ac"),
        listas.point("file:///etc/passwd"),
        listas.point("http://parcial.exemplo.test/", reasons=frozenset({Reason.key_compromise})),
        listas.point("http://outra.exemplo.test/", issuer=[x509.DirectoryName(AC.cert.subject)]),
        x509.DistributionPoint(
            None,
            x509.RelativeDistinguishedName([x509.NameAttribute(x509.NameOID.COMMON_NAME, "lista")]),
            None,
            None,
        ),
        x509.DistributionPoint([x509.DNSName("lcr.exemplo.test")], None, None, None),
        listas.point(URL),
        listas.point("HTTPS://espelho.exemplo.test/ac.crl"),
        listas.point(URL),
    ]

    certificate = leaf((x509.CRLDistributionPoints(points), False))

    assert distribution_points(certificate) == (URL, "HTTPS://espelho.exemplo.test/ac.crl")


def test_a_hundred_addresses_are_not_all_asked() -> None:
    certificate = leaf(listas.points(*(f"http://{n}.exemplo.test/" for n in range(100))))

    assert len(distribution_points(certificate)) == lcr.MAIS_PONTOS


def test_a_certificate_may_name_no_list_or_something_unreadable() -> None:
    broken = x509.UnrecognizedExtension(x509.ObjectIdentifier("2.5.29.31"), b"\x30\x05lixo")

    assert distribution_points(leaf()) == ()
    assert distribution_points(leaf((broken, False))) == ()


@pytest.mark.parametrize("pem", [False, True])
def test_a_list_names_the_revoked_and_nobody_else(pem: bool) -> None:
    data = listas.issue(AC, {7: Reason.key_compromise, 8: None, 9: Reason.certificate_hold}, at=AT, numero=41, pem=pem)

    lista = read(data)
    found = lista.find({7, 8, 9, 10})

    assert (lista.numero, lista.this_update, lista.next_update) == (41, AT, AT + 6 * listas.HORA)
    assert lista.quantas == 3
    assert {serial: (one.motivo, one.suspenso) for serial, one in found.items()} == {
        7: ("chave comprometida", False),
        8: (lcr.SEM_MOTIVO, False),
        9: ("suspenso pela certificadora", True),
    }
    assert found[7].desde == AT - listas.HORA


def test_a_suspension_taken_back_is_none() -> None:
    assert read(listas.issue(AC, {7: Reason.remove_from_crl}, at=AT)).find({7}) == {}


def test_a_list_past_its_end_is_read_all_the_same() -> None:
    """What it names is revoked still; that it is old is for the caller to say."""
    lista = read(listas.issue(AC, {7: None}, at=AT), at=AT + dt.timedelta(days=30))

    assert lista.next_update < AT + dt.timedelta(days=30)
    assert 7 in lista.find({7})


def test_a_list_without_a_number_is_one() -> None:
    assert read(listas.issue(AC, at=AT, numero=None)).numero is None


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "veio vazio"),
        (b"\n <!doctype html><title>Manuten\xc3\xa7\xc3\xa3o</title>", "uma página da Web"),
        (b"\x00" * 1000, "não é uma lista"),
        (listas.issue(AC, at=AT)[:-1], "não é uma lista"),
        (listas.issue(AC, at=AT) + b"\0", "não é uma lista"),
        (b"-----BEGIN X509 CRL-----\nlixo\n-----END X509 CRL-----\n", "não é uma lista"),
        (AC.der, "não é uma lista"),
    ],
    ids=["vazio", "html", "zeros", "cortada", "sobra", "pem", "certificado"],
)
def test_what_is_no_list_says_what_it_looks_like(data: bytes, words: str) -> None:
    assert words in why(data)


def test_of_another_authority() -> None:
    assert "outra certificadora" in why(listas.issue(hierarquia().raiz, at=AT))


def test_signed_by_somebody_else_under_the_same_name() -> None:
    assert why(listas.issue(HOM.ac, at=AT)) == (
        "a assinatura da lista não é da certificadora, que foi feita com outra chave"
    )


def test_changed_after_it_was_signed() -> None:
    data = bytearray(listas.issue(AC, {7: None}, at=AT))
    data[-1] ^= 1

    assert why(bytes(data)) == "a assinatura da lista não é da certificadora"


def test_signed_with_a_hash_of_the_past() -> None:
    assert "não está assinada com SHA-256" in why(listas.issue(AC, at=AT, algorithm=hashes.SHA224()))


def test_an_authority_that_may_not_sign_lists() -> None:
    plain = hierarquia().issue(cnpj=CNPJ, key=KEY)

    assert "cRLSign" in why(listas.issue(plain, at=AT), issuer=plain.cert)


def test_an_authority_that_does_not_say_what_it_may_sign() -> None:
    silent = hierarquia().issue(cnpj=CNPJ, key=KEY, key_usage=None)

    assert read(listas.issue(silent, at=AT), issuer=silent.cert).quantas == 0


def test_not_yet() -> None:
    assert "confira o relógio" in why(listas.issue(AC, at=AT + listas.HORA))
    assert read(listas.issue(AC, at=AT + dt.timedelta(minutes=4))).quantas == 0


def test_without_an_end() -> None:
    assert "até quando vale" in why(listas.without_next_update(AC, at=AT))


@pytest.mark.parametrize(
    ("extension", "words"),
    [
        ((x509.DeltaCRLIndicator(3), True), "lista delta"),
        (listas.issuing_point(indirect_crl=True), "indireta"),
        (listas.issuing_point(only_contains_ca_certs=True), "parcial"),
        (listas.issuing_point(only_contains_attribute_certs=True), "parcial"),
        (listas.issuing_point(only_some_reasons=frozenset({Reason.key_compromise})), "parcial"),
        (listas.issuing_point("http://outra.exemplo.test/ac.crl"), "outro endereço"),
        (
            (x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\5\0"), True),
            "crítica desconhecida (1.2.3.4)",
        ),
        ((x509.UnrecognizedExtension(x509.ObjectIdentifier("2.5.29.20"), b"lixo"), False), "ilegíveis"),
    ],
)
def test_a_list_that_does_not_tell_of_all_is_not_used(extension: Any, words: str) -> None:
    numero = None if words == "ilegíveis" else 1

    assert words in why(listas.issue(AC, at=AT, numero=numero, extensions=[extension]))


@pytest.mark.parametrize(
    "extension",
    [
        listas.issuing_point(URL),
        listas.issuing_point(only_contains_user_certs=True),
        (x509.FreshestCRL([listas.point(ESPELHO)]), False),
        (x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\5\0"), False),
    ],
)
def test_a_list_of_all_that_says_more_of_itself_is_used(extension: Any) -> None:
    assert 7 in read(listas.issue(AC, {7: None}, at=AT, extensions=[extension])).find({7})


def test_every_reason_of_the_library_has_words_or_none_are_given() -> None:
    assert set(Reason) - set(lcr.MOTIVOS) == {Reason.unspecified, Reason.remove_from_crl}
    assert (
        read(listas.issue(AC, {7: Reason.superseded}, at=AT, pem=True)).find({7})[7].motivo == "substituído por outro"
    )
