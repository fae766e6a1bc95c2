"""3.97: each amendment of an auction's contracts: the act, how far its signature is, and whether it has effect."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from contratos.domain.andamento import Situacao
from contratos.domain.relatorios.fatos import CCEE, Etapa, Quem
from contratos.domain.relatorios.folha import Celula, Ficha, Relatorio
from portal.kernel.business_days import Calendario
from portal.kernel.cnpj import mask

CODIGO, CLAUSULA = "aditamentos", "3.97"
TITULO = "Aditamentos e suas assinaturas"
ATO, FORMULARIO, EFICACIA = ("A1", "A2a"), ("A2a", "A2b"), ("A6",)
TERMO = ("A5v", "A5c")
QUANDO = {  # column: the activities of which one brings it about
    "Ato informado em": ATO,
    "Formulário emitido em": FORMULARIO,
    "Formulário assinado pelo vendedor em": ("A3v",),
    "Formulário assinado pelo comprador em": ("A3c",),
    "Termo disponível em": ("A4",),
    "Termo assinado pelo vendedor em": ("A5v",),
    "Termo assinado pelo comprador em": ("A5c",),
}
COLUNAS = (
    "Leilão",
    "Contrato",
    "Vendedor",
    "CNPJ do vendedor",
    "Comprador",
    "CNPJ do comprador",
    "Ato",
    "Aberto em",
    *QUANDO,
    "Cláusulas alteradas",
    "Prazo da assinatura",
    "Dias úteis de atraso",
    "Pendência",
    "Eficaz desde",
    "Instrumento da eficácia",
)
VAZIO = "Nenhum contrato do leilão tinha aditamento aberto nessa data."
TONS = {"Eficaz": "ok", "Assinado sem eficácia": "alerta", "Atrasado": "erro", "Em assinatura": "alerta"}


@dataclass(frozen=True, slots=True)
class Aditivo:
    """`fim`: the day on which it ended, and what it was called then."""

    contrato: str
    leilao: str
    vendedor: Quem
    comprador: Quem
    aberto: date
    etapas: tuple[Etapa, ...]
    fim: tuple[date, str] | None = None

    def on(self, em: date) -> "Aditivo":
        fim = self.fim if self.fim and self.fim[0] <= em else None
        return replace(self, etapas=tuple(etapa.on(em) for etapa in self.etapas if etapa.criada <= em), fim=fim)

    def done(self, codigos: tuple[str, ...]) -> Etapa | None:
        """The latest of them that somebody did."""
        found = [e for e in self.etapas if e.codigo in codigos and e.situacao is Situacao.CONCLUIDA]
        return max(found, key=lambda etapa: (etapa.encerrada or date.min, etapa.codigo), default=None)

    @property
    def assinado(self) -> bool:
        return all(self.done((codigo,)) for codigo in TERMO)

    def is_late(self, em: date) -> bool:
        return any(etapa.is_late(em) for etapa in self.etapas if etapa.codigo in TERMO)

    def state(self, em: date) -> str:
        if self.fim is not None:
            return self.fim[1].capitalize()
        if self.assinado:
            return "Assinado sem eficácia"
        return "Atrasado" if self.is_late(em) else "Em assinatura" if self.done(FORMULARIO) else "Em preparação"


def write(aditivos: Iterable[Aditivo], em: date, calendario: Calendario) -> Relatorio:
    found = [aditivo.on(em) for aditivo in aditivos if aditivo.aberto <= em]
    states = [aditivo.state(em) for aditivo in found]
    resumo: tuple[tuple[str, Celula], ...] = (
        ("Aditamentos", len(found)),
        ("Eficazes", states.count("Eficaz")),
        ("Assinados sem eficácia", states.count("Assinado sem eficácia")),
        ("Não assinados depois do prazo", states.count("Atrasado")),
    )
    fichas = tuple(_of(aditivo, em, calendario) for aditivo in found)
    return Relatorio(CODIGO, CLAUSULA, TITULO, em, COLUNAS, resumo, fichas, VAZIO)


def _of(aditivo: Aditivo, em: date, calendario: Calendario) -> Ficha:
    signatures = [etapa for etapa in aditivo.etapas if etapa.codigo in TERMO]
    estado = aditivo.state(em)
    effect = aditivo.done(EFICACIA)
    known: dict[str, Celula] = {
        "Leilão": aditivo.leilao,
        "Contrato": aditivo.contrato,
        "Vendedor": aditivo.vendedor.sigla,
        "CNPJ do vendedor": mask(aditivo.vendedor.cnpj),
        "Comprador": aditivo.comprador.sigla,
        "CNPJ do comprador": mask(aditivo.comprador.cnpj) if aditivo.comprador != CCEE else "",
        "Ato": _evidence(aditivo.done(ATO)),
        "Aberto em": aditivo.aberto,
        **{coluna: _day(aditivo.done(codigos)) for coluna, codigos in QUANDO.items()},
        "Cláusulas alteradas": _evidence(aditivo.done(("A4",))),
        "Prazo da assinatura": max((e.vence for e in signatures if e.vence), default=None),
        "Dias úteis de atraso": max((e.days_late(em, calendario) for e in signatures), default=0) or None,
        "Pendência": "; ".join(_pending(etapa) for etapa in aditivo.etapas if etapa.situacao is Situacao.ABERTA),
        "Eficaz desde": _day(effect),
        "Instrumento da eficácia": _evidence(effect),
    }
    return Ficha(aditivo.contrato, estado, TONS.get(estado, "neutro"), {coluna: known[coluna] for coluna in COLUNAS})


def _pending(etapa: Etapa) -> str:
    return f"{etapa.nome}: {' ou '.join(who.sigla for who in etapa.de_quem)}"


def _day(etapa: Etapa | None) -> date | None:
    return etapa.encerrada if etapa else None


def _evidence(etapa: Etapa | None) -> str:
    return etapa.evidencia if etapa else ""
