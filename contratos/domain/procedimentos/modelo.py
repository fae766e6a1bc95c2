"""What a procedure is made of: data, in the order in which people act."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from contratos.domain.prazos import parse


class Responsavel(StrEnum):
    CCEE = "ccee"
    VENDEDOR = "vendedor"
    COMPRADOR = "comprador"
    AGENTES = "agentes"  # either party: whoever does it does it for both
    SOLICITANTE = "solicitante"
    BANCO = "banco"  # has no access: CCEE's people act on its papers


RESPONSAVEIS = {
    Responsavel.CCEE: "CCEE",
    Responsavel.VENDEDOR: "Vendedor",
    Responsavel.COMPRADOR: "Comprador",
    Responsavel.AGENTES: "Agentes envolvidos",
    Responsavel.SOLICITANTE: "Agente solicitante",
    Responsavel.BANCO: "Banco gestor",
}
DA_CCEE = frozenset({Responsavel.CCEE, Responsavel.BANCO})


class Condicao(StrEnum):
    """How another activity must have ended, once its deadline has told."""

    NO_PRAZO = "no_prazo"
    ATRASOU = "atrasou"


class Fato(StrEnum):
    """What closes an activity that nobody closes by hand."""

    ASSINATURA = "assinatura"  # the party's signature on the document `assina` was accepted
    SUBFLUXO = "subfluxo"  # the flow under it ended
    DECURSO = "decurso"  # the nightly run found the time over


class Peca(StrEnum):
    """What is issued to be signed."""

    CONTRATO = "contrato"
    FORMULARIO = "formulario"
    TERMO_ADITIVO = "termo_aditivo"
    CCG = "ccg"


PECAS = {
    Peca.CONTRATO: "Contrato",
    Peca.FORMULARIO: "Formulário de alteração",
    Peca.TERMO_ADITIVO: "Termo aditivo",
    Peca.CCG: "Contrato de Constituição de Garantias",
}


class Exigencia(StrEnum):
    """Gates in front of a closing; contratos.services.portoes holds them."""

    OUTORGA = "outorga"
    GARANTIAS = "garantias"
    EDITAL = "edital"
    AGENTES_ATIVOS = "agentes_ativos"
    NAO_SO_TECNICA = "nao_so_tecnica"


@dataclass(frozen=True, slots=True)
class Atividade:
    """`depois`: all of them must be over; "A2a|A2b" is over with either, "S2=deferida" with that result.

    `evidencia` names what must be stated to close it. `volta` maps a result to the activity that starts again with it.
    `encerra` are the activities that end, undone, when this one closes.
    """

    codigo: str
    nome: str
    responsavel: Responsavel
    prazo: str
    clausulas: tuple[str, ...]
    depois: tuple[str, ...] = ()
    condicao: tuple[Condicao, str] | None = None
    evidencia: tuple[str, ...] = ()
    resultados: tuple[str, ...] = ()
    volta: tuple[tuple[str, str], ...] = ()
    encerra: tuple[str, ...] = ()
    exige: tuple[Exigencia, ...] = ()
    fato: Fato | None = None
    emite: Peca | None = None  # the document that the portal issues when this one closes
    assina: Peca | None = None  # the document that the party signs here
    opcional: bool = False
    recomeca: bool = False  # in a later round its T is the day on which the activity before it closed
    estado: str = ""  # what the flow is called while this is the next thing to do
    desfecho: str = ""  # what the flow is called when this one ends it early

    @property
    def anteriores(self) -> tuple[tuple[str, ...], ...]:
        """For each term of `depois` the codes of which one is enough."""
        return tuple(tuple(part.partition("=")[0] for part in term.split("|")) for term in self.depois)


@dataclass(frozen=True, slots=True)
class Procedimento:
    """Raises ValueError for data that contradict themselves. `versao` counts up with each change of the data."""

    codigo: str
    nome: str
    ancoras: tuple[str, ...]
    atividades: tuple[Atividade, ...]
    revisao: str = "6.0"
    versao: int = 1
    concluido: str = "concluído"
    subfluxos: tuple[tuple[str, str], ...] = ()  # (activity, procedure that opens with it)
    por_codigo: dict[str, Atividade] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "por_codigo", {a.codigo: a for a in self.atividades})
        seen: set[str] = set()
        for atividade in self.atividades:
            parse(atividade.prazo)
            self._check(atividade, seen)
            seen.add(atividade.codigo)
        if len(seen) != len(self.atividades):
            raise ValueError(f"{self.codigo}: an activity stands twice")

    def _check(self, atividade: Atividade, seen: set[str]) -> None:
        before = {codigo for term in atividade.anteriores for codigo in term}
        if not before <= seen:
            raise ValueError(f"{self.codigo}.{atividade.codigo}: comes before {sorted(before - seen)}")
        condition = {atividade.condicao[1]} if atividade.condicao else set()
        named = {*condition, *atividade.encerra, *(codigo for _, codigo in atividade.volta)}
        if not named <= self.por_codigo.keys():
            raise ValueError(f"{self.codigo}.{atividade.codigo}: names {sorted(named - self.por_codigo.keys())}")

    def depende_de(self, codigo: str) -> Iterable[str]:
        """Everything that comes after that activity, itself first: what starts again with it."""
        again = {codigo}
        for atividade in self.atividades:
            if any(again & set(term) for term in atividade.anteriores):
                again.add(atividade.codigo)
        return [atividade.codigo for atividade in self.atividades if atividade.codigo in again]
