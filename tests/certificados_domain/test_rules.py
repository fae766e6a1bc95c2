"""Each rule has a case that breaks it and nothing else."""

import datetime as dt
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID as Eku

from certificados.domain.rules import RULES
from portal.demo.arquivos_ruins import as_version_1
from portal.demo.hierarquia import Hierarquia, pooled_key
from tests.certificados_domain.casos import (
    AT,
    CNPJ,
    DONE,
    KEY,
    OUTRO,
    Caso,
    codes,
    good,
    hierarquia,
    issue,
)

DAY = dt.timedelta(days=1)
SECOND = dt.timedelta(seconds=1)


# Code -> a case that breaks that rule only, and whether it is a failure or a warning.
BREAKS: dict[str, tuple[Caso, str]] = {
    "formato-der": (Caso(hierarquia().issue(cnpj=CNPJ, key=KEY).cert.public_bytes(Encoding.PEM)), "falha"),
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
