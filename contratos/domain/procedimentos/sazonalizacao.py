"""Seasonalisation by the parties, once for each civil year (3.48, 3.49, 3.55 to 3.58): informed, validated, or lapsed.

`ANO` is the year before the one that is seasonalised: CCEE's own run ends on its 31 December.
"""

from contratos.domain.procedimentos.modelo import (
    Atividade,
    Condicao,
    Efeito,
    Exigencia,
    Fato,
    Procedimento,
    Responsavel,
)

VALIDADA, DEVOLVIDA = "validada", "devolvida"
DEFINITIVA = (
    "A sazonalização do ano é feita uma vez só: depois de definitiva não se muda nem se desfaz. Num CCEAR, o que se "
    "quiser diferente é um acordo bilateral (cláusula 3.103)."
)


def _inform(prazo: str, clausulas: tuple[str, ...]) -> Atividade:
    return Atividade(
        "Z1",
        "Informar a sazonalização",
        Responsavel.COMPRADOR,
        prazo,
        clausulas,
        evidencia=("sazonalizacao",),
        exige=(Exigencia.REGISTRADO, Exigencia.JANELA_DE_SAZONALIZACAO),
        efeito=Efeito.PROPOR_SAZONALIZACAO,
        estado="à espera do comprador",
    )


def _validate(prazo: str, clausulas: tuple[str, ...]) -> Atividade:
    return Atividade(
        "Z2",
        "Validar a sazonalização",
        Responsavel.VENDEDOR,
        prazo,
        clausulas,
        depois=("Z1",),
        evidencia=("devolucao_da_sazonalizacao",),
        exige=(Exigencia.REGISTRADO, Exigencia.JANELA_DE_SAZONALIZACAO),
        resultados=(VALIDADA, DEVOLVIDA),
        volta=((DEVOLVIDA, "Z1"),),
        encerra=("Z3",),
        efeito=Efeito.VALIDAR_SAZONALIZACAO,
        estado="à espera da validação",
    )


SAZO_CCEAR = Procedimento(
    "sazo_ccear",
    "Sazonalização de CCEAR por quantidade",
    ("CAL:sazo_ccear", "ANO"),
    (
        _inform("CAL:sazo_ccear", ("3.48",)),
        _validate("CAL:sazo_ccear", ("3.48",)),
        Atividade(
            "Z3",
            "Dar o prazo das partes por encerrado",
            Responsavel.CCEE,
            "N.A.",
            ("3.49",),
            condicao=(Condicao.ATRASOU, "Z2"),
            encerra=("Z1", "Z2"),
            fato=Fato.DECURSO,
            efeito=Efeito.CADUCAR_SAZONALIZACAO,
            opcional=True,
        ),
        Atividade(
            "Z4",
            "Sazonalizar pelo perfil de carga",
            Responsavel.CCEE,
            "31Dec",
            ("3.49", "3.49.1"),
            depois=("Z3",),
            efeito=Efeito.SAZONALIZAR_PELO_PERFIL,
            estado="à espera da CCEE",
            desfecho="sazonalizado pelo perfil de carga",
        ),
    ),
    concluido="sazonalizado pelas partes",
    definitivo=DEFINITIVA,
)
SAZO_CA = Procedimento(
    "sazo_ca",
    "Sazonalização de CA",
    ("CAL:sazo_ca", "ANO"),
    (
        _inform("CAL:sazo_ca", ("3.55", "3.57")),
        _validate("CAL:sazo_ca", ("3.56", "3.57")),
        Atividade(
            "Z3",
            "Sazonalizar flat",
            Responsavel.CCEE,
            "N.A.",
            ("3.58",),
            condicao=(Condicao.ATRASOU, "Z2"),
            encerra=("Z1", "Z2"),
            fato=Fato.DECURSO,
            efeito=Efeito.SAZONALIZAR_FLAT,
            opcional=True,
            desfecho="sazonalizado flat",
        ),
    ),
    concluido="sazonalizado pelas partes",
    definitivo=DEFINITIVA,
)
DE_SAZONALIZACAO = (SAZO_CCEAR, SAZO_CA)
