"""The signing kit: from nothing to a signed file that the portal accepts."""

import stat
from pathlib import Path

import pytest
from cryptography import x509
from pytest_django import Settings

from contratos.assinatura.modelos import Designado
from contratos.assinatura.validacao import validate
from portal import clock
from portal.demo import guarda, kit
from tests.comandos.executar import run
from tests.contratos.assinatura.cena import emitido

ANA = Designado("Ana Ribeiro", "52998224725")


@pytest.fixture
def var(tmp_path: Path, settings: Settings) -> Path:
    settings.PORTAL_VAR = tmp_path
    settings.AMBIENTE = "demo"
    return tmp_path


@pytest.mark.parametrize("option", [[], ["--separada"]])
def test_a_newcomer_signs_with_two_commands_and_the_portal_accepts_it(var: Path, option: list[str]) -> None:
    issued = var / "contrato.pdf"
    issued.write_bytes(emitido())

    printed = run("kit_assinatura").texto
    signed = run("assinar_exemplo", issued, "--quem=ana", *option).texto

    trust = guarda.load_or_create(var / guarda.PASTA, now=clock.now()).trust
    enviado = Path(signed.partition(": ")[2].strip()).read_bytes()
    resultado = validate(enviado, emitido=emitido(), confianca=trust, designados=[ANA], at=clock.now())
    assert resultado.aceito, resultado.recusas
    assert (kit.folder(var) / "senha.txt").read_text() in printed


def test_keys_are_for_their_owner_only_and_running_again_keeps_them(var: Path) -> None:
    run("kit_assinatura", "--pessoa=Élio Souza:390.533.447-05")
    files = {path.name: path.read_bytes() for path in kit.folder(var).iterdir()}

    run("kit_assinatura", "--pessoa=Élio Souza:390.533.447-05")

    assert files == {path.name: path.read_bytes() for path in kit.folder(var).iterdir()}
    for name in ("élio.key", "élio.p12", "senha.txt"):
        assert stat.S_IMODE((kit.folder(var) / name).stat().st_mode) == 0o600
    assert "Élio Souza" in x509.load_der_x509_certificate(files["élio.cer"]).subject.rfc4514_string()


@pytest.mark.parametrize("text", ["Ana", "Ana:123", ":52998224725"])
def test_a_person_without_name_or_cpf_is_refused(var: Path, text: str) -> None:
    assert "NOME:CPF" in run("kit_assinatura", f"--pessoa={text}").mensagens


@pytest.mark.parametrize("command", [["kit_assinatura"], ["assinar_exemplo", "x.pdf", "--quem=ana"]])
def test_there_is_no_kit_outside_the_demonstration(var: Path, settings: Settings, command: list[str]) -> None:
    settings.AMBIENTE = "homologacao"

    assert "AMBIENTE=demo" in run(*command).mensagens
    assert not kit.folder(var).exists()


def test_signing_without_a_kit_says_how_to_make_one(var: Path) -> None:
    (var / "x.pdf").write_bytes(emitido())

    assert "kit_assinatura" in run("assinar_exemplo", var / "x.pdf", "--quem=../ana").mensagens
