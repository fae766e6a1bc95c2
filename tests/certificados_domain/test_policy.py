"""Rule sets as data: by date, by code, there and back through JSON, and refused in words when wrong."""

import datetime as dt
import json
from dataclasses import replace
from typing import Any

import pytest

from certificados.domain.policy import BUILTIN, Policy, SemPolitica, policy_at, policy_of
from portal.kernel.rules import Situacao

MANUAL = BUILTIN[0]
FUTURE = replace(
    MANUAL,
    codigo="futura",
    desde=dt.date(2027, 3, 1),
    ate=dt.date(2027, 12, 31),
    rsa_bits=3072,
    severidades={"cnpj-do-agente": "falha"},
    raizes=("ab" * 32,),
    varias_empresas=True,
)
BASE = {"codigo": "x", "titulo": "X", "desde": "2027-01-01"}


@pytest.mark.parametrize("policy", [MANUAL, FUTURE], ids=lambda policy: policy.codigo)
def test_a_policy_survives_json(policy: Policy) -> None:
    assert Policy.from_dict(json.loads(json.dumps(policy.to_dict()))) == policy


def test_dates_of_a_toml_file_are_dates_already() -> None:
    assert Policy.from_dict({**BASE, "desde": dt.date(2027, 1, 1)}) == Policy.from_dict(BASE)


@pytest.mark.parametrize(
    ("on", "codigo"),
    [
        (dt.date(2022, 12, 7), "ccee-2022-12"),
        (dt.date(2027, 2, 28), "ccee-2022-12"),
        (dt.date(2027, 3, 1), "futura"),
        (dt.date(2027, 12, 31), "futura"),
        (dt.date(2028, 1, 1), "ccee-2022-12"),
    ],
)
def test_the_date_selects_the_one_that_began_last(on: dt.date, codigo: str) -> None:
    assert policy_at([FUTURE, MANUAL], on).codigo == codigo


def test_a_date_or_code_without_policy_is_told_in_words() -> None:
    with pytest.raises(SemPolitica, match="06/12/2022"):
        policy_at(BUILTIN, dt.date(2022, 12, 6))
    with pytest.raises(SemPolitica, match="“outra”"):
        policy_of(BUILTIN, "outra")
    assert policy_of(BUILTIN, "ccee-2022-12") is MANUAL


def test_one_certificate_serves_one_company_unless_said_otherwise() -> None:
    assert not Policy.from_dict(BASE).varias_empresas
    assert not any(policy.varias_empresas for policy in BUILTIN)


def test_severities_are_warnings_unless_said_otherwise() -> None:
    assert MANUAL.severity("cnpj-do-agente") == Situacao.AVISO
    assert FUTURE.severity("cnpj-do-agente") == Situacao.FALHA


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"cor": "azul"}, "Campo desconhecido na política: cor"),
        ({"varias_empresas": 1}, "“varias_empresas” precisa ser true ou false"),
        ({"desde": None}, "“desde”"),
        ({"desde": "01/01/2027"}, "AAAA-MM-DD"),
        ({"desde": dt.datetime(2027, 1, 1, tzinfo=dt.UTC)}, "AAAA-MM-DD"),
        ({"ate": "2026-12-31"}, "termina antes"),
        ({"ate": 5}, "“ate”"),
        ({"codigo": " "}, "“codigo”"),
        ({"titulo": 3}, "“titulo”"),
        ({"rsa_bits": "2048"}, "“rsa_bits”"),
        ({"rsa_bits": True}, "“rsa_bits”"),
        ({"max_dias": 0}, "“max_dias”"),
        ({"assinaturas": []}, "nenhum certificado seria aceito"),
        ({"assinaturas": "1.2.3"}, "lista"),
        ({"assinaturas": [3]}, "lista"),
        ({"assinaturas": ["sha256"]}, "OID"),
        ({"policy_arc": 2}, "OID"),
        ({"policy_arc": "2.16.76.1.2."}, "OID"),
        ({"raizes": ["zz"]}, "SHA-256"),
        ({"severidades": []}, "“severidades”"),
        ({"severidades": {"cadeia-icp-brasil": "aviso"}}, "não pode ser alterada"),
        ({"severidades": {"cnpj-do-agente": "ok"}}, "“aviso” ou “falha”"),
    ],
    ids=str,
)
def test_a_wrong_policy_is_refused_in_words(change: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Policy.from_dict({**BASE, **change})


def test_code_and_title_are_needed() -> None:
    with pytest.raises(ValueError, match="código, título"):
        Policy.from_dict({"desde": "2027-01-01"})
