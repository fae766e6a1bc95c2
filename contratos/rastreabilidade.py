"""From clause to code to test: what carries each clause out, and the table that shows it."""

import pkgutil
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from contratos.domain.clausulas import Classe, Clausula, Registro, Situacao
from contratos.marcas import Testes

COMANDO = "./dev manage rastreabilidade --escrever docs/rastreabilidade.md"
CABECALHO = "| Nº | Classe | O que diz | Prazo | Código | Testes | Situação |\n|---|---|---|---|---|---|---|"


@cache
def resolves(nome: str) -> bool:
    """Whether there is such a code object, as in `contratos.services.sign`."""
    try:
        pkgutil.resolve_name(nome)
    except (ImportError, AttributeError, ValueError):
        return False
    return True


def situacao(clausula: Clausula) -> Situacao:
    """Never stated by hand: it follows from what the clause asks and from the code that is there."""
    if clausula.classe is Classe.INFO:
        return Situacao.INFORMATIVA
    built = clausula.realizada_em and all(map(resolves, clausula.realizada_em))
    return Situacao.CONSTRUIDA if built else Situacao.PENDENTE


def unproved(clausulas: Iterable[Clausula], testes: Testes) -> list[str]:
    """Clauses that count as built although no test is marked with them."""
    built = (clausula for clausula in clausulas if situacao(clausula) is Situacao.CONSTRUIDA)
    return [clausula.numero for clausula in built if not testes.get(clausula.chave)]


def as_markdown(registro: Registro, testes: Testes) -> str:
    parts = [_top(registro, testes)]
    chapter = ""
    for secao in registro.secoes:
        if secao.capitulo != chapter:
            chapter = secao.capitulo
            parts.append(f"## {chapter}")
        rows = [_row(clausula, testes, several=len(registro.revisoes) > 1) for clausula in secao.clausulas]
        parts.append("\n".join([f"### {secao.titulo}", "", CABECALHO, *rows]))
    return "\n\n".join(parts) + "\n"


def _top(registro: Registro, testes: Testes) -> str:
    clausulas = list(registro.clausulas.values())
    situacoes = Counter(map(situacao, clausulas))
    classes = Counter(clausula.classe for clausula in clausulas)
    revisoes = "; ".join(
        f"Revisão {r.numero} ({r.ato}, em vigor desde {r.vigencia:%d/%m/%Y})" for r in registro.revisoes.values()
    )
    return "\n".join(
        [
            "# Rastreabilidade das cláusulas do Submódulo 3.2",
            "",
            f"Não edite: `{COMANDO}` refaz esta página",
            'a partir de `contratos/domain/clausulas/` e das marcas `@pytest.mark.clausula("3.10")` dos testes.',
            "",
            f"{revisoes}: {len(clausulas)} cláusulas, "
            f"{len({nome for nomes in testes.values() for nome in nomes})} testes marcados.",
            "",
            _counts("Situação", {s: situacoes[s] for s in Situacao}),
            "",
            _counts("Classe", {c: classes[c] for c in Classe}),
        ]
    )


def _counts(title: str, found: Mapping[Situacao, int] | Mapping[Classe, int]) -> str:
    return "\n".join([f"| {title} | Cláusulas |", "|---|---|", *(f"| {name} | {n} |" for name, n in found.items())])


def _row(clausula: Clausula, testes: Testes, *, several: bool) -> str:
    cells = [
        clausula.numero + (f" (rev. {clausula.revisao})" if several else ""),
        " + ".join(clausula.classes),
        clausula.texto,
        "; ".join([*_code(clausula.prazos), *filter(None, [clausula.prazo_texto])]),
        "<br>".join(_code(clausula.realizada_em)),
        "<br>".join(_code(testes.get(clausula.chave, ()))),
        situacao(clausula) + (f": {clausula.porque}" if clausula.porque else ""),
    ]
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _code(names: Sequence[str]) -> list[str]:
    return [f"`{name}`" for name in names]
