"""From clause to code to test: the marks, the table, and what fails when one of the three is missing."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from pytest_django import Settings

from contratos import marcas
from contratos.domain.clausulas import REGISTRO, Clausula, Registro, Revisao, Situacao, clausula
from contratos.rastreabilidade import COMANDO, as_markdown, resolves, situacao, unproved
from tests.comandos.executar import run

ROOT = Path(__file__).resolve().parents[2]
DEADLINE = "contratos.selectors.deadline"
TESTS = """
import pytest

@pytest.mark.clausula("3.9")
@pytest.mark.clausula("3.10", "3.14")
def test_both(): ...

class TestPaper:
    pytestmark = [pytest.mark.clausula("3.13.1")]
    @pytest.mark.parametrize("x", [1, pytest.param(2, marks=pytest.mark.clausula("3.13", revisao="6.0"))])
    async def test_it(self, x): ...

@pytest.mark.clausula("3.18")
class TestKept:
    def test_kept(self): ...
    def helper(self): ...

def test_of_nothing(): ...
"""


def built(by: str = DEADLINE) -> Clausula:
    return replace(clausula("3.10"), realizada_em=(by,))


def folder(tmp_path: Path, source: str) -> Path:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/test_it.py").write_text(source)
    return tmp_path / "tests"


def collect(tmp_path: Path, source: str) -> "subprocess.CompletedProcess[str]":
    tests = folder(tmp_path, source)
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = clausula\n")
    command = [sys.executable, "-m", "pytest", "-p", "tests.rastreio", "-p", "no:django", "-p", "no:cacheprovider"]
    arguments = ["--collect-only", "-q", "-c", str(tmp_path / "pytest.ini"), str(tests)]
    return subprocess.run([*command, *arguments], cwd=ROOT, capture_output=True, text=True)


def test_the_table_is_up_to_date() -> None:
    written = (ROOT / "docs/rastreabilidade.md").read_text()

    assert written == as_markdown(REGISTRO, marcas.read(ROOT / "tests")), f"docs/rastreabilidade.md: rode {COMANDO}"


def test_what_is_built_has_a_test() -> None:
    assert unproved(REGISTRO.clausulas.values(), marcas.read(ROOT / "tests")) == []


def test_code_that_a_clause_names_exists() -> None:
    named = {c.numero: [name for name in c.realizada_em if not resolves(name)] for c in REGISTRO.clausulas.values()}

    assert {numero: missing for numero, missing in named.items() if missing} == {}


def test_built_without_a_test_is_noticed() -> None:
    assert unproved([built()], {}) == ["3.10"]
    assert unproved([built()], {("3.10", "6.0"): ["tests/test_it.py::test_it"]}) == []
    assert unproved([replace(clausula("3.48"), realizada_em=())], {}) == []


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (built(), Situacao.CONSTRUIDA),
        (built("contratos.selectors.nothing"), Situacao.PENDENTE),
        (built("contratos.nowhere.deadline"), Situacao.PENDENTE),
        (built(""), Situacao.PENDENTE),
        (replace(clausula("3.10"), realizada_em=(DEADLINE, "contratos.nowhere")), Situacao.PENDENTE),
        (clausula("3.34"), Situacao.INFORMATIVA),
    ],
)
def test_the_situation_follows_from_the_code(found: Clausula, expected: Situacao) -> None:
    assert situacao(found) is expected


def test_marks_are_read_wherever_they_stand(tmp_path: Path) -> None:
    tests = folder(tmp_path, TESTS)

    found = {numero: names for (numero, _), names in marcas.read(tests).items()}

    paper, both = ["tests/test_it.py::TestPaper::test_it"], ["tests/test_it.py::test_both"]
    kept = ["tests/test_it.py::TestKept::test_kept"]
    assert found == {"3.9": both, "3.10": both, "3.14": both, "3.13.1": paper, "3.13": paper, "3.18": kept}


def test_a_mark_of_the_module_is_one_of_each_test(tmp_path: Path) -> None:
    tests = folder(tmp_path, 'pytestmark = pytest.mark.clausula("3.1")\ndef test_a(): ...\ndef test_b(): ...\n')

    assert marcas.read(tests) == {("3.1", "6.0"): ["tests/test_it.py::test_a", "tests/test_it.py::test_b"]}


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        ('"3.200"', r"tests/test_it\.py:1: O Submódulo 3\.2 não tem cláusula 3\.200\."),
        ('"3.10", revisao="9.0"', r"não tem cláusula 3\.10 na revisão 9\.0"),
        ("NUMERO", "pede textos literais"),
        ("", "pede ao menos um número"),
        ('"3.10", revision="6.0"', "aceita revisao="),
    ],
)
def test_a_wrong_mark_is_told_with_its_line(tmp_path: Path, mark: str, words: str) -> None:
    tests = folder(tmp_path, f"@pytest.mark.clausula({mark})\ndef test_it(): ...\n")

    with pytest.raises(marcas.MarcaErrada, match=words):
        marcas.read(tests)


def test_an_unknown_clause_stops_the_collection(tmp_path: Path) -> None:
    done = collect(tmp_path, 'import pytest\n\n@pytest.mark.clausula("3.200")\ndef test_it():\n    pass\n')

    assert done.returncode == pytest.ExitCode.INTERRUPTED, done.stdout
    assert "test_it.py::test_it: O Submódulo 3.2 não tem cláusula 3.200." in done.stdout


def test_a_known_clause_is_collected(tmp_path: Path) -> None:
    done = collect(tmp_path, 'import pytest\n\n@pytest.mark.clausula("3.10")\ndef test_it():\n    pass\n')

    assert done.returncode == pytest.ExitCode.OK, done.stdout


def test_the_table_shows_code_tests_and_revision() -> None:
    nova = replace(built(), revisao="7.0", texto="Uma | outra.")
    revisoes = [*REGISTRO.revisoes.values(), Revisao("7.0", REGISTRO.revisoes["6.0"].vigencia, "inventada")]
    registro = Registro(revisoes, [replace(REGISTRO.secoes[0], clausulas=(clausula("3.10"), nova))])

    table = as_markdown(registro, {nova.chave: ["tests/test_it.py::test_it"]})

    assert "| 3.10 (rev. 6.0) |" in table
    row = next(line for line in table.splitlines() if line.startswith("| 3.10 (rev. 7.0) |"))
    assert r"| Uma \| outra. |" in row
    assert row.endswith(f"| `{DEADLINE}` | `tests/test_it.py::test_it` | construída |")


def test_the_command_writes_what_it_shows(tmp_path: Path) -> None:
    page = tmp_path / "tabela.md"

    shown = run("rastreabilidade")
    written = run("rastreabilidade", "--escrever", page)

    assert (shown.codigo, written.codigo) == (0, 0)
    assert page.read_text() == shown.texto


def test_the_command_needs_the_tests(tmp_path: Path, settings: Settings) -> None:
    settings.BASE_DIR = tmp_path

    done = run("rastreabilidade")

    assert done.codigo == 1
    assert "A pasta tests/ não está aqui" in done.mensagens


def test_the_command_tells_of_a_wrong_mark(tmp_path: Path, settings: Settings) -> None:
    folder(tmp_path, '@pytest.mark.clausula("3.200")\ndef test_it(): ...\n')
    settings.BASE_DIR = tmp_path

    assert "não tem cláusula 3.200" in run("rastreabilidade").mensagens
