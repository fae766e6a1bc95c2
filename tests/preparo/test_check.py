"""The checks of ./dev check that are our own, on a project that breaks them."""

import importlib.util
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
ELSEWHERE = "/".join(["", "home", "ana", "portal"])


@pytest.fixture(scope="module")
def check() -> ModuleType:
    spec = importlib.util.spec_from_file_location("check", ROOT / ".ci/check.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def project(tmp_path: Path) -> Path:
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements/base.txt").write_text("django==5.2.19 --hash=sha256:00\n")
    return tmp_path


def test_a_clean_project_passes(check: ModuleType, project: Path) -> None:
    (project / "x.py").write_text("VAR = '/app/var'; URL = 'https://example.org/home/x'; P = '{root}/home/x'\n")

    assert check.hosts_in_locks(project) == ""
    assert check.machine_paths(project) == ""


def test_a_lock_with_a_host_is_refused(check: ModuleType, project: Path) -> None:
    (project / "requirements/base.txt").write_text("--index-url https://pacotes.exemplo/simple\n")

    assert "base.txt" in check.hosts_in_locks(project)


def test_a_lock_of_another_kind_is_refused(check: ModuleType, project: Path) -> None:
    (project / "uv.lock").touch()

    assert "uv.lock" in check.hosts_in_locks(project)


def test_english_is_read_in_comments_and_docstrings_only(check: ModuleType, project: Path) -> None:
    typo = "reci" + "eve"
    (project / "good.py").write_text('"""What it receives."""\nerros = "simular"  # as they come\n')
    clean = check.misspelt(project)
    (project / "bad.py").write_text(f'"""To {typo}."""\nx = 1  # and {typo} again\n')

    assert clean == ""
    assert check.misspelt(project).count(typo + " ==>") == 2


@pytest.mark.parametrize("text", ["HERE = '{}'", "see {}/README.md", "#!{}/bin/python"])
def test_a_path_of_one_machine_is_refused(check: ModuleType, project: Path, text: str) -> None:
    (project / "x.py").write_text(f"# first\n{text.format(ELSEWHERE)}\n")

    assert check.machine_paths(project).startswith("x.py:2: ")


def test_both_locks_agree() -> None:
    """./dev run after ./dev test must not exchange packages."""
    base, test = (
        {line.split(" ")[0] for line in (ROOT / f"requirements/{group}.txt").read_text().splitlines() if "==" in line}
        for group in ("base", "test")
    )

    assert base
    assert base <= test
