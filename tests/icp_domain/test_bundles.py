"""Files of authorities: every wrapping, bounded work, and one broken member does not take the others."""

import io
import zipfile
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from portal.icp.domain import bundles
from portal.icp.domain.bundles import Bundle, BundleError, load_path, read_authorities
from tests.certificados_domain.casos import AT, hierarquia

RAIZ, AC = hierarquia().raiz.cert, hierarquia().ac.cert
PEM = RAIZ.public_bytes(Encoding.PEM) + AC.public_bytes(Encoding.PEM)
# Root v7 has a key algorithm that the library does not know; so has this one.
ODD = hierarquia().raiz.der.replace(bytes.fromhex("2a864886f70d010101"), bytes.fromhex("2a864886f70d01017f"))


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.mkdir("pasta")
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def certs(bundle: Bundle) -> list[x509.Certificate]:
    return [cert for _, cert in bundle.certificates]


@pytest.mark.parametrize(
    "data",
    [
        PEM,
        PEM.decode().encode("utf-16"),
        PEM + PEM,
        pkcs7.serialize_certificates([RAIZ, AC], Encoding.DER),
        pkcs7.serialize_certificates([RAIZ, AC], Encoding.PEM),
        zipped(a=hierarquia().raiz.der, b=hierarquia().ac.der),
        zipped(a=PEM),
    ],
    ids=["pem", "utf-16", "twice", "p7b", "p7b-pem", "zip", "zip-of-pem"],
)
def test_every_wrapping_gives_each_authority_once(data: bytes) -> None:
    bundle = read_authorities(data, "acs")

    assert {*certs(bundle)} == {RAIZ, AC}
    assert len(bundle.certificates) == 2
    assert bundle.problems == ()
    assert {der for der, _ in bundle.certificates} == {hierarquia().raiz.der, hierarquia().ac.der}


def test_it_unpacks_as_certificates_and_problems() -> None:
    certificates, problems = read_authorities(hierarquia().ac.der, "ac.cer")

    assert (certificates, problems) == (((hierarquia().ac.der, AC),), ())


@pytest.mark.parametrize("broken", [ODD, b"texto", b"", b"-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----"])
def test_what_cannot_be_read_is_a_problem_and_the_others_survive(broken: bytes) -> None:
    bundle = read_authorities(zipped(**{"mau\u202e.cer": broken}, bom=hierarquia().ac.der), "acs.zip")

    assert certs(bundle) == [AC]
    assert len(bundle.problems) == 1
    assert bundle.problems[0].startswith("mau\\u202e.cer: ")


def test_a_broken_pkcs7_in_pem_is_a_problem() -> None:
    bundle = read_authorities(b"-----BEGIN PKCS7-----\nMAA=\n-----END PKCS7-----\n" + PEM, "acs.pem")

    assert certs(bundle) == [RAIZ, AC]
    assert len(bundle.problems) == 1


def test_a_key_beside_the_certificate_is_passed_over() -> None:
    assert certs(read_authorities(b"-----BEGIN PRIVATE KEY-----\nMAA=\n" + PEM, "x.pem")) == [RAIZ, AC]


def test_a_corrupt_or_encrypted_zip_is_a_problem() -> None:
    assert "corrompido" in read_authorities(b"PK\x03\x04lixo", "x.zip").problems[0]
    encrypted = bytearray(zipped(a=hierarquia().ac.der))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        encrypted[encrypted.rindex(signature) + offset] |= 1  # the flag that says encrypted

    assert "extraído" in read_authorities(bytes(encrypted), "x.zip").problems[0]


def test_size_members_and_expansion_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = zipped(bomba=b"\0" * (bundles.MAX_MEMBER + 1), ac=hierarquia().ac.der)

    assert certs(read_authorities(bomb, "x.zip")) == [AC]
    monkeypatch.setattr(bundles, "MAX_UNZIPPED", bundles.MAX_MEMBER - 1)
    assert "lidos 1 de 2" in read_authorities(bomb, "x.zip").problems[-1]
    monkeypatch.setattr(bundles, "MAX_MEMBERS", 1)
    assert "lidos 1 de 2" in read_authorities(zipped(a=PEM, b=PEM), "x.zip").problems[0]
    monkeypatch.setattr(bundles, "MAX_FILE", 10)
    assert "grande demais" in read_authorities(PEM, "x.pem").problems[0]


def test_a_folder_is_read_whole_and_the_self_signed_are_its_anchors(tmp_path: Path) -> None:
    (tmp_path / "a.pem").write_bytes(PEM)
    (tmp_path / "LEIA-ME.txt").write_text("Autoridades de teste.", encoding="utf-8")
    (tmp_path / ".oculto").write_bytes(ODD)
    (tmp_path / "pasta").mkdir()

    trust = load_path(tmp_path)

    assert (trust.anchors, trust.intermediates) == ((RAIZ,), (AC,))
    assert trust.path(hierarquia().issue().cert, at=AT)[-1] == RAIZ


def test_a_path_without_roots_or_that_does_not_exist_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "ac.cer").write_bytes(hierarquia().ac.der)

    with pytest.raises(BundleError, match="Nenhuma autoridade raiz"):
        load_path(tmp_path / "ac.cer")
    with pytest.raises(BundleError, match="Não foi possível ler"):
        load_path(tmp_path / "nada.pem")
