"""A month spread over its hours, once: of a CA (3.60, 3.61), of a CBR within one group (3.78.1, 3.78.2); and 3.54.

CCEE announces the dates; a flow is opened for each contract and month. Its anchors have the month itself, too, as `MS`,
which nobody corrects.
"""

from contratos.domain.contrato import Especie
from contratos.domain.modulacao import PRAZO_DO_PERCENTUAL
from contratos.domain.procedimentos.modelo import (
    Atividade,
    Condicao,
    Efeito,
    Exigencia,
    Fato,
    Pedido,
    Procedimento,
    Responsavel,
)

VALIDADA, DEVOLVIDA = "horas_validadas", "horas_devolvidas"
DEFINITIVA = "A modulação do mês é feita uma vez só: depois de definitiva não se muda nem se desfaz."
DO_CA = (Exigencia.REGISTRADO, Exigencia.JANELA_DE_MODULACAO, Exigencia.POTENCIA_INFORMADA)
DO_CBR = (Exigencia.REGISTRADO, Exigencia.ANTES_DO_PMO)


def _inform(
    quem: Responsavel,
    prazo: str,
    clausula: str,
    exige: tuple[Exigencia, ...],
    *,
    efeito: Efeito = Efeito.PROPOR_MODULACAO,
) -> Atividade:
    return Atividade(
        "H1",
        "Informar a modulação do mês",
        quem,
        prazo,
        (clausula,),
        evidencia=("modulacao",),
        exige=exige,
        efeito=efeito,
        estado=f"à espera do {quem.value}",
    )


def _validate(quem: Responsavel, prazo: str, clausula: str, exige: tuple[Exigencia, ...]) -> Atividade:
    return Atividade(
        "H2",
        "Validar a modulação do mês",
        quem,
        prazo,
        (clausula,),
        depois=("H1",),
        evidencia=("devolucao_da_modulacao",),
        exige=exige,
        resultados=(VALIDADA, DEVOLVIDA),
        volta=((DEVOLVIDA, "H1"),),
        efeito=Efeito.VALIDAR_MODULACAO,
        estado="à espera da validação",
    )


def _flat_of_ca(ultima: str) -> Atividade:
    """`ultima`: which of the parties' activities must be in time."""
    return Atividade(
        "H3",
        "Modular flat a energia do mês",
        Responsavel.CCEE,
        "N.A.",
        ("3.61",),
        condicao=(Condicao.ATRASOU, ultima),
        encerra=("H1", "H2") if ultima == "H2" else ("H1",),
        fato=Fato.DECURSO,
        efeito=Efeito.MODULAR_FLAT,
        opcional=True,
        desfecho="modulado flat",
    )


DATA_CA, ANTES_DO_PMO = "CAL:modulacao_ca", "CAL:pmo-1dc"
MODULACAO_CA = Procedimento(
    "modulacao_ca",
    "Modulação de CA",
    (DATA_CA,),
    (
        _inform(Responsavel.COMPRADOR, DATA_CA, "3.60", DO_CA),
        _validate(Responsavel.VENDEDOR, DATA_CA, "3.61", DO_CA),
        _flat_of_ca("H2"),
    ),
    concluido="modulado pelas partes",
    definitivo=DEFINITIVA,
)
MODULACAO_CA_SO_COMPRADOR = Procedimento(
    "modulacao_ca_so",
    "Modulação de CA, sem validação",
    (DATA_CA,),
    (_inform(Responsavel.COMPRADOR, DATA_CA, "3.60", DO_CA, efeito=Efeito.MODULAR), _flat_of_ca("H1")),
    concluido="modulado pelo comprador",
    definitivo=DEFINITIVA,
)
MODULACAO_CBR = Procedimento(
    "modulacao_cbr",
    "Modulação ex-ante de CBR",
    ("CAL:pmo", "CAL:pld"),
    (
        _inform(Responsavel.VENDEDOR, ANTES_DO_PMO, "3.78.1", DO_CBR),
        _validate(Responsavel.COMPRADOR, ANTES_DO_PMO, "3.78.1", DO_CBR),
        Atividade(
            "H3",
            "Modular flat a energia do mês",
            Responsavel.CCEE,
            "CAL:pld",
            ("3.78.2",),
            condicao=(Condicao.ATRASOU, "H2"),
            encerra=("H1", "H2"),
            exige=(Exigencia.DIA_DO_PLD,),
            efeito=Efeito.MODULAR_FLAT,
            opcional=True,
            desfecho="modulado flat",
        ),
    ),
    concluido="modulado pelas partes",
    definitivo=DEFINITIVA,
)
PERCENTUAL_ACL = Procedimento(
    "percentual_acl",
    "Geração da parcela do ambiente livre",
    ("MS",),
    (
        Atividade(
            "V1",
            "Informar o percentual da geração",
            Responsavel.VENDEDOR,
            PRAZO_DO_PERCENTUAL,
            ("3.54",),
            evidencia=("percentual_acl",),
            exige=(Exigencia.REGISTRADO,),
            efeito=Efeito.INFORMAR_PERCENTUAL,
        ),
    ),
    concluido="informado",
    pedido=Pedido(
        "Destinar geração do ACL",
        "Cláusula 3.54: o vendedor que opta por destinar ao contrato a geração mensal da parcela da usina no ambiente "
        "livre informa o percentual, até o 8º dia útil do mês seguinte. Até lá pode corrigi-lo: vale o último.",
        "Percentual registrado.",
        frozenset({Especie.CCEAR_DISPONIBILIDADE}),
        ancoras=(("MS", "mes_referencia"),),
    ),
)
DE_CA = (MODULACAO_CA, MODULACAO_CA_SO_COMPRADOR)
DE_MODULACAO = (*DE_CA, MODULACAO_CBR, PERCENTUAL_ACL)
