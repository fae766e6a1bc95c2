"""Rules as small objects, all of them examined, each on its own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

from portal.kernel.guard import is_input_error

S = TypeVar("S")

ILEGIVEL = "Não foi possível ler esta informação: o conteúdo do arquivo está malformado."


class Situacao(StrEnum):
    OK = "ok"
    FALHA = "falha"
    AVISO = "aviso"
    NAO_AVALIADA = "nao-avaliada"


class Finding(NamedTuple):
    """What one check found; `como_resolver` is more exact than the rule's own, where given."""

    situacao: Situacao
    encontrado: str
    como_resolver: str = ""


@dataclass(frozen=True, slots=True)
class Rule(Generic[S]):
    """One sentence of a document (or of the house) and how to check it.

    `exigido` may depend on the subject, because limits are data of the policy in force.
    """

    codigo: str
    titulo: str
    fonte: str
    exigido: str | Callable[[S], str]
    como_resolver: str
    check: Callable[[S], Finding]


class Resultado(NamedTuple):
    codigo: str
    titulo: str
    situacao: Situacao
    encontrado: str
    exigido: str
    como_resolver: str
    fonte: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    resultados: tuple[Resultado, ...]

    @property
    def aceito(self) -> bool:
        """At least one rule was examined and none failed."""
        return bool(self.resultados) and not self.falhas

    @property
    def falhas(self) -> tuple[Resultado, ...]:
        return self._with(Situacao.FALHA)

    @property
    def avisos(self) -> tuple[Resultado, ...]:
        return self._with(Situacao.AVISO)

    @property
    def nao_avaliadas(self) -> tuple[Resultado, ...]:
        return self._with(Situacao.NAO_AVALIADA)

    def _with(self, situacao: Situacao) -> tuple[Resultado, ...]:
        return tuple(r for r in self.resultados if r.situacao == situacao)


def examine(subject: S, rules: Sequence[Rule[S]]) -> Verdict:
    """Examine every rule, so that a person learns all breaches at once. Never raises."""
    return Verdict(tuple(_examine(subject, rule) for rule in rules))


def _examine(subject: S, rule: Rule[S]) -> Resultado:
    try:
        finding, exigido = rule.check(subject), _exigido(subject, rule)
    except BaseException as error:
        if not is_input_error(error):
            raise
        finding = Finding(Situacao.FALHA, ILEGIVEL)
        exigido = rule.exigido if isinstance(rule.exigido, str) else rule.titulo
    remedy = finding.como_resolver
    if not remedy and finding.situacao in (Situacao.FALHA, Situacao.AVISO):
        remedy = rule.como_resolver
    return Resultado(rule.codigo, rule.titulo, finding.situacao, finding.encontrado, exigido, remedy, rule.fonte)


def _exigido(subject: S, rule: Rule[S]) -> str:
    return rule.exigido if isinstance(rule.exigido, str) else rule.exigido(subject)
