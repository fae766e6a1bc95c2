"""Kinds of contract, and the two machines of its life: being signed, and being registered.

The drawing of flow 1 has one line of states. Contracts of existing energy and of adjustment are registered before they
are signed (3.15.1), so that the line is two here, and the state that people read is made of both.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from portal.kernel.errors import Conflict


class Especie(StrEnum):
    CCEAR_QUANTIDADE = "ccear_quantidade"
    CCEAR_DISPONIBILIDADE = "ccear_disponibilidade"
    CER = "cer"
    CA = "ca"
    CCER = "ccer"
    CBR = "cbr"
    CONUER = "conuer"
    PROINFA = "proinfa"
    ITAIPU = "itaipu"
    CCGF = "ccgf"
    CCEN = "ccen"
    SUPRIMENTO = "suprimento"


ESPECIES = {
    Especie.CCEAR_QUANTIDADE: "CCEAR por quantidade",
    Especie.CCEAR_DISPONIBILIDADE: "CCEAR por disponibilidade",
    Especie.CER: "Contrato de Energia de Reserva (CER)",
    Especie.CA: "Contrato de Leilão de Ajuste (CA)",
    Especie.CCER: "Contrato de Compra de Energia Regulada (CCER)",
    Especie.CBR: "Contrato Bilateral Regulado (CBR)",
    Especie.CONUER: "Contrato de Uso da Energia de Reserva (CONUER)",
    Especie.PROINFA: "Cota do PROINFA",
    Especie.ITAIPU: "Cota-parte de Itaipu",
    Especie.CCGF: "Cota de garantia física",
    Especie.CCEN: "Cota de energia nuclear",
    Especie.SUPRIMENTO: "Suprimento entre distribuidoras",
}
CCEAR = frozenset({Especie.CCEAR_QUANTIDADE, Especie.CCEAR_DISPONIBILIDADE})
DE_LEILAO = CCEAR | {Especie.CER, Especie.CA}
CCEE_ACER = "CCEE (ACER)"  # the other side of a CER: Agente Comercializador da Energia de Reserva
COTISTAS = "cotistas do PROINFA"  # the other side of the ACEP's own account
COM_CCG = DE_LEILAO - {Especie.CER}
SEM_COMPRADOR = frozenset({Especie.CER, Especie.CONUER})  # CCEE is the other side, always
COM_MONTANTE = frozenset(Especie) - {Especie.CONUER}
SEM_FIM = date.max  # of a supply that ends with the membership of its party: a CONUER
PAPEIS = {  # what each side is called, seller's first
    Especie.CONUER: ("Usuário de energia de reserva", "Agente comercializador"),
    Especie.CCER: ("Distribuidora", "Consumidor"),
    Especie.PROINFA: ("ACEP", "Cotista"),
    Especie.SUPRIMENTO: ("Distribuidora supridora", "Distribuidora suprida"),
}
VENDEDOR_E_COMPRADOR = ("Vendedor", "Comprador")


class Assinatura(StrEnum):
    RASCUNHO = "rascunho"
    EM_ELABORACAO = "em_elaboracao"
    EM_VALIDACAO = "em_validacao"
    DISPONIVEL = "disponivel_assinatura"
    PARCIAL = "assinado_parcial"
    ASSINADO = "assinado"
    NAO_ASSINADO = "nao_assinado"


class Registro(StrEnum):
    NAO_REGISTRADO = "nao_registrado"
    VALIDADO_CCEE = "validado_ccee"
    REGISTRADO = "registrado"
    SUSPENSO = "suspenso"
    ENCERRADO = "encerrado"
    CANCELADO = "cancelado"
    DISTRATADO = "distratado"
    RESCINDIDO = "rescindido"


NOMES: Mapping[StrEnum, str] = {
    Assinatura.RASCUNHO: "Rascunho",
    Assinatura.EM_ELABORACAO: "Em elaboração",
    Assinatura.EM_VALIDACAO: "Em validação",
    Assinatura.DISPONIVEL: "Disponível para assinatura",
    Assinatura.PARCIAL: "Assinado por uma das partes",
    Assinatura.ASSINADO: "Assinado",
    Assinatura.NAO_ASSINADO: "Não assinado",
    Registro.NAO_REGISTRADO: "Não registrado",
    Registro.VALIDADO_CCEE: "Validado pela CCEE",
    Registro.REGISTRADO: "Registrado",
    Registro.SUSPENSO: "Suspenso",
    Registro.ENCERRADO: "Encerrado",
    Registro.CANCELADO: "Cancelado",
    Registro.DISTRATADO: "Distratado",
    Registro.RESCINDIDO: "Rescindido",
}
_A, _R = Assinatura, Registro
PASSAGENS: Mapping[StrEnum, frozenset[StrEnum]] = {
    _A.RASCUNHO: frozenset({_A.EM_ELABORACAO}),
    _A.EM_ELABORACAO: frozenset({_A.EM_VALIDACAO, _A.NAO_ASSINADO}),
    _A.EM_VALIDACAO: frozenset({_A.EM_ELABORACAO, _A.DISPONIVEL, _A.NAO_ASSINADO}),
    _A.DISPONIVEL: frozenset({_A.PARCIAL, _A.ASSINADO, _A.NAO_ASSINADO}),
    _A.PARCIAL: frozenset({_A.ASSINADO, _A.NAO_ASSINADO}),
    _A.ASSINADO: frozenset(),
    _A.NAO_ASSINADO: frozenset(),
    _R.NAO_REGISTRADO: frozenset({_R.VALIDADO_CCEE}),
    _R.VALIDADO_CCEE: frozenset({_R.REGISTRADO}),
    _R.REGISTRADO: frozenset({_R.SUSPENSO, _R.ENCERRADO, _R.CANCELADO, _R.DISTRATADO, _R.RESCINDIDO}),
    # 3.7 bars what the parties agree on: neither ANEEL's decision nor a court's, nor a desligamento, waits for its end.
    _R.SUSPENSO: frozenset({_R.REGISTRADO, _R.CANCELADO, _R.ENCERRADO}),
    _R.ENCERRADO: frozenset(),
    _R.CANCELADO: frozenset(),
    _R.DISTRATADO: frozenset(),
    _R.RESCINDIDO: frozenset({_R.CANCELADO}),  # 3.112: ended by agreement first, cancelled after ANEEL's decision
}


def passages(de: StrEnum, especie: Especie | None = None) -> frozenset[StrEnum]:
    """What comes next. A contract of no auction is registered by its parties, without CCEE's validation (3.28)."""
    direct = de is Registro.NAO_REGISTRADO and especie is not None and especie not in DE_LEILAO
    return frozenset({Registro.REGISTRADO}) if direct else PASSAGENS[de]


def require_passage(de: StrEnum, para: StrEnum, especie: Especie | None = None) -> None:
    """Raises Conflict with what is possible from there."""
    if para in passages(de, especie):
        return
    possible = (
        " ou ".join(sorted(NOMES[state] for state in passages(de, especie))) or "nenhuma outra: a situação é final"
    )
    raise Conflict(f"O contrato está “{NOMES[de]}” e não pode passar a “{NOMES[para]}”. Daqui passa a: {possible}.")


def situacao(assinatura: Assinatura, registro: Registro, especie: Especie) -> str:
    """The one state that people read: of the registration where there is one, else of the signature."""
    signed_first = registro is Registro.NAO_REGISTRADO and especie in DE_LEILAO
    return NOMES[assinatura if signed_first else registro]


def order_problem(inicio: date, fim: date) -> str:
    """'' where a supply ends no sooner than it begins."""
    if inicio <= fim:
        return ""
    return f"O suprimento terminaria ({fim:%d/%m/%Y}) antes de começar ({inicio:%d/%m/%Y})."
