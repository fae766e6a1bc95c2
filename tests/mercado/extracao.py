"""Every string of the market's pages that somebody may read: as Django parses its templates, and Python its sources."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from django.template import Engine, engines
from django.template.base import Node, TextNode
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

from portal import context, errors
from portal.kernel import errors as kernel_errors

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "portal/mercado/templates/ote"
# Pages of the others that this market shows too.
PIECES = ("campo", "icone", "item_menu", "mensagens", "resumo_erros", "tag", "vazio")
SHARED = (ROOT / "templates/base.html", *(ROOT / f"templates/componentes/{name}.html" for name in PIECES))
TEMPLATES = (*sorted(FOLDER.rglob("*.html")), *SHARED)
SOURCES = (
    *sorted((ROOT / "portal/contas").rglob("*.py")),
    *sorted((ROOT / "portal/mercado").rglob("*.py")),
    ROOT / "portal/agentes/forms.py",
    ROOT / "portal/agentes/adapter.py",
    ROOT / "notificacoes/mensagens/convite.py",
    ROOT / "notificacoes/mensagens/papel.py",
    ROOT / "notificacoes/mensagens/quem_registra.py",
    ROOT / "notificacoes/mensagens/vencimento_de_par.py",
)
CALLS = {"_", "gettext", "gettext_lazy", "gettext_noop", "texto"}
SPOKEN = {"alt", "aria-label", "content-description", "label", "placeholder", "title", "value"}
LETTERS = re.compile(r"[^\W\d_]{2,}")
NAMES = {"SANDBOX", "SHA"}  # read the same in every language
Plural = tuple[str, str]


def strings() -> dict[str | Plural, list[str]]:
    """What must be translated -> where it stands. A pair: singular and plural."""
    found: dict[str | Plural, list[str]] = {}
    for path in TEMPLATES:
        for each in of_template(path):
            found.setdefault(each, []).append(path.relative_to(ROOT).as_posix())
    for path in SOURCES:
        for each in of_source(path.read_text()):
            found.setdefault(each, []).append(path.relative_to(ROOT).as_posix())
    for each in spoken_by_errors():
        found.setdefault(each, []).append("portal/errors.py")
    return found


def nodes(path: Path) -> Iterator[Node]:
    django: Any = engines["django"]
    engine: Engine = django.engine
    yield from _below(engine.from_string(path.read_text()).nodelist)


def _below(nodelist: Any) -> Iterator[Node]:
    for node in nodelist:
        yield node
        for name in getattr(node, "child_nodelists", ()):
            yield from _below(getattr(node, name, None) or ())


def of_template(path: Path) -> Iterator[str | Plural]:
    for node in nodes(path):
        if isinstance(node, TranslateNode) and isinstance(node.filter_expression.var, str):
            yield node.filter_expression.var
        elif isinstance(node, TranslateNode) and isinstance(literal := node.filter_expression.var.literal, str):
            yield literal
        elif isinstance(node, BlockTranslateNode):
            singular = _trimmed(node, node.singular)
            yield (singular, _trimmed(node, node.plural)) if node.plural else singular
    yield from re.findall(r"""_\("([^"]+)"\)""", path.read_text())  # in a filter's argument


def _trimmed(node: Any, tokens: Any) -> str:
    text, _ = node.render_token_list(tokens)
    return str(text)


def of_source(text: str) -> Iterator[str | Plural]:
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Call(
                func=ast.Name(id="ngettext"), args=[ast.Constant(value=str(one)), ast.Constant(value=str(many)), *_]
            ):
                yield (one, many)
            case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str(said)), *_]) if name in CALLS:
                yield said


def spoken_by_errors() -> Iterator[str]:
    """Refusals of the whole portal, which the page of errors says in the language of whoever looks."""
    for title, detail in errors.WORDS.values():
        yield from (title, detail)
    kinds: tuple[type[kernel_errors.DomainError], ...] = (
        kernel_errors.DomainError,
        *kernel_errors.DomainError.__subclasses__(),
    )
    for kind in kinds:
        if kind.__module__.startswith(("portal.kernel.errors", "portal.contas", "portal.errors")):
            yield kind.title
    yield from (errors.NOT_CONFIRMED, errors.NotConfirmed.title, *context.AVISOS.values())


class Spoken(HTMLParser):
    """What of a piece of markup a person reads or hears."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.silent += tag in ("script", "style")
        self.found += [value for name, value in attrs if name in SPOKEN and value]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.append(data)


def untranslated(path: Path) -> list[str]:
    """Words that stand in a template as they are; what the tags put in is left out."""
    markup = "".join(node.s if isinstance(node, TextNode) else "\0" for node in _leaves(path))
    reader = Spoken()
    reader.feed(markup)
    words = (word for text in reader.found for word in LETTERS.findall(text))
    return [word for word in words if word not in NAMES]


def _leaves(path: Path) -> Iterator[Node]:
    return (node for node in nodes(path) if isinstance(node, TextNode) or not getattr(node, "child_nodelists", ()))
