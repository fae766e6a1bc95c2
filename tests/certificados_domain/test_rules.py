"""Each rule has a case that breaks it and nothing else; the edges are exact."""

import datetime as dt
from dataclasses import replace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import ExtendedKeyUsageOID as Eku

from certificados.domain.rules import RULES
from portal.demo.arquivos_ruins import as_version_1, resign
from portal.demo.hierarquia import Hierarquia, pooled_key
from portal.icp.domain import der as asn1
from portal.icp.domain import tbs
from tests.certificados_domain.casos import (
    AT,
    CNPJ,
    DONE,
    FILIAL,
    KEY,
    OUTRO,
    POLICY,
    Caso,
    codes,
    found,
    good,
    hierarquia,
)

DAY = dt.timedelta(days=1)
SECOND = dt.timedelta(seconds=1)


def issue(**kwargs: object) -> bytes:
    return hierarquia().issue(**{"cnpj": CNPJ, "key": KEY, **kwargs}).der  # type: ignore[arg-type]  # test sugar


def pem(der: bytes) -> bytes:
    return x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM)


def with_parts(der: bytes, change: dict[int, bytes]) -> bytes:
    """The certificate signed again with some parts of its TBS replaced (0 is the version)."""
    parts = asn1.elements(asn1.only(tbs.split(der)[0], asn1.SEQUENCE))
    raw = b"".join(change.get(i, asn1.encode(*part)) for i, part in enumerate(parts))
    return resign(asn1.encode(asn1.SEQUENCE, raw), hierarquia().ac)


def with_rsa(modulus: int, exponent: int) -> bytes:
    def integer(value: int) -> bytes:
        return asn1.encode(asn1.INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))

    key = asn1.encode(asn1.SEQUENCE, integer(modulus) + integer(exponent))
    algorithm = bytes.fromhex("300d06092a864886f70d0101010500")
    spki = asn1.encode(asn1.SEQUENCE, algorithm + asn1.encode(asn1.BIT_STRING, b"\0" + key))
    return with_parts(good(), {6: spki})


MODULUS = KEY.public_key().public_numbers().n

# Code -> a case that breaks that rule only, and whether it is a failure or a warning.
BREAKS: dict[str, tuple[Caso, str]] = {
    "formato-der": (Caso(pem(good())), "falha"),
    "certificado-unico": (Caso(good() + b"\0"), "falha"),
    "x509-v3": (Caso(as_version_1(hierarquia().issue(cnpj=CNPJ, key=KEY), hierarquia().ac)), "falha"),
    "chave-rsa-2048": (Caso(issue(key=pooled_key("curta", 1024))), "falha"),
    "assinatura-sha2": (Caso(issue(hash=hashes.SHA384())), "falha"),
    "validade-menor-395-dias": (Caso(issue(days=395)), "falha"),
    "vigente": (Caso(issue(not_before=AT - 40 * DAY, days=30)), "falha"),
    "servidor-web-ssl": (Caso(issue(eku=[Eku.CLIENT_AUTH])), "falha"),
    "cadeia-icp-brasil": (
        Caso(Hierarquia.create(at=AT, nome="-hom").issue(cnpj=CNPJ, key=KEY).der),
        "falha",
    ),
    "cnpj-do-agente": (Caso(issue(cnpj=OUTRO)), "aviso"),
    "subject-unico": (Caso(contexto=replace(DONE, subject_em_uso=True)), "falha"),
    "limite-por-cnpj": (Caso(contexto=replace(DONE, ativos_depois=3)), "falha"),
    "chave-reutilizada": (Caso(contexto=replace(DONE, chave_ja_usada=True)), "aviso"),
}

ORDER = [
    "formato-der",
    "certificado-unico",
    "x509-v3",
    "chave-rsa-2048",
    "assinatura-sha2",
    "validade-menor-395-dias",
    "vigente",
    "servidor-web-ssl",
    "cadeia-icp-brasil",
    "cnpj-do-agente",
    "subject-unico",
    "limite-por-cnpj",
    "chave-reutilizada",
]


def test_the_rules_are_those_of_the_contract_in_its_order() -> None:
    assert [rule.codigo for rule in RULES] == ORDER


def test_each_rule_has_a_breaking_case() -> None:
    assert set(BREAKS) == {rule.codigo for rule in RULES}


@pytest.mark.parametrize("codigo", BREAKS)
def test_each_case_breaks_its_rule_and_no_other(codigo: str) -> None:
    caso, situacao = BREAKS[codigo]

    relatorio = caso.judge()

    assert codes(relatorio, situacao) == {codigo}
    assert codes(relatorio, "falha") | codes(relatorio, "aviso") == {codigo}
    assert relatorio.aceito is (situacao == "aviso")


def test_a_good_certificate_passes_all_thirteen() -> None:
    assert len(codes(Caso().judge(), "ok")) == 13


@pytest.mark.parametrize("codigo", BREAKS)
def test_a_breach_says_what_was_found_what_is_required_and_how_to_solve_it(codigo: str) -> None:
    resultado = next(r for r in BREAKS[codigo][0].judge().verdict.resultados if r.codigo == codigo)

    assert resultado.encontrado
    assert resultado.exigido
    assert len(resultado.como_resolver) > 20


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

    assert codes(relatorio, "nao-avaliada") == set(ORDER[9:])
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
