"""Paths: found, refused with a reason, and never remembered for a changed certificate."""

import datetime as dt

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.types import CertificateIssuerPrivateKeyTypes

from portal.demo.hierarquia import AC, RAIZ, Hierarquia
from portal.icp.domain.trust import PINNED_ROOTS, NoPath, TrustStore, fingerprint, is_self_signed
from tests.certificados_domain.casos import AT, CNPJ, DATA, KEY, hierarquia

HOM = Hierarquia.create(at=AT, nome="-hom")
YEAR = dt.timedelta(days=365)
GOOD = hierarquia().issue(cnpj=CNPJ, key=KEY)


def reason(trust: TrustStore, leaf: x509.Certificate, at: dt.datetime = AT) -> str:
    with pytest.raises(NoPath) as caught:
        trust.path(leaf, at=at)
    return caught.value.reason


def authority(
    subject: str,
    issuer: x509.Certificate,
    key: ec.EllipticCurvePrivateKey,
    signer: CertificateIssuerPrivateKeyTypes,
    *more: tuple[x509.ExtensionType, bool],
) -> x509.Certificate:
    """A sub-authority made by hand, to build longer and stranger hierarchies."""
    usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, subject)]))
        .issuer_name(issuer.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(AT - YEAR)
        .not_valid_after(AT + YEAR)
        .add_extension(x509.BasicConstraints(True, None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    for extension, critical in more:
        builder = builder.add_extension(extension, critical)
    return builder.sign(signer, hashes.SHA256())


def test_a_path_goes_from_the_issuer_to_the_root() -> None:
    trust = hierarquia().trust

    path = trust.path(GOOD.cert, at=AT)

    assert path == (hierarquia().ac.cert, hierarquia().raiz.cert)
    assert [trust.name_of(cert) for cert in path] == [AC, RAIZ]
    assert trust.path(hierarquia().raiz.cert, at=AT) == (hierarquia().raiz.cert,)
    assert trust.name_of(GOOD.cert) == "integracao.exemplo.com.br"


def test_a_longer_path_and_cross_certificates_that_go_in_circles_end() -> None:
    root, keys = hierarquia().raiz, [ec.generate_private_key(ec.SECP256R1()) for _ in range(2)]
    first = authority("Primeira", root.cert, keys[0], root.key)
    second = authority("Segunda", first, keys[1], keys[0])
    back = authority("Primeira", second, keys[0], keys[1])
    trust = TrustStore.build([root.cert], [first, second, back])

    assert trust.path(second, at=AT) == (first, root.cert)


def test_of_two_authorities_with_one_name_the_key_identifier_chooses() -> None:
    trust = TrustStore.build([hierarquia().raiz.cert, HOM.raiz.cert], [HOM.ac.cert, hierarquia().ac.cert])

    assert trust.path(GOOD.cert, at=AT)[0] == hierarquia().ac.cert
    assert trust.path(HOM.issue(key=KEY).cert, at=AT)[0] == HOM.ac.cert


@pytest.mark.parametrize(
    ("trust", "leaf", "words"),
    [
        (TrustStore.build([]), GOOD.cert, "Nenhuma autoridade raiz"),
        (HOM.trust, GOOD.cert, "a assinatura não é dela"),
        (hierarquia().trust, HOM.raiz.cert, "a assinatura não é dela"),
        (TrustStore.build([hierarquia().raiz.cert]), GOOD.cert, f"“{AC}” não pertence"),
        (TrustStore.build([HOM.ac.cert]), hierarquia().raiz.cert, "autoassinado"),
        (TrustStore.build([HOM.raiz.cert], [hierarquia().ac.cert]), GOOD.cert, "não pôde ser validado"),
    ],
    ids=["empty", "homonym", "homonym root", "foreign", "self-signed", "no root above"],
)
def test_without_a_path_the_reason_is_told(trust: TrustStore, leaf: x509.Certificate, words: str) -> None:
    assert words in reason(trust, leaf)


def test_an_authority_outside_its_validity_is_told_apart() -> None:
    assert "não estava válida" in reason(hierarquia().trust, GOOD.cert, AT + 30 * YEAR)


def test_an_algorithm_the_library_does_not_verify_is_no_path() -> None:
    weak = x509.load_der_x509_certificate(
        GOOD.der.replace(bytes.fromhex("2a864886f70d01010b"), bytes.fromhex("2a864886f70d010104"))
    )

    assert "não" in reason(hierarquia().trust, weak)


def test_a_changed_certificate_is_refused_after_the_good_one_was_accepted() -> None:
    trust = hierarquia().trust
    trust.path(GOOD.cert, at=AT)
    changed = x509.load_der_x509_certificate(GOOD.der.replace(b"integracao.exemplo", b"integracao.exampla"))

    assert "alterado" in reason(trust, changed)


def test_authorities_that_cannot_be_read_are_left_out_and_named() -> None:
    # An unknown key algorithm in place of RSA, as in root v7.
    odd = x509.load_der_x509_certificate(
        hierarquia().raiz.der.replace(bytes.fromhex("2a864886f70d010101"), bytes.fromhex("2a864886f70d01017f"))
    )

    trust = TrustStore.build([odd, hierarquia().raiz.cert], [hierarquia().ac.cert, hierarquia().ac.cert])

    assert trust.anchors == (hierarquia().raiz.cert,)
    assert trust.intermediates == (hierarquia().ac.cert,)
    assert len(trust.problems) == 1
    assert fingerprint(odd)[:16] in trust.problems[0]


def test_self_signed_means_signed_by_itself_not_only_named_so() -> None:
    named = hierarquia().issue(subject=[(a.oid, str(a.value)) for a in hierarquia().ac.cert.subject], key=KEY)

    assert is_self_signed(hierarquia().raiz.cert)
    assert named.cert.subject == named.cert.issuer
    assert not is_self_signed(named.cert)


def test_the_pinned_roots_are_those_of_the_data() -> None:
    path = DATA / "truststore/roots_v5_v10_v12.pem"
    if not path.exists():
        pytest.skip("../shared/data is absent")

    roots = x509.load_pem_x509_certificates(path.read_bytes())

    assert {fingerprint(root) for root in roots} == set(PINNED_ROOTS)


def test_what_is_no_certificate_has_no_path() -> None:
    class Broken:
        tbs_certificate_bytes = b"\x30\x00"

    assert "malformado" in reason(hierarquia().trust, Broken())  # type: ignore[arg-type]  # only the bytes are read


def test_the_line_of_an_authority_is_remembered_only_while_all_of_it_is_valid() -> None:
    trust = hierarquia().trust
    first = trust.path(GOOD.cert, at=AT)

    again = trust.path(hierarquia().issue(cnpj=CNPJ, host="outro.exemplo", key=KEY).cert, at=AT)

    assert again is first  # the same tuple: remembered
    assert "não estava válida" in reason(trust, GOOD.cert, AT + 30 * YEAR)
    assert "alterado" in reason(trust, x509.load_der_x509_certificate(GOOD.der[:-1] + bytes([GOOD.der[-1] ^ 1])))
    assert "não pôde ser validado" in reason(trust, _critical_unknown())


def test_a_line_with_name_constraints_is_verified_whole_each_time() -> None:
    constraint = x509.NameConstraints([x509.DNSName("exemplo.com.br")], None)
    root, key = hierarquia().raiz, ec.generate_private_key(ec.SECP256R1())
    upper = authority("Restrita", root.cert, key, root.key, (constraint, True))
    issuer_key = ec.generate_private_key(ec.SECP256R1())
    issuer = authority("Emissora", upper, issuer_key, key)
    trust = TrustStore.build([root.cert], [upper, issuer])
    inside, outside = (_leaf(host, issuer, issuer_key) for host in ("a.exemplo.com.br", "a.outro.com.br"))

    assert trust.path(inside, at=AT) == (issuer, upper, root.cert)
    assert "não pôde ser validado" in reason(trust, outside)


def _leaf(host: str, issuer: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([]))
        .issuer_name(issuer.subject)
        .public_key(KEY.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(AT - YEAR / 2)
        .not_valid_after(AT + YEAR / 2)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=True)
        .sign(key, hashes.SHA256())
    )


def _critical_unknown() -> x509.Certificate:
    unknown = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00")
    return hierarquia().issue(cnpj=CNPJ, key=KEY, extensions=[(unknown, True)]).cert
