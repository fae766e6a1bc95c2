"""The end of a CBR's registration: agreed, decided, or because it never was valid (3.26.1, 3.32, 3.33)."""

from contratos.domain.cbr import PRAZO
from contratos.domain.contrato import Especie
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

DE_CBR = frozenset({Especie.CBR})
CBR_FINALIZACAO = Procedimento(
    "cbr_finalizacao",
    "Finalização do CBR por acordo",
    ("MS",),
    (
        Atividade(
            "F1",
            "Finalizar o registro por acordo",
            Responsavel.VENDEDOR,
            PRAZO,
            ("3.32", "3.32.1", "3.33"),
            evidencia=("cbr_finalizacao",),
            exige=(Exigencia.REGISTRADO, Exigencia.CBR_EM_VIGOR, Exigencia.NAO_SUSPENSO),
            efeito=Efeito.PROPOR_FIM_DO_CBR,
            estado="com o vendedor",
        ),
        Atividade(
            "F2",
            "Validar a finalização",
            Responsavel.COMPRADOR,
            PRAZO,
            ("3.32.1", "3.33"),
            depois=("F1",),
            exige=(
                Exigencia.REGISTRADO,
                Exigencia.CBR_EM_VIGOR,
                Exigencia.NAO_SUSPENSO,
                Exigencia.CBR_FIM_NO_PRAZO,
            ),
            efeito=Efeito.FINALIZAR_CBR,
            encerra=("F3",),
            estado="à espera da validação",
        ),
        Atividade(
            "F3",
            "Dar a finalização por sem efeito",
            Responsavel.CCEE,
            "N.A.",
            ("3.32.1",),
            condicao=(Condicao.ATRASOU, "F2"),
            encerra=("F1", "F2"),
            fato=Fato.DECURSO,
            opcional=True,
            desfecho="sem efeito: não validada no prazo",
        ),
    ),
    concluido="validada",
    pedido=Pedido(
        "Finalizar por acordo",
        "Cláusulas 3.32 e 3.33: o vendedor indica o primeiro dia sem energia e o comprador valida, até o 9º dia útil "
        "do mês seguinte ao desse dia. Sem a validação, a finalização não tem efeito.",
        "Finalização enviada: falta a validação do comprador.",
        DE_CBR,
        ancoras=(("MS", "finaliza_em"),),
    ),
)
CBR_TERMINO = Procedimento(
    "cbr_termino",
    "Finalização do CBR pela CCEE",
    (),
    (
        Atividade(
            "E1",
            "Finalizar o registro por desligamento ou decisão",
            Responsavel.CCEE,
            "N.A.",
            ("3.32", "3.33"),
            evidencia=("cbr_causa", "documento", "cbr_finalizacao"),
            exige=(Exigencia.REGISTRADO, Exigencia.CBR_EM_VIGOR),
            efeito=Efeito.TERMINAR_CBR,
        ),
    ),
    concluido="finalizado",
    pedido=Pedido(
        "Finalizar o CBR",
        "Cláusula 3.32: a CCEE finaliza por desligamento de agente ou por decisão judicial, arbitral ou "
        "administrativa, com o documento que o prova. Por acordo, finalizam as partes.",
        "Finalização registrada.",
        DE_CBR,
        ancoras=(),
    ),
)
CBR_INVALIDADE = Procedimento(
    "cbr_invalidade",
    "Invalidade do registro de CBR",
    (),
    (
        Atividade(
            "I1",
            "Dar o registro por inválido",
            Responsavel.CCEE,
            "N.A.",
            ("3.26.1",),
            evidencia=("cbr_invalidade",),
            exige=(Exigencia.CBR_VALIDO,),
            efeito=Efeito.INVALIDAR_CBR,
        ),
    ),
    concluido="inválido",
    pedido=Pedido(
        "Dar por inválido",
        "Cláusula 3.26.1: o registro que descumpre a cláusula 3.26 é inválido e não produz efeito algum, desde o "
        "início. Não se desfaz.",
        "Registro dado por inválido: seus montantes não contam mais.",
        DE_CBR,
        ancoras=(),
    ),
    definitivo="Cláusula 3.26.1: o registro inválido não volta a valer; cabe um novo registro.",
)
