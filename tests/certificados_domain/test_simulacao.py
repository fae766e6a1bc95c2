"""A future rule set as TOML: what is read, everything that is wrong at once, and when it meets a certificate."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from certificados.domain.facts import Facts
from certificados.domain.judge import judge
from certificados.domain.policy import BUILTIN, Policy, policy_of
from certificados.domain.reader import read
from certificados.domain.simulacao import LIMITE, Periodo, PoliticaRuim, midnight, read_policy
from portal.demo.hierarquia import Hierarquia

EXEMPLO = Path("deploy/politicas/ae-s-ae-h.toml")
PROPRIO = 'codigo = "nova"\ntitulo = "Nova"\ndesde = 2027-01-01\n'
NOW = datetime(2026, 11, 22, 15, tzinfo=UTC)


def parse(text: str | bytes) -> Policy:
    data = text if isinstance(text, bytes) else text.encode()
    return read_policy(data, lambda codigo: policy_of(BUILTIN, codigo))


def problems(text: str | bytes) -> tuple[str, ...]:
    with pytest.raises(PoliticaRuim) as refused:
        parse(text)
    return tuple(refused.value.problemas)


def test_a_whole_rule_set_is_read() -> None:
    policy = parse(PROPRIO + 'max_dias = 200\nate = 2028-12-31\n[severidades]\nchave-reutilizada = "falha"\n')

    assert (policy.codigo, policy.max_dias, policy.ate) == ("nova", 200, date(2028, 12, 31))
    assert policy.severity("chave-reutilizada") == "falha"
    assert policy.rsa_bits == BUILTIN[0].rsa_bits


def test_what_is_not_changed_comes_from_the_base() -> None:
    strict = replace(BUILTIN[0], codigo="dura", max_dias=90, ate=date(2026, 12, 31))

    policy = read_policy(f'base = "dura"\n{PROPRIO}rsa_bits = 4096\n'.encode(), lambda _: strict)

    assert (policy.codigo, policy.max_dias, policy.rsa_bits) == ("nova", 90, 4096)
    assert policy.ate is None  # the end of the old one is not the end of the new


def test_windows_ends_of_line_and_a_mark_are_no_obstacle() -> None:
    assert parse(PROPRIO.replace("\n", "\r\n").encode("utf-8-sig")).codigo == "nova"


def test_a_title_has_its_limit() -> None:
    (told,) = problems(f'codigo = "nova"\ntitulo = "{"x" * 201}"\ndesde = 2027-01-01\n')

    assert told == "“titulo” pode ter até 200 letras."


def test_everything_wrong_is_told_at_once() -> None:
    found = problems(
        'codigo = "com espaço"\ndesde = "amanhã"\nrsa_bits = true\nassinaturas = []\npoliticas = ["x"]\ncor = 1\n'
        '[severidades]\nvigente = "aviso"\n'
    )

    for words in (
        "Falta “titulo”",
        "“codigo” precisa ter de 1 a 40 letras",
        "“desde” precisa ser uma data no formato AAAA-MM-DD",
        "“rsa_bits” precisa ser um número inteiro maior que zero",
        "“assinaturas” não pode ficar vazia",
        "“politicas”: “x” não é um identificador de objeto (OID)",
        "“cor” não é uma chave de política. As que existem: base, codigo, titulo",
        "“severidades”: A severidade da regra “vigente” não pode ser alterada",
    ):
        assert any(words in problem for problem in found), words
    assert len(found) == 8


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("codigo = ", "não é TOML válido"),
        ('x = "a"\nx = "b"\n', "não é TOML válido (linha 2, coluna"),
        (b"\xff\xfe", "não é texto em UTF-8"),
        ("a = " + "[" * 50_000, "não é TOML válido"),
        ("a = " + "9" * 5_000, "não é TOML válido"),
        ("#" * (LIMITE + 1), "passa de 64 KiB"),
        (f"base = 3\n{PROPRIO}", "“base” precisa ser o código"),
        (f'base = "nenhuma"\n{PROPRIO}', "“base”: Não existe política de certificados com o código “nenhuma”"),
        ('base = "ccee-2022-12"\n', "Falta “codigo”, “titulo”, “desde”"),
        (f"{PROPRIO}ate = 2026-01-01\n", "termina antes de começar"),
        ("", "Falta"),
    ],
)
def test_a_file_that_is_no_rule_set_is_named(text: str | bytes, words: str) -> None:
    assert any(words in problem for problem in problems(text))


def test_the_rule_set_meets_a_certificate_on_its_first_day_or_the_certificates() -> None:
    periodo = Periodo.of(parse(PROPRIO), now=NOW)

    assert periodo.inicio == midnight(date(2027, 1, 1)) == datetime(2027, 1, 1, 3, tzinfo=UTC)
    assert periodo.moment(NOW) == periodo.inicio
    assert periodo.moment(periodo.inicio + timedelta(days=9)) == periodo.inicio + timedelta(days=9)


def test_one_that_began_is_simulated_from_now_on() -> None:
    assert Periodo.of(replace(BUILTIN[0]), now=NOW).inicio == NOW


def test_a_day_may_be_chosen_within_it() -> None:
    policy = parse(PROPRIO + "ate = 9999-12-31\n")

    assert Periodo.of(policy, now=NOW, em=date(2027, 6, 1)).inicio == midnight(date(2027, 6, 1))
    with pytest.raises(PoliticaRuim, match="não vale em 31/12/2026"):
        Periodo.of(policy, now=NOW, em=date(2026, 12, 31))


def test_one_that_is_over_has_nothing_to_simulate() -> None:
    with pytest.raises(PoliticaRuim, match="já terminou, em 21/11/2026"):
        Periodo.of(replace(BUILTIN[0], ate=date(2026, 11, 21)), now=NOW)


def test_the_shipped_example_asks_for_specific_applications() -> None:
    policy = parse(EXEMPLO.read_bytes())

    assert policy.politicas == ("2.16.76.1.2.203", "2.16.76.1.2.204")
    assert (policy.desde, policy.ate, policy.max_dias) == (date(2027, 1, 1), None, BUILTIN[0].max_dias)


@pytest.mark.parametrize(
    ("oid", "accepted"),
    [
        ("2.16.76.1.2.203", True),
        ("2.16.76.1.2.203.7", True),
        ("2.16.76.1.2.204.12", True),
        ("2.16.76.1.2.2031", False),
        ("2.16.76.1.2.1.7", False),
        ("2.16.76.1.20.203", False),
        (None, False),
    ],
)
def test_a_named_policy_stands_for_itself_and_what_is_below(
    hierarquia: Hierarquia, oid: str | None, accepted: bool
) -> None:
    policy = parse(EXEMPLO.read_bytes())
    issued = hierarquia.issue(policy=oid, host="ae")

    report = judge(Facts.of(read(issued.der)), arquivo="x", at=hierarquia.at, policy=policy, trust=hierarquia.trust)

    assert report.aceito is accepted
    if not accepted:
        (falha,) = report.verdict.falhas
        assert falha.codigo == "cadeia-icp-brasil"
        assert "2.16.76.1.2.203 ou 2.16.76.1.2.204" in falha.exigido
        assert "2.16.76.1.2.203 ou 2.16.76.1.2.204" in falha.como_resolver
