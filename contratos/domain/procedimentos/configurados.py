"""Deadlines that the document leaves open and the operator sets (3.85: “conforme procedimento publicado”)."""

from collections.abc import Iterator, Mapping

from contratos.domain.prazos import ExpressaoInvalida, needed, parse
from contratos.domain.procedimentos.modelo import Atividade, Fato, Procedimento

SEM_PRAZO = "N.A."


def deadline_of(procedimento: Procedimento, atividade: Atividade, configurados: Mapping[str, str]) -> str:
    """The document's own, or what was set where it gives none."""
    if atividade.prazo != SEM_PRAZO:
        return atividade.prazo
    return configurados.get(f"{procedimento.codigo}.{atividade.codigo}", SEM_PRAZO)


def problems(configurados: Mapping[str, str], procedimentos: Mapping[str, Procedimento]) -> Iterator[str]:
    """What of it cannot be, each with what could."""
    for nome, prazo in configurados.items():
        codigo, _, passo = nome.partition(".")
        procedimento = procedimentos.get(codigo)
        atividade = procedimento.por_codigo.get(passo) if procedimento else None
        if procedimento is None or atividade is None:
            yield f"{nome}: não há esta atividade. Escreva procedimento.atividade, como anuencia_cer.N2."
        elif atividade.prazo != SEM_PRAZO or atividade.fato is Fato.DECURSO:
            yield f"{nome}: o prazo desta atividade é o do documento ({atividade.prazo}) e não se configura."
        else:
            yield from _expression_problems(nome, prazo, procedimento)


def _expression_problems(nome: str, prazo: str, procedimento: Procedimento) -> Iterator[str]:
    try:
        letters = needed(parse(prazo))
    except ExpressaoInvalida as error:
        yield f"{nome}: “{prazo}” não é um prazo. {error.detail}"
        return
    if unknown := sorted(letters - set(procedimento.ancoras)):
        known = ", ".join(procedimento.ancoras) or "nenhuma data"
        yield f"{nome}: “{prazo}” conta-se de {', '.join(unknown)}, que o fluxo não tem; ele tem {known}."
