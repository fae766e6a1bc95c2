"""A wrong configuration ends the start of production with one line in Portuguese, never with a traceback."""

import os
import subprocess
import sys

import pytest

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
        ({"PIMENTA": None}, "falta PIMENTA"),
        ({"ALLOWED_HOSTS": None}, "falta ALLOWED_HOSTS"),
        ({"DATABASE_URL": None}, "falta DATABASE_URL"),
        ({"DATABASE_URL": "portal"}, "DATABASE_URL não é"),
        ({"DATABASE_URL": "sqlite:///portal.sqlite3"}, "DATABASE_URL"),
        ({"REDIS_URL": None}, "falta REDIS_URL"),
        ({"REDIS_URL": "portal"}, "REDIS_URL não é"),
        ({"EMAIL_URL": None}, "falta EMAIL_URL"),
        ({"EMAIL_URL": "correio"}, "EMAIL_URL não é"),
        ({"REMETENTE": "ninguém"}, "REMETENTE"),
        ({"DEBUG": "true"}, "DEBUG"),
        ({"DEBUG": "talvez"}, "DEBUG deve ser true ou false"),
        ({"PORTA": "oito mil"}, "PORTA deve ser um número"),
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


def test_a_refusal_repeats_no_secret() -> None:
    done = check(DATABASE_URL="portal:senha-muito-secreta")

    assert done.returncode == 1
    assert "senha-muito-secreta" not in done.stderr + done.stdout
