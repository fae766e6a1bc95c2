"""How a registered contract may end, and why not by hand where a clause lays down the way."""

from contratos.domain.contrato import CCEAR, DE_LEILAO, Especie, Registro

FINAIS = (Registro.ENCERRADO, Registro.CANCELADO, Registro.DISTRATADO, Registro.RESCINDIDO)
DE_CCEAR = {
    Registro.CANCELADO: (
        "Cláusula 3.109: o registro de CCEAR só se cancela depois de decisão da ANEEL. "
        "Use “Cancelar o registro”, com o ato publicado."
    ),
    Registro.RESCINDIDO: (
        "Cláusulas 3.103 e 3.112: um CCEAR se rescinde por acordo bilateral registrado e validado; "
        "o portal o dá por rescindido no mês de início do acordo."
    ),
}
DO_LEILAO = {
    Registro.DISTRATADO: (
        "Cláusula 3.86.1: o distrato se celebra junto com o novo contrato da sucessora. "
        "Use “Informar sucessão”; o contrato fica distratado na data do efeito."
    ),
}

DE_CBR = (
    "Cláusula 3.32: o registro de um CBR só se finaliza por acordo das partes, desligamento de agente ou decisão. "
    "Use “Finalizar o CBR”, com o documento, ou a finalização por acordo."
)


def end_problem(especie: Especie, para: Registro) -> str:
    """'' where CCEE may say so by itself."""
    if especie in CCEAR and para in DE_CCEAR:
        return DE_CCEAR[para]
    if especie is Especie.CBR and para is not Registro.ENCERRADO:
        return DE_CBR
    return DO_LEILAO.get(para, "") if especie in DE_LEILAO else ""


def ends(especie: Especie) -> list[Registro]:
    """Those that CCEE may choose."""
    return [each for each in FINAIS if not end_problem(especie, each)]
