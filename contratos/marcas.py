"""Which tests are marked with which clause, read from their source: no test has to run for it."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from contratos.domain.clausulas import REGISTRO, Chave, Registro
from portal.kernel.errors import DomainError

Testes = Mapping[Chave, Sequence[str]]  # node ids without parameters
Nos = Sequence[ast.AST]


class MarcaErrada(DomainError):
    code, title = "marca-errada", "Marca de cláusula errada"


def read(tests: Path, registro: Registro = REGISTRO) -> Testes:
    """Raises MarcaErrada, with the line, for a number that is not literal or that no clause has."""
    found: dict[Chave, list[str]] = {}
    for path in sorted(tests.rglob("test_*.py")):
        where = path.relative_to(tests.parent).as_posix()
        for node, call in _marked(ast.parse(path.read_text()), where):
            for chave in _keys(call, where, registro):
                nodes = found.setdefault(chave, [])
                nodes += [node] if node not in nodes else []
    return found


def _marked(tree: ast.Module | ast.ClassDef, name: str, around: Nos = ()) -> Iterator[tuple[str, ast.Call]]:
    """Every test under `tree` with each of its marks, those of its class and its module included."""
    outer = [*around, *(value for node in tree.body for value in _pytestmark(node))]
    for node in tree.body:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() if node.name.startswith("test"):
                for call in _calls([*outer, *node.decorator_list]):
                    yield f"{name}::{node.name}", call
            case ast.ClassDef() if node.name.startswith("Test"):
                yield from _marked(node, f"{name}::{node.name}", [*outer, *node.decorator_list])


def _pytestmark(node: ast.stmt) -> Nos:
    match node:
        case ast.Assign(targets=[ast.Name(id="pytestmark")], value=value):
            return [value]
        case _:
            return []


def _calls(nodes: Nos) -> Iterator[ast.Call]:
    for node in chain.from_iterable(map(ast.walk, nodes)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("mark.clausula"):
            yield node


def _keys(call: ast.Call, where: str, registro: Registro) -> Iterator[Chave]:
    try:
        revisoes = {str(keyword.arg): ast.literal_eval(keyword.value) for keyword in call.keywords}
        numeros = [ast.literal_eval(argument) for argument in call.args]
        if not numeros or set(revisoes) - {"revisao"}:
            raise MarcaErrada("clausula() pede ao menos um número e aceita revisao=.")
        for numero in numeros:
            yield registro.clausula(numero, **revisoes).chave
    except ValueError as error:
        raise MarcaErrada(f"{where}:{call.lineno}: clausula() pede textos literais.") from error
    except DomainError as error:
        raise MarcaErrada(f"{where}:{call.lineno}: {error.detail}") from error
