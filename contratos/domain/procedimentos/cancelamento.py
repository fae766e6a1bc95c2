"""Cancellation of a CCEAR's registration (3.109 to 3.112), and settled months that are to be settled again (3.106)."""

from contratos.domain.contrato import CCEAR
from contratos.domain.procedimentos.modelo import Atividade, Efeito, Exigencia, Pedido, Procedimento, Responsavel

CANCELAMENTO = Procedimento(
    "cancelamento_registro",
    "Cancelamento do registro de CCEAR",
    ("D",),
    (
        Atividade(
            "K1",
            "Registrar a decisão da ANEEL",
            Responsavel.CCEE,
            "N.A.",
            ("3.109",),
            evidencia=("decisao",),
            exige=(Exigencia.CANCELAVEL,),
            efeito=Efeito.REGISTRAR_DECISAO,
            estado="à espera da decisão",
        ),
        Atividade(
            "K2",
            "Cancelar o registro nos sistemas",
            Responsavel.CCEE,
            "D+3du",
            ("3.109", "3.110", "3.111", "3.112"),
            depois=("K1",),
            evidencia=("registro",),
            exige=(Exigencia.CANCELAVEL, Exigencia.RESCISAO_ACORDADA),
            efeito=Efeito.CANCELAR_REGISTRO,
            estado="decidido, a cancelar nos sistemas",
        ),
    ),
    concluido="registro cancelado",
    definitivo="Cláusula 3.109: o registro está cancelado desde a publicação da decisão; não se refaz.",
    pedido=Pedido(
        "Cancelar o registro",
        "Cláusula 3.109: o registro de CCEAR só é cancelado pela CCEE e depois de decisão da ANEEL; informe o ato. O "
        "efeito é o do dia em que o ato foi publicado. Cláusula 3.112: numa rescisão amigável, antes as partes "
        "registram e validam o acordo bilateral. Cláusula 3.111: cada mês já liquidado desde o efeito abre uma tarefa "
        "de recontabilização.",
        "Decisão registrada: o prazo para cancelar nos sistemas conta-se da publicação.",
        CCEAR,
        ancoras=(("D", "ato_publicado_em"),),
    ),
)
RECONTABILIZACAO = Procedimento(
    "recontabilizacao",
    "Recontabilização de mês liquidado",
    (),
    (
        Atividade(
            "R1",
            "Recontabilizar o mês",
            Responsavel.CCEE,
            "N.A.",
            ("3.111",),
            evidencia=("registro",),
            estado="a recontabilizar",
        ),
    ),
    concluido="recontabilizado",
)
PEDIDO_DE_RECONTABILIZACAO = Procedimento(
    "pedido_recontabilizacao",
    "Pedido de recontabilização",
    ("T",),
    (
        Atividade(
            "Q1",
            "Pedir a recontabilização",
            Responsavel.SOLICITANTE,
            "N.A.",
            ("3.106",),
            evidencia=("recontabilizacao",),
            exige=(Exigencia.CANCELAVEL,),
            efeito=Efeito.PEDIR_RECONTABILIZACAO,
            estado="em pedido",
        ),
        Atividade(
            "Q2",
            "Avaliar o pedido, conforme o submódulo 5.1",
            Responsavel.CCEE,
            "N.A.",
            ("3.106",),
            depois=("Q1",),
            evidencia=("parecer",),
            resultados=("cabe", "nao_cabe"),
            estado="em avaliação",
        ),
        Atividade(
            "Q3",
            "Recontabilizar o mês",
            Responsavel.CCEE,
            "N.A.",
            ("3.106",),
            depois=("Q2=cabe",),
            evidencia=("registro",),
            estado="a recontabilizar",
            desfecho="recontabilizado",
        ),
    ),
    concluido="não recontabilizado",
    pedido=Pedido(
        "Pedir recontabilização",
        "Cláusula 3.106: não se aceita pedido de recontabilização de acordo bilateral. Os demais a CCEE avalia "
        "conforme o submódulo 5.1.",
        "Pedido enviado: a CCEE o avalia.",
        CCEAR,
    ),
)
DE_CANCELAMENTO = (CANCELAMENTO, RECONTABILIZACAO, PEDIDO_DE_RECONTABILIZACAO)
