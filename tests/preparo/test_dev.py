"""./dev on a project of one empty lock: real virtual environments, no packages to fetch."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MANAGE = "import sys; print('manage', *sys.argv[1:]); sys.exit(7)"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path
    shutil.copy(ROOT / "dev", folder)
    (folder / "manage.py").write_text(MANAGE)
    (folder / "requirements").mkdir()
    for group in ("base", "test"):
        (folder / f"requirements/{group}.txt").write_text("# nothing yet\n")
    return folder


def dev(project: Path, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": "/usr/bin:/bin", "CHROMIUM": "/usr/bin/chromium"} | env
    command = [sys.executable, str(project / "dev"), *arguments]
    return subprocess.run(command, env=environment, cwd="/", capture_output=True, text=True, timeout=120)


def test_without_a_command_it_says_which_there_are(project: Path) -> None:
    done = dev(project)

    assert done.returncode == 0
    assert all(f"\n  {name} " in done.stdout for name in ("run", "test", "manage", "check", "bench", "lock"))


def test_an_unknown_command_is_a_usage_error(project: Path) -> None:
    done = dev(project, "tset")

    assert done.returncode == 2
    assert "«tset»" in done.stderr


def test_an_unknown_benchmark_is_one_line(project: Path) -> None:
    done = dev(project, "bench", "lua")

    assert (done.returncode, done.stderr) == (1, "Não há bench/lua.py. Existem: nenhum.\n")


def test_what_cannot_be_installed_is_named_with_the_command_to_type(project: Path) -> None:
    """No apt-get on this PATH, and no browser."""
    done = dev(project, "test", PATH="/nonexistent", CHROMIUM="")

    assert done.returncode == 1
    assert "sudo apt-get install --no-install-recommends chromium fonts-liberation" in done.stderr


def test_the_environment_is_made_once_installed_when_the_lock_changes_and_made_anew_when_half_made(
    project: Path,
) -> None:
    """One test, because making an environment takes seconds."""
    lock = project / "requirements/base.txt"
    (project / ".venv/bin").mkdir(parents=True)
    (project / ".venv/bin/python").symlink_to("/nonexistent/python")

    first = dev(project, "manage", "migrate")
    second = dev(project, "manage", "migrate")
    lock.write_text("nothing-of-this-name==1 --hash=sha256:00\n")
    changed = dev(project, "manage", "migrate", PIP_NO_INDEX="1")
    lock.write_text("# nothing yet\n")
    interrupted = dev(project, "manage", "migrate")

    for done in (first, second, interrupted):
        assert (done.returncode, done.stdout) == (7, "manage migrate\n"), done.stderr
    assert "Criando .venv" in first.stderr
    assert second.stderr == ""
    check_failure(changed)
    assert "Criando .venv" in interrupted.stderr


def check_failure(done: subprocess.CompletedProcess[str]) -> None:
    assert (done.returncode, done.stdout) == (1, "")
    assert "Criando .venv" not in done.stderr
    assert "Falhou (1): " in done.stderr
    assert "Traceback" not in done.stderr
