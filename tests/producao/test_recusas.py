"""A wrong configuration ends the start of production with one line in Portuguese, never with a traceback."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from tests.producao import composicao

GOOD = composicao.environment("web", composicao.example())


def check(**changes: str | None) -> subprocess.CompletedProcess[str]:
    """`manage.py check` in an environment of nothing but production's settings; None takes one away."""
    bare = {"PATH": os.environ["PATH"], "PORTAL_VAR": os.environ["PORTAL_VAR"]}
    env = {name: value for name, value in {**bare, **GOOD, **changes}.items() if value is not None}
    command = [sys.executable, "manage.py", "check"]
    return subprocess.run(command, env=env, cwd=composicao.ROOT, capture_output=True, text=True)


def test_the_example_starts() -> None:
    done = check()

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"SECRET_KEY": None}, "falta SECRET_KEY"),
        ({"SECRET_KEY": ""}, "falta SECRET_KEY"),
        ({"SECRET_KEY": "segredo"}, "SECRET_KEY tem 7 caracteres"),
        ({"ALLOWED_HOSTS": None}, "falta ALLOWED_HOSTS"),
        ({"DATABASE_URL": None}, "falta DATABASE_URL"),
        ({"DATABASE_URL": "portal"}, "DATABASE_URL não é"),
        ({"DATABASE_URL": "postgres://portal:senha@banco:porta/portal"}, "DATABASE_URL não é"),
        ({"REDIS_URL": "portal"}, "REDIS_URL não é"),
        ({"EMAIL_URL": None}, "falta EMAIL_URL"),
        ({"EMAIL_URL": "correio"}, "EMAIL_URL não é"),
        ({"REMETENTE": "ninguém"}, "REMETENTE"),
        ({"DEBUG": "true"}, "DEBUG"),
        ({"DEBUG": "talvez"}, "DEBUG deve ser true ou false"),
        ({"PORTA": "oito mil"}, "PORTA deve ser um número"),
        ({"PRAZO_HORA": "meio-dia"}, "PRAZO_HORA='meio-dia' não é uma hora do dia"),
        ({"PRAZO_HORA": "18:00:00-03:00"}, "não é uma hora do dia, como 18:00:00"),
        ({"CLASSES_USUARIAS_DE_RESERVA": "distribuidor,vizinho"}, "CLASSES_USUARIAS_DE_RESERVA: não há vizinho"),
        ({"AMBIENTE": "produção"}, "AMBIENTE="),
        ({"PERFIL": "cemig"}, "PERFIL="),
        ({"FUSO": "America/Brasilia"}, "FUSO="),
        ({"DATA_DE_REFERENCIA": "2026-11-21T12:00"}, "DATA_DE_REFERENCIA"),
    ],
    ids=lambda value: "-".join(f"{k}={v}" for k, v in value.items()) if isinstance(value, dict) else None,
)
def test_a_wrong_setting_is_one_line_that_names_it(changes: dict[str, str | None], words: str) -> None:
    done = check(**changes)

    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1, done.stderr
    assert done.stderr.startswith("Configuração: ")
    assert words in done.stderr


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"SECRET_KEY": None}, "falta SECRET_KEY, obrigatória com AMBIENTE=sandbox"),
        ({"DATABASE_URL": None}, "falta DATABASE_URL"),
        ({"DEBUG": "true"}, "DEBUG não pode estar ligado com AMBIENTE=sandbox"),
        ({"EMAIL_URL": None, "SANDBOX_ENVIA_A_QUEM_ENTROU": "true"}, "precisa de um servidor de e-mail"),
        ({"EMAIL_URL": None, "DATA_DE_REFERENCIA": "2026-11-21T12:00"}, ""),
    ],
)
def test_the_sandbox_asks_for_what_protects_people(changes: dict[str, str | None], words: str) -> None:
    done = check(AMBIENTE="sandbox", **changes)

    assert done.returncode == bool(words), done.stderr
    assert words in done.stderr


def test_trust_anchors_of_our_own_making_are_refused(tmp_path: Path) -> None:
    (tmp_path / "raiz.pem").write_bytes(self_signed())

    foreign = check(RAIZES_ICP_BRASIL=str(tmp_path))
    demonstration = check(RAIZES_ICP_BRASIL=str(tmp_path), AMBIENTE="demo")
    missing = check(RAIZES_ICP_BRASIL=str(tmp_path / "nada"))

    assert demonstration.returncode == 0, demonstration.stderr
    for refused in (foreign, missing):
        assert refused.returncode == 1
        assert refused.stderr.count("\n") == 1, refused.stderr
        assert refused.stderr.startswith("Configuração: RAIZES_ICP_BRASIL")


def self_signed() -> bytes:
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Autoridade Certificadora Raiz Brasileira v99")])
    start = datetime(2026, 1, 1, tzinfo=UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, start, start + timedelta(days=3650))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    return certificate.public_bytes(Encoding.PEM)


def test_a_refusal_repeats_no_secret() -> None:
    for name in ("DATABASE_URL", "REDIS_URL", "EMAIL_URL"):
        done = check(**{name: "portal:senha-muito-secreta"})

        assert done.returncode == 1
        assert "senha-muito-secreta" not in done.stderr + done.stdout
