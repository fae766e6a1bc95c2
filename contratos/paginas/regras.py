"""What the page of clauses shows: those in force, searched and filtered, section by section."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from contratos import rastreabilidade
from contratos.domain.clausulas import REGISTRO, Classe, Clausula, Registro, Secao, Situacao
from contratos.forms import RegrasForm
from portal.kernel.text import searchable

NUMERO = re.compile(r"3(\.\d+){0,2}\.?")
SITUACOES = {
    Situacao.CONSTRUIDA: "O portal já faz o que a cláusula pede, e há teste que o prova.",
    Situacao.INFORMATIVA: "A cláusula não pede ação do portal.",
    Situacao.PENDENTE: "O portal ainda não faz o que a cláusula pede.",
}
TOM = {Situacao.CONSTRUIDA: "ok", Situacao.INFORMATIVA: "neutro", Situacao.PENDENTE: "neutro"}


@dataclass(frozen=True, slots=True)
class Linha:
    clausula: Clausula
    situacao: Situacao
    palavras: str  # folded, to search in

    @property
    def tom(self) -> str:
        return TOM[self.situacao]


Grupo = tuple[Secao, list[Linha]]


def page(query: Mapping[str, str], *, on: date, registro: Registro = REGISTRO) -> dict[str, Any]:
    form = RegrasForm(query)
    chosen = form.cleaned_data if form.is_valid() else {}
    everything = _groups(registro, on)
    found = _filtered(everything, _wanted(**chosen))
    counted = Counter(linha.situacao for _, linhas in everything for linha in linhas)
    return {
        "form": form,
        "grupos": found,
        "encontradas": sum(len(linhas) for _, linhas in found),
        "total": sum(len(linhas) for _, linhas in everything),
        "contagem": [(s, counted[s]) for s in Situacao],
        "classes": [(classe, classe.explicacao) for classe in Classe],
        "situacoes": list(SITUACOES.items()),
        "revisao": registro.revisao(on),
    }


@lru_cache(maxsize=2)
def _groups(registro: Registro, on: date) -> list[Grupo]:
    """All that is in force on that day, worked out once for it."""
    return [(secao, [_linha(c, secao) for c in clausulas]) for secao, clausulas in registro.em_vigor(on)]


def _linha(clausula: Clausula, secao: Secao) -> Linha:
    parts = (clausula.numero, clausula.texto, clausula.quem, *clausula.prazos, clausula.prazo_texto)
    more = (clausula.nota, clausula.porque, secao.titulo, secao.capitulo)
    return Linha(clausula, rastreabilidade.situacao(clausula), searchable(" ".join([*parts, *more])))


def _wanted(busca: str = "", classe: str = "", situacao: str = "") -> Callable[[Linha], bool]:
    numero = busca.strip().rstrip(".") if NUMERO.fullmatch(busca.strip()) else ""
    words = [] if numero else searchable(busca).split()

    def wanted(linha: Linha) -> bool:
        return (
            f"{linha.clausula.numero}.".startswith(f"{numero}." if numero else "")
            and all(word in linha.palavras for word in words)
            and (not classe or classe in linha.clausula.classes)
            and situacao in ("", linha.situacao)
        )

    return wanted


def _filtered(groups: list[Grupo], wanted: Callable[[Linha], bool]) -> list[Grupo]:
    found = [(secao, [linha for linha in linhas if wanted(linha)]) for secao, linhas in groups]
    return [(secao, linhas) for secao, linhas in found if linhas]
