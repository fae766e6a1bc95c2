"""Each rule of a pair's file: one case that it accepts, one that breaks it and only it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, pkcs12
from cryptography.hazmat.primitives.serialization import PrivateFormat as Private

from certificados.domain import reader
from certificados.domain.facts import Facts
from portal.contas.domain.regras import EXPOSTA, ILEGIVEL, REGRAS, Envio, judge
from portal.demo.hierarquia import Emitido, Hierarquia
from portal.icp.domain.trust import TrustStore
from portal.kernel.rules import ILEGIVEL as DO_KERNEL
from portal.kernel.rules import Situacao, Verdict

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
HIERARQUIA = Hierarquia.create(at=NOW)
OUTRA = Hierarquia.create(at=NOW, nome="outra")
PERMITIDAS = TrustStore.build([HIERARQUIA.ac.cert])  # the issuing authority itself is on the list
BOTH = x509.KeyUsage(True, False, True, False, False, False, False, False, False)
ASSINA = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
CIFRA = x509.KeyUsage(False, False, True, False, False, False, False, False, False)


def issue(hierarquia: Hierarquia = HIERARQUIA, **other: Any) -> Emitido:
    return hierarquia.issue(**{"host": "jana", "eku": None, "key_usage": BOTH, **other})


def envio(data: bytes, uso: str = "assinatura", **other: Any) -> Envio:
    return Envio(Facts.of(reader.read(data)), uso, NOW, PERMITIDAS, 2048, **other)


def broken(verdict: Verdict) -> set[str]:
    return {resultado.codigo for resultado in verdict.falhas}


@pytest.mark.parametrize("uso", ["assinatura", "cifra"])
@pytest.mark.parametrize("encoding", [Encoding.DER, Encoding.PEM], ids=str)
def test_the_public_part_is_taken_as_der_and_as_pem(uso: str, encoding: Encoding) -> None:
    verdict = judge(envio(issue().cert.public_bytes(encoding), uso))

    assert verdict.aceito
    assert not verdict.nao_avaliadas


BREAKS: dict[str, list[Envio]] = {
    "parte-publica": [
        envio(issue().der + b"\0"),
        envio(issue().der + issue(host="petr").der),
        envio(b""),
        envio(b"x" * 100),
    ],
    "autoridade-permitida": [envio(issue(OUTRA).der)],
    "vigente": [
        envio(issue(not_before=NOW - timedelta(days=366)).der),
        envio(issue(not_before=NOW + timedelta(days=1)).der),
    ],
    "de-pessoa": [envio(issue(is_ca=True).der)],
    "uso-da-chave": [envio(issue(key_usage=ASSINA).der, "cifra"), envio(issue(key_usage=CIFRA).der)],
    "forca": [envio(issue(bits=1024).der)],
    "ainda-livre": [envio(issue().der, ocupado=True)],
}


def test_every_rule_has_a_case_that_breaks_it() -> None:
    assert set(BREAKS) == {regra.codigo for regra in REGRAS}


@pytest.mark.parametrize("codigo", BREAKS)
def test_a_case_breaks_its_rule_and_no_other(codigo: str) -> None:
    for case in BREAKS[codigo]:
        verdict = judge(case)

        assert broken(verdict) == {codigo}
        assert all(each.como_resolver for each in verdict.falhas)


def test_a_file_with_the_private_key_is_called_exposed() -> None:
    one = issue()
    pem = one.key.private_bytes(Encoding.PEM, Private.PKCS8, NoEncryption())
    p12 = pkcs12.serialize_key_and_certificates(b"jana", one.key, one.cert, None, BestAvailableEncryption(b"x"))

    for data in (pem, p12):
        (falha,) = judge(envio(data)).falhas
        assert (falha.codigo, falha.como_resolver) == ("parte-publica", EXPOSTA)


def test_a_certificate_without_key_usage_serves_both() -> None:
    assert judge(envio(issue(key_usage=None).der, "cifra")).aceito


def test_a_weak_signature_is_refused() -> None:
    facts = envio(issue().der).facts

    weak = replace(facts, signature_oid="1.2.840.113549.1.1.5")

    assert broken(judge(replace(envio(issue().der), facts=weak))) == {"forca"}


def test_an_elliptic_curve_is_strong() -> None:
    one = envio(issue().der)

    assert judge(replace(one, facts=replace(one.facts, key_kind="curva elíptica", key_bits=None))).aceito


def test_what_cannot_be_read_is_said_so() -> None:
    one = envio(issue().der)
    unread = replace(
        one.facts, valid_from=None, valid_until=None, key_kind=None, certificadora=None,
        leitura=replace(one.facts.leitura, certificate=None), ilegiveis=frozenset({"is_ca"}),
    )  # fmt: skip

    verdict = judge(replace(one, facts=unread))

    assert broken(verdict) == {"parte-publica", "autoridade-permitida", "vigente", "de-pessoa", "forca"}
    assert {each.encontrado for each in verdict.falhas} >= {ILEGIVEL}


def test_an_unnamed_issuer_and_unread_dates_still_get_an_answer() -> None:
    one = envio(issue(OUTRA).der)

    verdict = judge(replace(one, facts=replace(one.facts, certificadora=None, valid_from=None)))

    assert broken(verdict) == {"autoridade-permitida", "vigente"}


def test_an_expired_certificate_of_an_allowed_authority_is_only_expired() -> None:
    (falha,) = judge(BREAKS["vigente"][0]).falhas

    assert falha.codigo == "vigente"
    assert falha.situacao is Situacao.FALHA


def test_the_words_for_what_cannot_be_read_are_those_of_the_kernel() -> None:
    assert str(ILEGIVEL) == DO_KERNEL


def test_hashes_of_the_new_family_are_taken() -> None:
    assert judge(envio(issue(hash=hashes.SHA512()).der)).aceito
