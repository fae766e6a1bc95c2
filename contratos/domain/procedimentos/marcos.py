"""The milestones inside the 25 business days: sets that CCEE configures, publishes and replaces (3.11 to 3.13)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from contratos.domain.procedimentos.modelo import Atividade, Exigencia, Procedimento, Responsavel
from portal.kernel.errors import DomainError

TOTAL_DU = 25
MINIMO_DO_AGENTE = 3  # 3.11; it does not bind 3.9 and 3.90, which have two in the text itself


class Tipo(StrEnum):
    """The six that no set may lack (3.13), and any other."""

    ATO = "ato"
    INFORMACOES = "informacoes"
    ANALISE = "analise"
    VALIDACAO = "validacao"
    GARANTIAS = "garantias"
    DISPONIVEL = "disponivel"
    OUTRO = "outro"


TIPOS = {
    Tipo.ATO: "registro do ato autorizativo",
    Tipo.INFORMACOES: "pedido de informações aos agentes",
    Tipo.ANALISE: "análise da CCEE e saneamento de pendências",
    Tipo.VALIDACAO: "validação por quem vai assinar",
    Tipo.GARANTIAS: "garantias, em paralelo",
    Tipo.DISPONIVEL: "contrato disponível para assinatura, com o protocolo de autenticidade",
}
EVIDENCIAS = {
    Tipo.ATO: ("outorga",),
    Tipo.INFORMACOES: ("informacoes",),
    Tipo.ANALISE: ("parecer",),
    Tipo.VALIDACAO: ("parecer",),
    Tipo.GARANTIAS: ("garantia",),
    Tipo.DISPONIVEL: ("documento",),
    Tipo.OUTRO: ("registro",),
}
EXIGENCIAS = {
    Tipo.GARANTIAS: (Exigencia.GARANTIAS,),
    Tipo.DISPONIVEL: (Exigencia.OUTORGA, Exigencia.AGENTES_ATIVOS, Exigencia.GARANTIAS, Exigencia.EDITAL),
}


class MarcosRecusados(DomainError):
    code, title = "marcos-recusados", "Conjunto de marcos recusado"


@dataclass(frozen=True, slots=True)
class Marco:
    """`ate_du`: due on that business day after the anchor of the flow."""

    codigo: str
    nome: str
    tipo: Tipo
    responsavel: Responsavel
    ate_du: int
    depois: tuple[str, ...] = ()


PADRAO = (
    Marco("M1", "Registrar o ato autorizativo", Tipo.ATO, Responsavel.VENDEDOR, 3),
    Marco("M2", "Pedir informações aos agentes", Tipo.INFORMACOES, Responsavel.CCEE, 5, ("M1",)),
    Marco("M3v", "Responder às informações (vendedor)", Tipo.INFORMACOES, Responsavel.VENDEDOR, 9, ("M2",)),
    Marco("M3c", "Responder às informações (comprador)", Tipo.INFORMACOES, Responsavel.COMPRADOR, 9, ("M2",)),
    Marco("M4", "Analisar e sanear pendências", Tipo.ANALISE, Responsavel.CCEE, 13, ("M3v", "M3c")),
    Marco("M5v", "Validar a minuta (vendedor)", Tipo.VALIDACAO, Responsavel.VENDEDOR, 17, ("M4",)),
    Marco("M5c", "Validar a minuta (comprador)", Tipo.VALIDACAO, Responsavel.COMPRADOR, 17, ("M4",)),
    Marco("M6", "Apresentar as garantias", Tipo.GARANTIAS, Responsavel.VENDEDOR, 18, ("M2",)),
    Marco("M7", "Disponibilizar para assinatura", Tipo.DISPONIVEL, Responsavel.CCEE, 20, ("M5v", "M5c", "M6")),
)


def check(marcos: Iterable[Marco]) -> tuple[Marco, ...]:
    """The set, in order. Raises MarcosRecusados with everything that is wrong with it (3.11, 3.12, 3.13)."""
    found = tuple(marcos)
    errors = [*_missing(found), *_too_short(found)]
    if errors:
        raise MarcosRecusados(" ".join(errors), erros={"marcos": errors})
    return found


def _missing(marcos: tuple[Marco, ...]) -> Iterable[str]:
    there = {marco.tipo for marco in marcos}
    for tipo, nome in TIPOS.items():
        if tipo not in there:
            yield f"Falta o marco obrigatório de {nome} (3.13)."


def _too_short(marcos: tuple[Marco, ...]) -> Iterable[str]:
    day: dict[str, int] = {}
    for marco in marcos:
        if unknown := [codigo for codigo in marco.depois if codigo not in day]:
            yield f"{marco.codigo} vem depois de {', '.join(unknown)}, que não está antes dele."
        if marco.codigo in day:
            yield f"{marco.codigo} aparece duas vezes."
        start = max((day.get(codigo, 0) for codigo in marco.depois), default=0)
        day[marco.codigo] = marco.ate_du
        length = marco.ate_du - start
        least = 1 if marco.responsavel is Responsavel.CCEE else MINIMO_DO_AGENTE
        if length < least:
            yield (
                f"{marco.codigo} tem {length} dias úteis depois do marco anterior; "
                f"são necessários ao menos {least} (3.11)."
            )
        if marco.ate_du > TOTAL_DU:
            yield f"{marco.codigo} termina no {marco.ate_du}º dia útil; o total é de {TOTAL_DU} (3.11)."


def as_procedure(marcos: tuple[Marco, ...], *, ancora: str, versao: int) -> Procedimento:
    """`ancora`: the start of the 25 business days, as in `max(P,H)` or `H`."""
    return Procedimento(
        "marcos",
        "Marcos até a assinatura",
        tuple(letra for letra in ("P", "H") if letra in ancora),
        tuple(
            Atividade(
                marco.codigo,
                marco.nome,
                marco.responsavel,
                f"{ancora}+{marco.ate_du}du",
                ("3.11", "3.13"),
                depois=marco.depois,
                evidencia=EVIDENCIAS[marco.tipo],
                exige=EXIGENCIAS.get(marco.tipo, ()),
                estado=marco.nome.lower(),
            )
            for marco in marcos
        ),
        versao=versao,
        concluido="disponível para assinatura",
    )
