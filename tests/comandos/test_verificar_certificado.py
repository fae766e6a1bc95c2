"""The report at the terminal: exit codes, JSON, and no database where roots are given."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from certificados import services
from certificados.domain.policy import Policy
from portal import clock
from portal.demo.hierarquia import Hierarquia
from tests.comandos.executar import Saida, run

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT / "../shared/data/icp-brasil"
CNPJ = "12ABC34501DE35"
CODES = [
    "formato-der", "certificado-unico", "x509-v3", "chave-rsa-2048", "assinatura-sha2", "validade-menor-395-dias",
    "vigente", "servidor-web-ssl", "cadeia-icp-brasil", "cnpj-do-agente", "subject-unico", "limite-por-cnpj",
    "chave-reutilizada",
]  # fmt: skip


@pytest.fixture
def files(tmp_path: Path, hierarquia: Hierarquia) -> Path:
    """good.cer, bad.cer (RSA 1024) and raizes.pem."""
    (tmp_path / "good.cer").write_bytes(hierarquia.issue(cnpj=CNPJ).der)
    (tmp_path / "bad.cer").write_bytes(hierarquia.issue(cnpj=CNPJ, bits=1024).der)
    pem = b"".join(one.public_bytes(Encoding.PEM) for one in hierarquia.authorities)
    (tmp_path / "raizes.pem").write_bytes(pem)
    return tmp_path


def verify(folder: Path, *arguments: Any) -> Saida:
    return run("verificar_certificado", *arguments, "--raizes", folder / "raizes.pem")


def failed(report: dict[str, Any]) -> set[str]:
    return {regra["codigo"] for regra in report["regras"] if regra["situacao"] == "falha"}


def test_the_exit_code_is_the_verdict(files: Path) -> None:
    assert verify(files, files / "good.cer").codigo == 0
    assert verify(files, files / "good.cer", files / "bad.cer").codigo == 1


def test_the_text_says_what_failed_and_how_to_solve_it(files: Path) -> None:
    done = verify(files, files / "bad.cer")

    assert "bad.cer não pode ser aceito: 1 das 13 regras falhou." in done.texto
    assert "FALHA        chave-rsa-2048: RSA 1024" in done.texto
    assert "exigido: RSA 2048" in done.texto
    assert "como resolver:" in done.texto


def test_the_json_is_alone_and_in_order(files: Path) -> None:
    done = verify(files, files / "bad.cer", files / "good.cer", "--json", "--cnpj", "12.ABC.345/01DE-35")

    bad, good = json.loads(done.texto)["relatorios"]
    assert (bad["arquivo"], bad["aceito"], failed(bad)) == ("bad.cer", False, {"chave-rsa-2048"})
    assert (good["arquivo"], good["aceito"], good["certificado"]["cnpj"]) == ("good.cer", True, CNPJ)
    assert [regra["codigo"] for regra in good["regras"]] == CODES
    rules = {regra["codigo"]: regra["situacao"] for regra in good["regras"]}
    assert (rules["cnpj-do-agente"], rules["subject-unico"]) == ("ok", "nao-avaliada")


def test_a_time_without_offset_is_utc(files: Path, hierarquia: Hierarquia) -> None:
    end = hierarquia.issue(cnpj=CNPJ).cert.not_valid_after_utc.replace(tzinfo=None)

    assert verify(files, files / "good.cer", "--em", end.isoformat()).codigo == 0
    assert verify(files, files / "good.cer", "--em", (end + timedelta(seconds=1)).isoformat()).codigo == 1
    assert verify(files, files / "good.cer", "--em", f"{end.isoformat()}-03:00").codigo == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nada.cer"], "Não foi possível ler “nada.cer”: o arquivo não existe."),
        (["."], "é uma pasta"),
        (["good.cer", "--em", "ontem"], "não é um instante"),
        (["good.cer", "--cnpj", "123"], "não é um CNPJ"),
        (["good.cer", "--politica", "ccee-1999"], "Não existe política"),
        (["good.cer", "--em", "2001-01-01"], "Nenhuma política"),
        (["good.cer", "--raizes", "good.cer"], "Nenhuma autoridade raiz"),
        (["good.cer", "--raizes", "nada"], "Não foi possível ler “nada”"),
    ],
)
def test_a_wrong_call_is_told_in_words(
    files: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], words: str
) -> None:
    monkeypatch.chdir(files)

    done = run("verificar_certificado", "--raizes", "raizes.pem", *arguments)

    assert (done.codigo, done.texto) == (2, "")
    assert words in done.mensagens


def test_no_database_is_touched_with_roots(files: Path) -> None:
    """In a process of its own, whose database answers to nobody."""
    nowhere = {"DATABASE_URL": "postgres://x@127.0.0.1:1/none", "PORTAL_VAR": str(files / "var")}
    command = [sys.executable, "manage.py", "verificar_certificado"]
    env = {**os.environ, **nowhere}

    def start(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([*command, *arguments], cwd=ROOT, env=env, capture_output=True, text=True)

    with_roots = start(str(files / "good.cer"), "--raizes", str(files / "raizes.pem"), "--json")
    assert (with_roots.returncode, with_roots.stderr) == (0, "")
    assert json.loads(with_roots.stdout)["relatorios"][0]["aceito"]

    without = start(str(files / "good.cer"))
    assert (without.returncode, without.stdout) == (2, "")
    assert (
        without.stderr
        == "CommandError: O banco de dados não respondeu. Use --raizes para conferir sem ele, ou execute migrate.\n"
    )

    no_file = start()
    assert no_file.returncode == 2
    assert "ARQUIVO" in no_file.stderr


@pytest.mark.django_db
def test_without_roots_the_trust_store_and_the_policies_are_the_databases(files: Path, confianca: Hierarquia) -> None:
    strict = Policy.from_dict({"codigo": "rigida", "titulo": "Rígida", "desde": "2025-01-01", "max_dias": 30})
    lenient = Policy.from_dict({**strict.to_dict(), "codigo": "branda", "desde": "2024-01-01", "max_dias": 395})
    for policy in (lenient, strict):
        services.save_politica(policy, by="teste", now=clock.now())

    assert run("verificar_certificado", files / "good.cer").codigo == 1
    done = run("verificar_certificado", files / "good.cer", "--politica", "branda", "--json")

    assert done.codigo == 0
    assert json.loads(done.texto)["relatorios"][0]["politica"] == "branda"
    assert run("verificar_certificado", files / "good.cer", "--politica", "nenhuma").codigo == 2


@pytest.fixture
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("a pasta ../shared/data, com certificados reais, não existe aqui")
    return SHARED


@pytest.mark.django_db
def test_real_certificates_are_told_apart(shared: Path) -> None:
    """The default trust store plus the intermediates that operations import."""
    assert run("importar_acs", shared / "truststore/tls_intermediates.pem").codigo == 0
    leaves = sorted((shared / "leaves").iterdir())

    done = run(
        "verificar_certificado", *leaves, *sorted((shared / "negative").iterdir()), "--em", "2026-11-21", "--json"
    )

    reports = json.loads(done.texto)["relatorios"]
    accepted = {report["arquivo"].split("__")[0] for report in reports if report["aceito"]}
    assert accepted == {
        "v10_server_sefaz_am_wildcard_2026-08",
        "v10_server_sefaz_ba",
        "v10_server_sefaz_mt",
        "v10_server_svrs_wildcard",
    }
    for report in reports:
        if "brcac" in report["arquivo"]:
            assert failed(report) == {"vigente", "servidor-web-ssl"}
        elif "producaorestrita" in report["arquivo"]:
            assert failed(report) == {"vigente"}
        elif not report["aceito"]:
            assert {"cadeia-icp-brasil", "servidor-web-ssl"} <= failed(report)
