"""Bilateral agreement of a CCEAR (3.103 to 3.108): the buyer registers, the seller validates, or it lapses."""

from contratos.domain.contrato import CCEAR
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

ACORDO = Procedimento(
    "acordo_bilateral",
    "Acordo bilateral",
    ("M",),
    (
        Atividade(
            "B1",
            "Registrar o acordo bilateral",
            Responsavel.COMPRADOR,
            "D25@M-1",
            ("3.103", "3.104"),
            evidencia=("acordo",),
            exige=(
                Exigencia.REGISTRADO,
                Exigencia.NAO_SUSPENSO,
                Exigencia.JANELA_DE_ACORDO,
                Exigencia.FORA_DA_SAZONALIZACAO,
            ),
            efeito=Efeito.REGISTRAR_ACORDO,
            estado="em registro",
        ),
        Atividade(
            "B2",
            "Validar o acordo bilateral",
            Responsavel.VENDEDOR,
            "D25@M-1",
            ("3.103", "3.104"),
            depois=("B1",),
            exige=(Exigencia.NAO_SUSPENSO, Exigencia.JANELA_DE_ACORDO),
            efeito=Efeito.VALIDAR_ACORDO,
            encerra=("B3",),
            estado="à espera da validação",
        ),
        Atividade(
            "B3",
            "Dar o acordo por caducado",
            Responsavel.CCEE,
            "N.A.",
            ("3.104",),
            condicao=(Condicao.ATRASOU, "B2"),
            encerra=("B1", "B2"),
            fato=Fato.DECURSO,
            efeito=Efeito.CADUCAR_ACORDO,
            opcional=True,
            desfecho="caducado sem validação",
        ),
    ),
    concluido="validado",
    definitivo=(
        "Cláusula 3.105: acordo registrado e validado é definitivo; as partes não o cancelam nem o mudam. "
        "O que se quiser diferente é um novo acordo."
    ),
    pedido=Pedido(
        "Registrar acordo bilateral",
        "Cláusulas 3.103 a 3.108: o comprador registra e o vendedor valida, os dois até o dia 25 do mês anterior ao de "
        "início e fora do 1º ao 14º dia útil. Depois de validado o acordo é definitivo: não se cancela nem se muda, e "
        "não cabe recontabilização.",
        "Acordo registrado: falta a validação do vendedor.",
        CCEAR,
        ancoras=(("M", "mes_inicio"),),
    ),
)
