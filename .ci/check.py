"""`./dev check`: every check runs, whatever the others say; one line each, and its words when it failed."""

import ast
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tokenize
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.producao import composicao

ROOT = Path(__file__).resolve().parent.parent
Check = Callable[[], str]  # what is wrong, or nothing
OTHER_LOCKS = {"uv.lock", "pylock.toml", "poetry.lock", "Pipfile.lock", "package-lock.json"}
MACHINE_PATH = re.compile(rb"(?<![\w.}$-])/(?:work|home|root|Users)/[\w.]")


def python(*arguments: str, env: dict[str, str] | None = None) -> Check:
    return lambda: said_when_failed(sys.executable, *arguments, env=env)


def said_when_failed(*command: str, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        env=os.environ | (env or {}),
        cwd=ROOT,
    )
    return (done.stdout + done.stderr).strip() or f"código {done.returncode}" if done.returncode else ""


def project_files(root: Path = ROOT) -> list[Path]:
    listed = ("git", "ls-files", "--cached", "--others", "--exclude-standard", "-z")
    names = subprocess.run(listed, check=True, capture_output=True, text=True, cwd=root).stdout.split("\0")
    return [root / name for name in names if name and (root / name).is_file()]


def hosts_in_locks(root: Path = ROOT) -> str:
    """Where packages come from is the machine's affair: a lock that names a host serves in one place only."""
    named = [f"{p.name}: nomeia um endereço" for p in (root / "requirements").glob("*.txt") if "://" in p.read_text()]
    kinds = [f"{p.name}: não entra no projeto" for p in project_files(root) if p.name in OTHER_LOCKS]
    return "\n".join(named + kinds)


def machine_paths(root: Path = ROOT) -> str:
    """A folder of one person's machine, written into the project, works for nobody else."""
    return "\n".join(
        f"{path.relative_to(root)}:{number}: {line.decode(errors='replace').strip()}"
        for path in project_files(root)
        for number, line in enumerate(path.read_bytes().splitlines(), 1)
        if MACHINE_PATH.search(line)
    )


def english(path: Path) -> Iterator[tuple[int, str]]:
    """Comments and docstrings, with their lines: identifiers and other strings speak Portuguese."""
    source = path.read_text()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and (text := ast.get_docstring(node)):
            yield node.body[0].lineno, " ".join(text.split())


def misspelt(root: Path = ROOT) -> str:
    sources = [path for path in project_files(root) if path.suffix == ".py" or path.name == "dev"]
    lines = (f"{path.relative_to(root)}:{number}: {text}" for path in sources for number, text in english(path))
    command = [sys.executable, "-m", "codespell_lib", "-"]
    done = subprocess.run(command, input="\n".join(lines), capture_output=True, text=True, cwd=ROOT)
    return (done.stdout + done.stderr).strip() if done.returncode else ""


def compose_file() -> str:
    """Without docker compose there is tests/producao/test_compose.py, which reads the file itself."""
    if not shutil.which("docker") or said_when_failed("docker", "compose", "version"):
        return ""
    return said_when_failed("docker", "compose", "config", "--quiet", env=composicao.example())


CHECKS: dict[str, Check] = {
    "estilo": python("-m", "ruff", "check", "--quiet", "."),
    "formato": python("-m", "ruff", "format", "--check", "--quiet", "."),
    "tipos": python("-m", "mypy"),
    "camadas": python("-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-logo"),
    "migrações em dia": python("manage.py", "makemigrations", "--check", "--dry-run"),
    "configuração de produção": python(
        "manage.py",
        "check",
        "--deploy",
        "--fail-level",
        "WARNING",
        env=composicao.environment("web", composicao.example()),
    ),
    "ortografia do inglês": misspelt,
    "travas sem endereços": hosts_in_locks,
    "sem caminhos de uma máquina": machine_paths,
    "docker-compose.yml": compose_file,
}


def report(name: str) -> bool:
    problems = CHECKS[name]()
    print(f"{name} {'.' * (32 - len(name))} {'falhou' if problems else 'ok'}", flush=True)
    if problems:
        print(problems, end="\n\n", flush=True)
    return not problems


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="portal-check-") as var:
        os.environ["PORTAL_VAR"] = var
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            passed = list(pool.map(report, CHECKS))
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())
