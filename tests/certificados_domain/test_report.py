"""The report: its exact shape, its sentence, and hostile text made harmless."""

import datetime as dt
import json
from dataclasses import replace

import pytest
from cryptography import x509
from cryptography.x509.oid import NameOID

from certificados.domain.facts import Facts
from certificados.domain.judge import judge
from certificados.domain.reader import read
from portal.icp.domain import der as asn1
from portal.icp.domain import tbs
from tests.certificados_domain.casos import AT, CNPJ, DONE, KEY, POLICY, Caso, codes, good, hierarquia, trust


def test_the_json_is_that_of_the_contract() -> None:
    cert = x509.load_der_x509_certificate(good())

    report = Caso().judge().to_dict()

    assert list(report) == ["arquivo", "formato", "aceito", "politica", "regras", "certificado"]
    assert (report["arquivo"], report["formato"], report["aceito"]) == ("x.cer", "der", True)
    assert report["politica"] == "ccee-2022-12"
    assert len(report["regras"]) == 13
    assert list(report["regras"][0]) == [
        "codigo",
        "titulo",
        "situacao",
        "encontrado",
        "exigido",
        "como_resolver",
    ]
    assert report["certificado"] == {
        "titular": f"CN=integracao.exemplo.com.br, 2.5.4.5={CNPJ}, O=Agente de Demonstracao Ltda, C=BR",
        "emissor": "CN=AC Demonstracao SSL (sem valor legal), O=Demonstracao, C=BR",
        "numero_serie": f"{cert.serial_number:x}",
        "sha256": Facts.of(read(good())).sha256,
        "valido_de": "2026-11-20T12:00:00Z",
        "valido_ate": "2027-11-20T12:00:00Z",
        "cnpj": CNPJ,
        "cnpj_origem": "2.5.4.5",
    }
    assert json.loads(json.dumps(report)) == report


@pytest.mark.parametrize(
    ("caso", "sentence"),
    [
        (Caso(), "x.cer pode ser aceito."),
        (Caso(b""), "x.cer não pode ser aceito: 1 das 13 regras falhou."),
        (Caso(good() + b"\0", replace(DONE, ativos_depois=3)), "x.cer não pode ser aceito: 2 das 13 regras falharam."),
        (Caso(contexto=replace(DONE, chave_ja_usada=True)), "x.cer pode ser aceito, com 1 aviso."),
        (
            Caso(hierarquia().issue(key=KEY).der, replace(DONE, chave_ja_usada=True)),
            "x.cer pode ser aceito, com 2 avisos.",
        ),
        (Caso(contexto=replace(DONE, ativos_depois=None)), "x.cer pode ser aceito, com 1 regra não avaliada."),
        (
            Caso(contexto=replace(DONE, ativos_depois=None, subject_em_uso=None, chave_ja_usada=True)),
            "x.cer pode ser aceito, com 1 aviso e 2 regras não avaliadas.",
        ),
    ],
    ids=["good", "one", "two", "warned", "warned-twice", "skipped", "both"],
)
def test_one_sentence_says_it_all(caso: Caso, sentence: str) -> None:
    assert caso.judge().resumo == sentence


def test_hostile_text_is_shown_harmless_and_fits_utf_8() -> None:
    hostile = [(NameOID.ORGANIZATION_NAME, "=cmd|' /C'!A0\u202e<script>\x00\r\n"), (NameOID.COMMON_NAME, "x")]
    data = hierarquia().issue(subject=hostile, key=KEY).der

    report = judge(
        Facts.of(read(data)), arquivo="a\udcff\u202e\n.cer", at=AT, policy=POLICY, trust=trust(), contexto=None
    ).to_dict()

    assert report["arquivo"] == "a\\udcff\\u202e\\u000a.cer"
    assert report["certificado"]["titular"].endswith("A0\\u202e\\<script\\>\\u0000\\u000d\\u000a")
    json.dumps(report, ensure_ascii=False).encode()


def test_a_giant_serial_number_is_cut() -> None:
    giant = bytearray(good())
    at = giant.index(b"\xa0\x03\x02\x01\x02") + 5
    serial = giant[at + 2 : at + 2 + giant[at + 1]]
    shown = Facts.of(read(good())).numero_serie

    assert shown == f"{int.from_bytes(serial, 'big'):x}"
    assert Facts.of(replace(read(good()), der=_with_serial(1 << 60000))).numero_serie == "1" + "0" * 79 + "…"


def _with_serial(serial: int) -> bytes:
    parts = asn1.elements(asn1.only(tbs.split(good())[0], asn1.SEQUENCE))
    parts[1] = (asn1.INTEGER, serial.to_bytes(serial.bit_length() // 8 + 1, "big"))
    raw = asn1.encode(asn1.SEQUENCE, b"".join(asn1.encode(*part) for part in parts))
    rest = b"".join(asn1.encode(*part) for part in asn1.elements(asn1.elements(good())[0][1])[1:])
    return asn1.encode(asn1.SEQUENCE, raw + rest)


def test_the_instant_must_say_its_time_zone() -> None:
    with pytest.raises(ValueError, match="aware"):
        judge(Facts.of(read(good())), arquivo="x", at=dt.datetime(2026, 1, 1), policy=POLICY, trust=trust())  # noqa: DTZ001 - the point


def test_what_cannot_be_walked_leaves_facts_empty_not_wrong() -> None:
    facts = Facts.of(replace(read(good()), der=b"\x30\x00"))

    assert facts.legivel
    assert facts.titular is None
    assert {"titular", "key_kind", "eku", "numero_serie"} <= facts.ilegiveis
    assert facts.sha256 is not None


def test_without_the_library_there_is_no_chain() -> None:
    facts = Facts.of(replace(read(good()), certificate=None))

    relatorio = judge(facts, arquivo="x", at=AT, policy=POLICY, trust=trust(), contexto=DONE)

    assert {"cadeia-icp-brasil", "vigente", "validade-menor-395-dias"} == codes(relatorio)


@pytest.mark.parametrize("name", ["titular", "emissor"])
def test_facts_never_hold_the_officer_of_the_company(name: str) -> None:
    officer = x509.OtherName(x509.ObjectIdentifier("2.16.76.1.3.4"), b"\x13\x0b12345678909")

    facts = Facts.of(read(hierarquia().issue(cnpj=CNPJ, san=[officer], key=KEY).der))

    assert "12345678909" not in str(getattr(facts, name))
    assert facts.cnpj == CNPJ
