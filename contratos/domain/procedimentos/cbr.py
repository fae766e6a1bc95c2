"""Regulated bilateral contracts: registered, and their amounts adjusted (3.25 to 3.31)."""

from contratos.domain.cbr import PRAZO
from contratos.domain.procedimentos.fim_do_cbr import CBR_FINALIZACAO, CBR_INVALIDADE, CBR_TERMINO, DE_CBR
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

MENSAL, HORARIO = (Exigencia.CBR_EM_VIGOR, Exigencia.CBR_MENSAL), (Exigencia.CBR_EM_VIGOR, Exigencia.CBR_ART_5)
VALIDACAO = (Exigencia.CBR_ELEGIVEL, Exigencia.CBR_COM_ATO, Exigencia.CBR_NO_PRAZO)


def _validation(
    codigo: str, nome: str, antes: str, clausulas: tuple[str, ...], *, exige: tuple[Exigencia, ...], lapso: str
) -> Atividade:
    """The buyer's, who validates or gives back; `lapso` never comes after it."""
    return Atividade(
        codigo,
        nome,
        Responsavel.COMPRADOR,
        PRAZO,
        clausulas,
        depois=(antes,),
        evidencia=("cbr_devolucao",),
        resultados=("validado", "devolvido"),
        volta=(("devolvido", antes),),
        exige=exige,
        efeito=Efeito.VALIDAR_CBR,
        encerra=(lapso,),
        estado="à espera da validação",
    )


def _lapse(codigo: str, nome: str, de: str, encerra: tuple[str, ...], clausulas: tuple[str, ...]) -> Atividade:
    """Not validated by its last day: what was stated has no effect."""
    return Atividade(
        codigo,
        nome,
        Responsavel.CCEE,
        "N.A.",
        clausulas,
        condicao=(Condicao.ATRASOU, de),
        encerra=encerra,
        fato=Fato.DECURSO,
        efeito=Efeito.CADUCAR_CBR,
        opcional=True,
        desfecho="sem efeito: não validado no prazo",
    )


CBR_REGISTRO = Procedimento(
    "cbr_registro",
    "Registro de CBR",
    ("MS",),
    (
        Atividade(
            "R1",
            "Registrar o CBR",
            Responsavel.VENDEDOR,
            PRAZO,
            ("3.28", "3.25", "3.27", "3.30"),
            evidencia=("cbr",),
            efeito=Efeito.REGISTRAR_CBR,
            estado="rascunho, com o vendedor",
        ),
        _validation("R2", "Validar o registro do CBR", "R1", ("3.26", "3.27", "3.28"), exige=VALIDACAO, lapso="R3"),
        _lapse("R3", "Dar o registro por sem efeito", "R2", ("R1", "R2"), ("3.27", "3.28")),
    ),
    concluido="validado",
    pedido=Pedido(
        "Registrar CBR",
        "Cláusulas 3.25 a 3.31 e 3.77: o vendedor registra e o comprador valida, os dois até o 9º dia útil do mês "
        "seguinte ao de referência. Contrato do art. 5º da Lei 13.182/2015 quem registra é a CCEE. Com distribuidora "
        "compradora, a validação só é possível com o ato da ANEEL, que pode ser informado depois.",
        "CBR registrado: falta a validação do comprador.",
        DE_CBR,
        ancoras=(("MS", "mes_referencia|suprimento_inicio"),),
        novo=True,
    ),
)
CBR_ART_5 = Procedimento(
    "cbr_art5",
    "Registro de CBR do art. 5º",
    (),
    (
        Atividade(
            "A5",
            "Registrar o CBR do art. 5º da Lei 13.182/2015",
            Responsavel.CCEE,
            "N.A.",
            ("3.28.2", "3.28.1"),
            evidencia=("cbr_art5",),
            efeito=Efeito.REGISTRAR_CBR_ART_5,
        ),
    ),
    concluido="registrado pela CCEE",
    pedido=Pedido(
        "Registrar CBR do art. 5º",
        "Cláusula 3.28.2: a CCEE registra o contrato do art. 5º da Lei 13.182/2015, sem validação. Depois, o vendedor "
        "ajusta e o comprador valida os valores horários máximos.",
        "CBR registrado. O vendedor e o comprador cuidam dos valores horários máximos.",
        DE_CBR,
        ancoras=(),
        novo=True,
    ),
)
CBR_AJUSTE = Procedimento(
    "cbr_ajuste",
    "Ajuste dos montantes do CBR",
    ("MS",),
    (
        Atividade(
            "J1",
            "Ajustar os montantes",
            Responsavel.VENDEDOR,
            PRAZO,
            ("3.27", "3.28", "3.30"),
            evidencia=("cbr_ajuste",),
            exige=(*MENSAL, Exigencia.CBR_ELEGIVEL),
            efeito=Efeito.AJUSTAR_CBR,
            estado="em ajuste, com o vendedor",
        ),
        _validation(
            "J2", "Validar o ajuste dos montantes", "J1", ("3.26", "3.27", "3.28"), exige=(*MENSAL, *VALIDACAO),
            lapso="J3",
        ),
        _lapse("J3", "Dar o ajuste por sem efeito", "J2", ("J1", "J2"), ("3.27", "3.28")),
    ),
    concluido="validado",
    pedido=Pedido(
        "Ajustar montantes",
        "Cláusula 3.28: para um mês ou até o fim do suprimento, o vendedor ajusta e o comprador valida, os dois até o "
        "9º dia útil do mês seguinte ao de referência. Até a validação vale a versão anterior; o que aqui se informa "
        "substitui tudo o que havia no intervalo. Um mês inteiro sem energia se declara como tal.",
        "Ajuste enviado: falta a validação do comprador. Até lá vale a versão anterior.",
        DE_CBR,
        ancoras=(("MS", "mes_referencia"),),
    ),
)  # fmt: skip
CBR_MAXIMOS = Procedimento(
    "cbr_maximos",
    "Valores horários máximos do CBR",
    ("MS",),
    (
        Atividade(
            "X1",
            "Ajustar os valores horários máximos",
            Responsavel.VENDEDOR,
            PRAZO,
            ("3.28.2",),
            evidencia=("cbr_maximos",),
            exige=(*HORARIO, Exigencia.CBR_ELEGIVEL),
            efeito=Efeito.AJUSTAR_CBR,
            estado="em ajuste, com o vendedor",
        ),
        _validation(
            "X2", "Validar os valores horários máximos", "X1", ("3.28.2",), exige=(*HORARIO, *VALIDACAO), lapso="X3"
        ),
        _lapse("X3", "Dar os valores horários máximos por sem efeito", "X2", ("X1", "X2"), ("3.28.2",)),
    ),
    concluido="validado",
    pedido=Pedido(
        "Ajustar máximos por hora",
        "Cláusula 3.28.2: no contrato do art. 5º da Lei 13.182/2015 o vendedor ajusta e o comprador valida os valores "
        "horários máximos, do mês de referência ao fim do suprimento.",
        "Ajuste enviado: falta a validação do comprador. Até lá valem os máximos anteriores.",
        DE_CBR,
        ancoras=(("MS", "mes_referencia"),),
    ),
)
CBR_ATO = Procedimento(
    "cbr_ato",
    "Ato da ANEEL sobre o CBR",
    (),
    (
        Atividade(
            "T1",
            "Informar o ato da ANEEL",
            Responsavel.VENDEDOR,
            "N.A.",
            ("3.26",),
            evidencia=("cbr_ato",),
            exige=MENSAL,
            efeito=Efeito.INFORMAR_ATO_DO_CBR,
        ),
    ),
    concluido="informado",
    pedido=Pedido(
        "Informar ato da ANEEL",
        "Cláusula 3.26: com distribuidora compradora, o registro e cada ajuste seguem a aprovação ou homologação da "
        "ANEEL. O ato informado aqui vale para a versão que espera validação.",
        "Ato registrado.",
        DE_CBR,
        ancoras=(),
    ),
)
DO_CBR = (
    CBR_REGISTRO, CBR_ART_5, CBR_AJUSTE, CBR_MAXIMOS, CBR_ATO, CBR_FINALIZACAO, CBR_TERMINO, CBR_INVALIDADE,
)  # fmt: skip
