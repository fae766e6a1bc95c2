"""What a clause is, and the registry in which the revisions of a clause stand side by side."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.kernel.errors import DomainError

Chave = tuple[str, str]  # number and revision


class ClausulaDesconhecida(DomainError):
    code, title = "clausula-desconhecida", "Cláusula desconhecida"


class Classe(StrEnum):
    """What the portal must do about a clause."""

    ENFORCE = "impede"
    TRACK = "acompanha"
    COMPUTE = "calcula"
    REPORT = "relata"
    INFO = "informa"

    @property
    def explicacao(self) -> str:
        return EXPLICACOES[self]


EXPLICACOES = {
    Classe.ENFORCE: "O portal não deixa fazer de outro jeito: recusa o que a cláusula proíbe e diz por quê.",
    Classe.TRACK: "O portal põe a obrigação na agenda de quem deve agir, avisa e mostra o atraso.",
    Classe.COMPUTE: "O portal faz a conta que a cláusula descreve e mostra de onde saiu o resultado.",
    Classe.REPORT: "O portal publica a informação ou monta o relatório.",
    Classe.INFO: "A cláusula não pede ação do portal; ele a mostra e diz o motivo.",
}


class Situacao(StrEnum):
    CONSTRUIDA = "construída"
    INFORMATIVA = "informativa"
    PENDENTE = "pendente"


@dataclass(frozen=True, slots=True)
class Revisao:
    numero: str
    vigencia: date
    ato: str

    @property
    def ordem(self) -> tuple[int, ...]:
        return tuple(map(int, self.numero.split(".")))


@dataclass(frozen=True, slots=True)
class Clausula:
    """One numbered premise, in our own words.

    `realizada_em` names the code objects that carry it out; `porque` says why a clause of class INFO asks nothing of
    the portal; `nota` is for slips of the document and for our reading where it is silent.
    """

    numero: str
    classe: Classe
    quem: str
    texto: str
    tambem: tuple[Classe, ...] = ()
    prazos: tuple[str, ...] = ()  # expressions of contratos.domain.prazos, in the order of the acts
    prazo_texto: str = ""
    nota: str = ""
    porque: str = ""
    realizada_em: tuple[str, ...] = ()
    revisao: str = "6.0"

    def __str__(self) -> str:
        return f"{self.numero} (rev. {self.revisao})"

    @property
    def chave(self) -> Chave:
        return self.numero, self.revisao

    @property
    def classes(self) -> tuple[Classe, ...]:
        return self.classe, *self.tambem


@dataclass(frozen=True, slots=True)
class Secao:
    """The clauses under one heading of the document, and the chapter that the heading is in."""

    capitulo: str
    titulo: str
    clausulas: tuple[Clausula, ...]


class Registro:
    """Every clause by number and revision. Raises ValueError for data that contradict themselves."""

    def __init__(self, revisoes: Iterable[Revisao], secoes: Iterable[Secao]) -> None:
        self.revisoes = {revisao.numero: revisao for revisao in revisoes}
        self.secoes = tuple(secoes)
        self.clausulas: dict[Chave, Clausula] = {}
        self._revisoes_de: dict[str, list[Revisao]] = {}
        for clausula in (clausula for secao in self.secoes for clausula in secao.clausulas):
            self._add(clausula)

    def _add(self, clausula: Clausula) -> None:
        if clausula.revisao not in self.revisoes:
            raise ValueError(f"{clausula.numero}: no revision {clausula.revisao}")
        if clausula.chave in self.clausulas:
            raise ValueError(f"{clausula.numero} stands twice in revision {clausula.revisao}")
        self.clausulas[clausula.chave] = clausula
        self._revisoes_de.setdefault(clausula.numero, []).append(self.revisoes[clausula.revisao])

    def clausula(self, numero: str, *, revisao: str = "", em: date | None = None) -> Clausula:
        """Of that revision, or else of the latest one; of the latest in force on the day `em`, where given."""
        found = [
            known
            for known in self._revisoes_de.get(numero, ())
            if revisao in ("", known.numero) and (em is None or known.vigencia <= em)
        ]
        if not found:
            which = f" na revisão {revisao}" if revisao else ""
            when = f" em vigor em {em:%d/%m/%Y}" if em else ""
            raise ClausulaDesconhecida(f"O Submódulo 3.2 não tem cláusula {numero}{which}{when}.")
        return self.clausulas[numero, max(found, key=lambda known: known.ordem).numero]

    def revisao(self, em: date) -> Revisao | None:
        """The latest in force on that day."""
        found = [revisao for revisao in self.revisoes.values() if revisao.vigencia <= em]
        return max(found, key=lambda revisao: revisao.ordem, default=None)

    def em_vigor(self, em: date) -> list[tuple[Secao, list[Clausula]]]:
        """Section by section, as the document orders them; a section with nothing in force yet is left out."""
        found = [(secao, [c for c in secao.clausulas if self._rules(c, em)]) for secao in self.secoes]
        return [(secao, clausulas) for secao, clausulas in found if clausulas]

    def _rules(self, clausula: Clausula, em: date) -> bool:
        return self.revisoes[clausula.revisao].vigencia <= em and self.clausula(clausula.numero, em=em) is clausula
