"""PROINFA by the year: the act, the histories, ACEP's curve or CCEE's, and who is told (3.43, 3.63 to 3.68).

These flows are the ACEP's: they hang on its account, which is where the quotas that nobody wants are, too. `ANO` is the
year before the one that the curve is for; 31 January of that one is 31 days after its 31 December.
"""

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
from contratos.domain.procedimentos.proinfa import SO_PROINFA

PROINFA_ATO = Procedimento(
    "proinfa_ato",
    "Ato do ano do PROINFA",
    ("T",),
    (
        Atividade(
            "Y1",
            "Registrar o ato do ano",
            Responsavel.CCEE,
            "N.A.",
            ("3.43", "3.63"),
            evidencia=("ano_do_proinfa",),
            exige=(Exigencia.CONTA_DO_ACEP,),
            efeito=Efeito.REGISTRAR_ANO_DO_PROINFA,
            estado="em registro",
        ),
    ),
    concluido="registrado",
    definitivo="Cláusula 3.66: o ato do ano está registrado. Outro ato que o mude se registra do mesmo modo.",
    pedido=Pedido(
        "Registrar o ato do ano",
        "Cláusulas 3.43, 3.63 e 3.64: o montante anual em MWh do ato regulatório, a cota de cada distribuidora e a "
        "energia de cada hidrelétrica que pode participar do MRE. Registrado, o ACEP sazonaliza até 31 de dezembro.",
        "Ato registrado. O ACEP já pode sazonalizar as cotas do ano.",
        SO_PROINFA,
    ),
)
SAZO_PROINFA = Procedimento(
    "sazo_proinfa",
    "Sazonalização das cotas do PROINFA",
    ("ANO",),
    (
        Atividade(
            "Z1",
            "Sazonalizar as cotas do ano seguinte",
            Responsavel.VENDEDOR,
            "31Dec",
            ("3.63", "3.64"),
            evidencia=("sazo_proinfa",),
            exige=(Exigencia.PRAZO_DO_ACEP,),
            encerra=("Z2",),
            efeito=Efeito.SAZONALIZAR_PROINFA,
            estado="à espera do ACEP",
        ),
        Atividade(
            "Z2",
            "Sazonalizar automaticamente",
            Responsavel.CCEE,
            "31Dec+31dc",
            ("3.66",),
            condicao=(Condicao.ATRASOU, "Z1"),
            encerra=("Z1",),
            efeito=Efeito.SAZONALIZAR_AUTOMATICAMENTE,
            estado="à espera da sazonalização automática",
            desfecho="sazonalizado pela CCEE",
        ),
    ),
    concluido="sazonalizado pelo ACEP",
    definitivo=(
        "Cláusula 3.63: as cotas do ano estão sazonalizadas. Só as mudam um novo montante anual, até 31 de janeiro "
        "(cláusula 3.66), e a garantia física de uma usina (cláusula 3.65)."
    ),
)
PROINFA_INFORME = Procedimento(
    "proinfa_informe",
    "Informação da sazonalização aos cotistas",
    ("Z",),
    (
        Atividade(
            "I1",
            "Informar a sazonalização aos cotistas",
            Responsavel.CCEE,
            "Z+3du",
            ("3.67",),
            evidencia=("comunicado",),
            exige=(Exigencia.CURVA_APLICADA,),
            efeito=Efeito.INFORMAR_COTISTAS,
            estado="à espera da CCEE",
        ),
    ),
    concluido="cotistas informados",
    definitivo="Cláusula 3.67: os cotistas já foram informados desta sazonalização.",
)
PROINFA_GARANTIA = Procedimento(
    "proinfa_garantia",
    "Garantia física de usina do PROINFA",
    ("T",),
    (
        Atividade(
            "G1",
            "Rever os montantes com a nova garantia física",
            Responsavel.CCEE,
            "N.A.",
            ("3.65",),
            evidencia=("garantia_fisica",),
            exige=(Exigencia.CONTA_DO_ACEP,),
            efeito=Efeito.REVER_GARANTIA_FISICA,
            estado="em revisão",
        ),
    ),
    concluido="montantes revistos",
    definitivo="Cláusula 3.65: os montantes já foram revistos por este ato.",
    pedido=Pedido(
        "Mudar a garantia física de uma usina",
        "Cláusula 3.65: mudou a garantia física de uma usina durante o ano. Os montantes, do mês do efeito em diante, "
        "mudam na proporção; os meses anteriores ficam como estão.",
        "Montantes revistos. Os cotistas são informados em três dias úteis.",
        SO_PROINFA,
    ),
)
PROINFA_HISTORICO = Procedimento(
    "proinfa_historico",
    "Histórico para a cota anual do PROINFA",
    ("CAL:proinfa_anual", "ANO"),
    (
        Atividade(
            "H1",
            "Manter o histórico de consumo atualizado e validado",
            Responsavel.COMPRADOR,
            "CAL:proinfa_anual",
            ("3.43",),
            exige=(Exigencia.HISTORICO_ATUALIZADO,),
            encerra=("H2",),
            estado="à espera do histórico",
        ),
        Atividade(
            "H2",
            "Incluir na lista dos que ficam sem cota",
            Responsavel.CCEE,
            "N.A.",
            ("3.43",),
            condicao=(Condicao.ATRASOU, "H1"),
            encerra=("H1", "H3"),
            fato=Fato.DECURSO,
            efeito=Efeito.LISTAR_SEM_HISTORICO,
            opcional=True,
            desfecho="sem cota anual: faltou o histórico",
        ),
        Atividade(
            "H3",
            "Calcular a cota anual",
            Responsavel.CCEE,
            "N.A.",
            ("3.43",),
            depois=("H1",),
            efeito=Efeito.CALCULAR_COTA_ANUAL,
            estado="à espera do cálculo",
        ),
    ),
    concluido="com cota anual",
    definitivo="Cláusula 3.43: o calendário da cota anual já passou.",
)
DO_ANO_DO_PROINFA = (PROINFA_ATO, SAZO_PROINFA, PROINFA_INFORME, PROINFA_GARANTIA, PROINFA_HISTORICO)
