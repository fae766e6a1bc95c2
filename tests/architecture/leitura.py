"""What the structure tests look for in a source text, one function per rule; each yields the breaches."""

import ast
import re
from collections.abc import Iterator

PACKAGES = ("portal", "adesao", "certificados", "contratos", "notificacoes")
MODEL_WRITES = {
    "create", "save", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create",
    "acreate", "asave", "adelete", "raw_delete",
}  # fmt: skip
QUERYSET = {"objects", "filter", "exclude", "all", "select_for_update", "select_related", "order_by"}
REAL_CLOCK = {
    "timezone.now", "timezone.localdate", "timezone.localtime", "datetime.now", "datetime.utcnow",
    "datetime.today", "date.today", "time.time", "time.time_ns",
}  # fmt: skip
TEMPLATE_BREACHES = {
    r"\|\s*safe\b": "|safe mostra sem escapar o que veio de fora",
    r"{%\s*autoescape\s+off": "autoescape off mostra sem escapar o que veio de fora",
    r"<(?:script|link|img|iframe|source)\b[^>]*\b(?:src|href)=[\"']?(?:https?:)?//": "recurso de terceiros",
    r"<script(?![^>]*\bsrc=)": "script dentro da página: a CSP o recusa",
    r"<style\b": "estilo dentro da página: a CSP o recusa",
    r"<[a-z][^>]*\sstyle=": "atributo style: a CSP o recusa",
    r"<[a-z][^>]*\son[a-z]+=": "atributo on…: a CSP o recusa",
    r"javascript:": "endereço javascript:: a CSP o recusa",
}
STYLESHEET_ASSET = re.compile(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//")
Breaches = Iterator[str]


def dotted(node: ast.expr) -> list[str]:
    """`Model.objects.filter(x).update` as its names, left to right; calls and indexes are passed over."""
    names: list[str] = []
    while True:
        match node:
            case ast.Attribute(value=value, attr=attr):
                names.append(attr)
                node = value
            case ast.Call(func=node) | ast.Subscript(value=node):
                continue
            case ast.Name(id=name):
                return [name, *names[::-1]]
            case _:
                return ["", *names[::-1]]


def imported(tree: ast.Module) -> set[str]:
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom))
    return {alias.asname or alias.name for node in imports for alias in node.names}


def model_writes(source: str) -> Iterator[tuple[int, list[str]]]:
    """Calls that write rows. `update` counts on a queryset only: dictionaries and digests have one too."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        names = dotted(node.func)
        if names[0] == "super":  # a model that guards its own save()
            continue
        if len(names) == 2 and (names[0][:1].isupper() or names[0] in imported(tree)):
            continue  # services.create(), Hierarquia.create(): a module's or a class's own; a model has .objects
        if names[-1] in MODEL_WRITES or (names[-1] == "update" and QUERYSET & set(names)):
            yield node.lineno, names


def writes_outside_services(source: str) -> Breaches:
    for line, names in model_writes(source):
        yield f"{line}: {'.'.join(names)}() só em services"


def writes_on_other_apps(source: str, *, app: str) -> Breaches:
    foreign = {
        alias.asname or alias.name: node.module
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and node.module and ".models" in f".{node.module}"
        if node.module.startswith(PACKAGES) and node.module.partition(".models")[0] != app
        for alias in node.names
    }
    for line, names in model_writes(source):
        if names[0] in foreign:
            yield f"{line}: {'.'.join(names)}() escreve em {foreign[names[0]]}; peça ao serviço de lá"


def long_functions(source: str, *, limit: int) -> Breaches:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
            lines = (body[-1].end_lineno or 0) - body[0].lineno + 1
            if lines > limit:
                yield f"{node.lineno}: {node.name} tem {lines} linhas, mais que {limit}"


def real_clock(source: str) -> Breaches:
    """Also as a default that is not called, and as auto_now: both read it where nobody passes the time."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and ".".join(dotted(node)[-2:]) in REAL_CLOCK:
            yield f"{node.lineno}: {'.'.join(dotted(node))} lê o relógio; receba o instante como argumento"
        if isinstance(node, ast.keyword) and node.arg in ("auto_now", "auto_now_add"):
            yield f"{node.value.lineno}: {node.arg} lê o relógio; receba o instante como argumento"


def portal_clock(source: str) -> Breaches:
    """Reading portal.clock: for views, tasks and commands only."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and dotted(node.func)[-2:] == ["clock", "now"]:
            yield f"{node.lineno}: clock.now(); receba o instante como argumento"
        if isinstance(node, ast.ImportFrom) and node.module == "portal.clock":
            yield from (f"{node.lineno}: importa now" for alias in node.names if alias.name == "now")


def unescaped(source: str) -> Breaches:
    for node in ast.walk(ast.parse(source)):
        match node:
            case (ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name)) as found:
                if name in ("mark_safe", "SafeString", "SafeText"):
                    yield f"{found.lineno}: {name}; use format_html"


def template_breaches(text: str) -> Breaches:
    for pattern, why in TEMPLATE_BREACHES.items():
        for match in re.finditer(pattern, text, re.IGNORECASE):
            yield f"{text.count(chr(10), 0, match.start()) + 1}: {why}"


def stylesheet_breaches(text: str) -> Breaches:
    for match in STYLESHEET_ASSET.finditer(text):
        yield f"{text.count(chr(10), 0, match.start()) + 1}: recurso de terceiros"


def arrow_breach(source: str, target: str, *, hidden: bool, layers: list[set[str]]) -> str:
    """A foreign key between apps: down the layers (top first), and with no accessor on the other side."""
    rank = {app: depth for depth, layer in enumerate(layers) for app in layer}
    if source == target:
        return ""
    if rank[target] <= rank[source]:
        return f"{source} → {target} não desce"
    return "" if hidden else f"{source} → {target} sem related_name='+'"
