"""What must hold for every file and import-linter and ruff cannot see."""

import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from statistics import median

import pytest
from django.apps import apps
from django.db.models import Field

from tests.architecture import leitura

ROOT = Path(__file__).resolve().parents[2]
SOURCES = {
    path.relative_to(ROOT).as_posix(): path.read_text()
    for package in leitura.PACKAGES
    for path in sorted((ROOT / package).rglob("*.py"))
    if "migrations" not in path.parts
}
FOLDERS = (ROOT / "templates", ROOT / "portal/mercado/templates")
TEMPLATES = {p.relative_to(ROOT).as_posix(): p.read_text() for each in FOLDERS for p in sorted(each.rglob("*.*"))}
PAGES = {name: text for name, text in TEMPLATES.items() if name.endswith(".html")}
STYLES = {p.relative_to(ROOT).as_posix(): p.read_text() for p in sorted((ROOT / "static").rglob("*.css"))}
CALLED_BY_DJANGO = ("middleware", "authentication", "adapter", "signals", "seeds", "http", "mail")
PURE = (
    "portal.kernel",
    "portal.mercado",
    "portal.contas.domain",
    "portal.icp.domain",
    "portal.saida.domain",
    "portal.webhooks.domain",
    "adesao.domain",
    "certificados.domain",
    "notificacoes.domain",
    "contratos.domain",
)
IMPORT_ALL = """
import importlib, pkgutil, sys
for name in sys.argv[1:]:
    package = importlib.import_module(name)
    for module in pkgutil.walk_packages(getattr(package, "__path__", []), f"{name}."):
        importlib.import_module(module.name)
print(*sorted({"django", "celery", "rest_framework"} & set(sys.modules)))
"""


def is_named(path: str, *names: str) -> bool:
    """The module, or the package that it is in, has one of these names."""
    return bool(set(names) & {part.removesuffix(".py") for part in path.split("/")})


def is_entry(path: str) -> bool:
    """Where a request, a task, a command or a message comes in: the only places that ask what time it is."""
    return is_named(path, "views", "api", "tasks", "admin", "commands", *CALLED_BY_DJANGO)


def app_of(path: str) -> str:
    parts = path.split("/")
    return ".".join(parts[:2]) if parts[0] == "portal" else parts[0]


def breaches(
    sources: dict[str, str],
    look: Callable[[str], Iterable[str]],
    where: Callable[[str], bool] = lambda _: True,
) -> list[str]:
    return [f"{path}:{found}" for path, text in sources.items() if where(path) for found in look(text)]


def test_only_services_write() -> None:
    assert breaches(SOURCES, leitura.writes_outside_services, lambda path: not is_named(path, "services")) == []


def test_services_write_only_what_is_theirs() -> None:
    found = {path: list(leitura.writes_on_other_apps(text, app=app_of(path))) for path, text in SOURCES.items()}

    assert {path: lines for path, lines in found.items() if lines} == {}


def test_views_and_tasks_are_short() -> None:
    def short(source: str) -> Iterator[str]:
        return leitura.long_functions(source, limit=15)

    assert breaches(SOURCES, short, lambda path: is_named(path, "views", "tasks")) == []


def test_the_real_clock_is_read_in_one_place() -> None:
    assert breaches(SOURCES, leitura.real_clock, lambda path: path != "portal/clock.py") == []


def test_time_comes_in_with_the_request() -> None:
    assert breaches(SOURCES, leitura.portal_clock, lambda path: not is_entry(path) and path != "portal/clock.py") == []


def test_nothing_is_shown_unescaped() -> None:
    assert breaches(SOURCES, leitura.unescaped) == []


def test_pages_bring_nothing_that_the_security_policy_refuses() -> None:
    assert PAGES
    assert breaches(PAGES, leitura.template_breaches) == []


def test_styles_load_nothing_from_elsewhere() -> None:
    assert breaches(STYLES, leitura.stylesheet_breaches) == []


def test_files_stay_small() -> None:
    sizes = {path: text.count("\n") for path, text in SOURCES.items()}
    written = [size for size in sizes.values() if size]

    assert not {path: size for path, size in sizes.items() if size > 300}
    assert median(written) <= 80


@pytest.mark.parametrize("package", PURE)
def test_the_domain_runs_without_a_framework(package: str) -> None:
    """In a fresh process: here Django is long since loaded."""
    assert frameworks_loaded_by(package) == ""


def test_a_framework_in_the_domain_would_be_seen() -> None:
    assert "django" in frameworks_loaded_by("portal.clock")


def frameworks_loaded_by(module: str) -> str:
    fresh = [sys.executable, "-c", IMPORT_ALL, module]
    return subprocess.run(fresh, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def layers() -> list[set[str]]:
    """import-linter's, so that rows point where imports do; top first."""
    configured = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    written = next(contract["layers"] for contract in configured if contract["id"] == "apps")
    return [{name.strip(" ()") for name in layer.split("|")} for layer in written]


def relations() -> Iterator[tuple[str, str, bool]]:
    """Of the models of the project: app, app pointed at, no accessor there."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if not isinstance(field, Field) or not field.remote_field or not field.related_model:
                continue
            ends = [model.__module__, field.related_model.__module__]
            if all(module.startswith(leitura.PACKAGES) for module in ends):
                source, target = (app_of(module.replace(".", "/")) for module in ends)
                yield source, target, field.remote_field.hidden


def test_foreign_keys_point_down_and_leave_no_accessor() -> None:
    found = [leitura.arrow_breach(*ends, hidden=hidden, layers=layers()) for *ends, hidden in relations()]

    assert found, "no foreign key was looked at"
    assert not any(found), found
