"""Where each rule begins and ends, to the second and to the bit."""

import datetime as dt
from dataclasses import replace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import ExtendedKeyUsageOID as Eku

from portal.icp.domain import der as asn1
from portal.icp.domain import tbs
from tests.certificados_domain.casos import (
    AT,
    DONE,
    FILIAL,
    KEY,
    OUTRO,
    POLICY,
    Caso,
    codes,
    found,
    good,
    issue,
    with_parts,
    with_rsa,
)

DAY = dt.timedelta(days=1)
SECOND = dt.timedelta(seconds=1)


MODULUS = KEY.public_key().public_numbers().n


def with_times(start: dt.datetime, end: dt.datetime) -> bytes:
    times = b"".join(asn1.encode(0x17, f"{instant:%y%m%d%H%M%SZ}".encode()) for instant in (start, end))
    return with_parts(good(), {4: asn1.encode(asn1.SEQUENCE, times)})


@pytest.mark.parametrize(
    ("span", "situacao"),
    [
        (395 * DAY - SECOND, "ok"),
        (395 * DAY, "falha"),
        (395 * DAY + SECOND, "falha"),
        (-SECOND, "falha"),
    ],
)
def test_validity_is_strictly_under_395_times_24_hours(span: dt.timedelta, situacao: str) -> None:
    relatorio = Caso(with_times(AT, AT + span)).judge()

    assert "validade-menor-395-dias" in codes(relatorio, situacao)


@pytest.mark.parametrize(
    ("offset", "situacao"), [(-SECOND, "falha"), (0 * SECOND, "ok"), (30 * DAY, "ok"), (30 * DAY + SECOND, "falha")]
)
def test_validity_includes_its_first_and_last_second(offset: dt.timedelta, situacao: str) -> None:
    data = issue(not_before=AT, days=30)

    assert "vigente" in codes(Caso(data, at=AT + offset).judge(), situacao)


def test_expired_and_not_yet_valid_are_different_texts_in_sao_paulo_time() -> None:
    data = issue(not_before=AT, days=30)

    assert found(Caso(data, at=AT + 31 * DAY).judge(), "vigente") == "expirou em 21/12/2026 09:00"
    assert found(Caso(data, at=AT - DAY).judge(), "vigente") == "só começa a valer em 21/11/2026 09:00"


@pytest.mark.parametrize(("not_before", "days"), [(AT - 900 * DAY, 365), (AT + 10 * DAY, 365)])
def test_expired_and_foreign_stay_two_verdicts(not_before: dt.datetime, days: int) -> None:
    assert codes(Caso(issue(not_before=not_before, days=days)).judge()) == {"vigente"}


def test_a_certificate_older_than_its_authority_is_tried_at_its_end_too() -> None:
    created = AT - 5 * 365 * DAY  # when the authorities of the hierarchy begin

    assert codes(Caso(issue(not_before=created - DAY, days=30)).judge()) == {"vigente"}


@pytest.mark.parametrize(
    ("modulus", "exponent", "situacao"),
    [
        pytest.param(MODULUS, 65537, "ok", id="usual"),
        pytest.param(MODULUS, 65539, "ok", id="odd-and-larger"),
        pytest.param(MODULUS, (1 << 2000) + 1, "ok", id="odd-and-giant"),
        pytest.param(MODULUS, 3, "aviso", id="three"),
        pytest.param(MODULUS, 65535, "aviso", id="just-below"),
        pytest.param(MODULUS, 1, "falha", id="one"),
        pytest.param(MODULUS, 65536, "falha", id="even"),
        pytest.param(MODULUS, 1 << 20000, "falha", id="even-and-giant"),
        pytest.param(MODULUS, -3, "falha", id="negative-exponent"),
        pytest.param(-MODULUS, 65537, "falha", id="negative-modulus"),
        pytest.param(MODULUS >> 1, 65537, "falha", id="2047-bits"),
        pytest.param(MODULUS << 1, 65537, "falha", id="2049-bits"),
        pytest.param(1 << 4095, 65537, "falha", id="4096-bits"),
    ],
)
def test_the_key_is_rsa_of_exactly_2048_bits_with_an_odd_exponent(modulus: int, exponent: int, situacao: str) -> None:
    relatorio = Caso(with_rsa(modulus, exponent)).judge()

    assert "chave-rsa-2048" in codes(relatorio, situacao)
    assert codes(relatorio) <= {"chave-rsa-2048"}


def test_a_key_of_another_kind_is_named() -> None:
    public = ec.generate_private_key(ec.SECP256R1()).public_key()
    spki = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    assert found(Caso(with_parts(good(), {6: spki})).judge(), "chave-rsa-2048") == "chave curva elíptica"


def test_sha512_is_accepted() -> None:
    assert Caso(issue(hash=hashes.SHA512())).judge().aceito


def test_inner_and_outer_algorithm_must_be_equal() -> None:
    sha512 = bytes.fromhex("300d06092a864886f70d01010d0500")

    relatorio = Caso(with_parts(good(), {2: sha512})).judge()

    assert "por dentro" in found(relatorio, "assinatura-sha2")
    assert codes(relatorio) == {"assinatura-sha2", "cadeia-icp-brasil"}


_NOTHING = x509.KeyUsage(False, True, False, False, False, False, False, False, False)
_SIGNS = x509.KeyUsage(True, False, False, False, False, False, False, False, False)
_ENCIPHERS = x509.KeyUsage(False, False, True, False, False, False, False, False, False)
_ANY = x509.ObjectIdentifier("2.5.29.37.0")


@pytest.mark.parametrize(
    ("change", "situacao"),
    [
        ({"eku": [Eku.CLIENT_AUTH, Eku.SERVER_AUTH]}, "ok"),
        ({"eku": None}, "falha"),
        ({"eku": [_ANY]}, "falha"),
        ({"is_ca": None}, "ok"),
        ({"is_ca": True}, "falha"),
        ({"key_usage": None}, "ok"),
        ({"key_usage": _SIGNS}, "ok"),
        ({"key_usage": _ENCIPHERS}, "ok"),
        ({"key_usage": _NOTHING}, "falha"),
    ],
)
def test_purpose_is_a_tls_server_and_no_authority(change: dict[str, object], situacao: str) -> None:
    relatorio = Caso(issue(**change)).judge()

    assert "servidor-web-ssl" in codes(relatorio, situacao)
    assert codes(relatorio) <= {"servidor-web-ssl"}


@pytest.mark.parametrize(
    ("policy", "aceito"),
    [("2.16.76.1.2.203", True), ("2.16.76.1.21.1", False), ("2.16.76.1.1.0", False), (None, False)],
)
def test_the_policy_lies_under_the_arc_of_icp_brasil(policy: str | None, aceito: bool) -> None:
    assert Caso(issue(policy=policy)).judge().aceito is aceito


def test_a_policy_may_narrow_the_roots() -> None:
    only_other = replace(POLICY, raizes=("ab" * 32,))

    relatorio = Caso(policy=only_other).judge()

    assert codes(relatorio) == {"cadeia-icp-brasil"}
    assert "raiz não é aceita" in found(relatorio, "cadeia-icp-brasil")


@pytest.mark.parametrize("cnpj", [OUTRO, None])
def test_a_foreign_or_absent_cnpj_fails_where_the_policy_says_so(cnpj: str | None) -> None:
    strict = replace(POLICY, severidades={"cnpj-do-agente": "falha"})

    assert codes(Caso(issue(cnpj=cnpj)).judge(), "aviso") == {"cnpj-do-agente"}
    assert codes(Caso(issue(cnpj=cnpj), policy=strict).judge()) == {"cnpj-do-agente"}


def test_another_establishment_is_a_warning_even_then() -> None:
    strict = replace(POLICY, severidades={"cnpj-do-agente": "falha"})

    assert codes(Caso(issue(cnpj=FILIAL), policy=strict).judge(), "aviso") == {"cnpj-do-agente"}


@pytest.mark.parametrize(("active", "situacao"), [(0, "ok"), (1, "ok"), (2, "ok"), (3, "falha")])
def test_two_active_certificates_are_the_limit(active: int, situacao: str) -> None:
    relatorio = Caso(contexto=replace(DONE, ativos_depois=active)).judge()

    assert "limite-por-cnpj" in codes(relatorio, situacao)


def test_what_only_the_platform_knows_is_not_examined_without_it() -> None:
    relatorio = Caso(contexto=type(DONE)()).judge()

    assert codes(relatorio, "nao-avaliada") == {
        "cnpj-do-agente",
        "subject-unico",
        "limite-por-cnpj",
        "chave-reutilizada",
    }
    assert relatorio.aceito


def test_limits_follow_the_policy_and_the_report_says_so() -> None:
    future = replace(POLICY, rsa_bits=3072, max_dias=200, assinaturas=("1.2.840.113549.1.1.12",))

    relatorio = Caso(policy=future).judge()

    assert codes(relatorio) == {"chave-rsa-2048", "validade-menor-395-dias", "assinatura-sha2"}
    required = {r.codigo: r.exigido for r in relatorio.verdict.resultados}
    assert required["chave-rsa-2048"] == "RSA 3072"
    assert "200 dias" in required["validade-menor-395-dias"]


def test_a_repeated_extension_is_malformed_not_believed() -> None:
    parts = asn1.elements(asn1.only(tbs.split(good())[0], asn1.SEQUENCE))
    extensions = asn1.only(parts[-1][1], asn1.SEQUENCE)
    first = asn1.encode(*asn1.elements(extensions)[0])
    doubled = asn1.encode(0xA3, asn1.encode(asn1.SEQUENCE, extensions + first))

    relatorio = Caso(with_parts(good(), {7: doubled})).judge()

    assert {"servidor-web-ssl", "cadeia-icp-brasil"} <= codes(relatorio)
    assert "malformadas" in found(relatorio, "servidor-web-ssl")


def test_the_same_certificate_in_another_company_of_ones_own_passes_and_is_told() -> None:
    report = Caso(contexto=replace(DONE, compartilhado=True)).judge()
    (resultado,) = (one for one in report.verdict.resultados if one.codigo == "subject-unico")

    assert (report.aceito, resultado.encontrado) == (
        True,
        "o mesmo certificado, já em uso em outra empresa que você representa",
    )
