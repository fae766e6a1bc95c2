"""What production does not start with, seen from `manage.py check` and from the web server itself."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.db import connection

from portal.agentes.models import Usuario
from portal.demo.hierarquia import Hierarquia
from tests import factories
from tests.producao import composicao

SHARED = composicao.ROOT / "../shared/data/icp-brasil/truststore/roots_v5_v10_v12.pem"


def start(*command: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """With production's settings, on the database of this test."""
    good = composicao.environment("web", composicao.example())
    base = {"PATH": os.environ["PATH"], "PORTAL_VAR": os.environ["PORTAL_VAR"], **good}
    database = f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{connection.settings_dict['NAME']}"
    env = {**base, "DATABASE_URL": database, "REDIS_URL": os.environ["REDIS_URL"], **changes}
    return subprocess.run(
        [sys.executable, *command], env=env, cwd=composicao.ROOT, capture_output=True, text=True, timeout=120
    )


def web(**changes: str) -> subprocess.CompletedProcess[str]:
    return start("-m", "gunicorn", "--check-config", "portal.wsgi", **changes)


@pytest.fixture
def demo_account(transactional_db: None) -> Usuario:
    usuario = factories.create_usuario("ana.ccee")
    usuario.set_password("demo-portal-2026")
    usuario.save()
    return usuario


def test_accounts_of_the_demonstration_are_refused(demo_account: Usuario) -> None:
    for done in (start("manage.py", "check"), web()):
        assert done.returncode != 0
        assert "Configuração: o banco tem contas de demonstração (ana.ccee)" in done.stderr
        assert "Traceback" not in done.stderr


def test_the_web_server_gives_up_instead_of_trying_for_ever(demo_account: Usuario) -> None:
    done = start("-m", "gunicorn", "--config=deploy/gunicorn.conf.py", "--bind=127.0.0.1:0", "--workers=1")

    assert done.returncode == 3
    assert "contas de demonstração" in done.stderr


def test_a_name_alone_is_no_offence(demo_account: Usuario) -> None:
    demo_account.set_password("outra senha, longa e secreta")
    demo_account.save()

    assert start("manage.py", "check").returncode == 0
    assert web().returncode == 0


def test_foreign_roots_are_refused(tmp_path: Path, hierarquia: Hierarquia) -> None:
    (tmp_path / "raiz.pem").write_bytes(hierarquia.raiz.cert.public_bytes(Encoding.PEM))

    done = start("manage.py", "check", RAIZES_ICP_BRASIL=str(tmp_path / "raiz.pem"))

    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "RAIZES_ICP_BRASIL tem 1 raiz que não é da ICP-Brasil" in done.stderr


def test_roots_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    done = start("manage.py", "check", RAIZES_ICP_BRASIL=str(tmp_path / "nada"))

    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "RAIZES_ICP_BRASIL: Não foi possível ler" in done.stderr


def test_pinned_roots_are_accepted() -> None:
    if not SHARED.exists():
        pytest.skip("a pasta ../shared/data, com as raízes da ICP-Brasil, não existe aqui")

    assert start("manage.py", "check", RAIZES_ICP_BRASIL=str(SHARED.resolve())).returncode == 0
