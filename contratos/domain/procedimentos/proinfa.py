"""PROINFA: the quota of a unit that migrated, month by month, and the one that is not wanted (3.38 to 3.44.2).

In a month's flow `Q` is the day of publication: whoever disagrees has two business days from it, also where CCEE was
late; in time it is MS+4du, and MS+6du the end.
"""

from contratos.domain.contrato import Especie
from contratos.domain.procedimentos.modelo import (
    Atividade,
    Condicao,
    Efeito,
    Exigencia,
    Fato,
    Peca,
    Pedido,
    Procedimento,
    Responsavel,
)

SO_PROINFA = frozenset({Especie.PROINFA})
PROCEDENTE, IMPROCEDENTE = "procedente", "improcedente"
DISCORDAR = "max(MS+6du,Q+2du)"
JULGAR = "max(MS+8du,Q+4du)"
AJUSTAR = "max(MS+10du,Q+6du)"

PROINFA_REGISTRO = Procedimento(
    "proinfa_registro",
    "Registro de cota do PROINFA",
    ("T",),
    (
        Atividade(
            "R1",
            "Registrar a cota do PROINFA",
            Responsavel.CCEE,
            "N.A.",
            ("3.38", "3.69"),
            evidencia=("proinfa",),
            efeito=Efeito.REGISTRAR_PROINFA,
            estado="em registro",
        ),
    ),
    concluido="registrado",
    definitivo="Cláusula 3.38: a cota está registrada. O que muda são os montantes, mês a mês.",
    pedido=Pedido(
        "Registrar cota do PROINFA",
        "Cláusulas 3.38 e 3.69: o contrato da distribuidora, ou o da unidade consumidora que migrou para o ambiente "
        "livre, no todo ou em parte. A cota da unidade sai da cota da distribuidora, mês a mês, na proporção da "
        "parcela migrada e do consumo. Cotista facultativo representado por terceiro: o contrato é do representante.",
        "Cota registrada. A CCEE apura a de cada mês a partir do primeiro dia útil do mês seguinte.",
        SO_PROINFA,
        novo=True,
    ),
)
PROINFA_MES = Procedimento(
    "proinfa_mes",
    "Cota do PROINFA do mês",
    ("MS", "Q"),
    (
        Atividade(
            "Q1",
            "Apurar a cota do mês",
            Responsavel.CCEE,
            "MS+1du",
            ("3.39", "3.39.1", "3.40"),
            exige=(Exigencia.REGISTRADO,),
            efeito=Efeito.APURAR_COTA,
            estado="à espera da apuração",
        ),
        Atividade(
            "Q2",
            "Publicar a cota do mês",
            Responsavel.CCEE,
            "MS+4du",
            ("3.40",),
            depois=("Q1",),
            efeito=Efeito.PUBLICAR_COTA,
            estado="apurada, à espera da publicação",
        ),
        Atividade(
            "Q3",
            "Discordar da cota publicada",
            Responsavel.COMPRADOR,
            DISCORDAR,
            ("3.40", "3.40.1"),
            depois=("Q2",),
            evidencia=("discordancia",),
            exige=(Exigencia.PRAZO_DA_DISCORDANCIA,),
            encerra=("Q3e", "Q3s"),
            efeito=Efeito.CONTESTAR_COTA,
            estado="publicada, aberta a discordância",
        ),
        Atividade(
            "Q3e",
            "Registrar discordância recebida por e-mail",
            Responsavel.CCEE,
            DISCORDAR,
            ("3.40",),
            depois=("Q2",),
            evidencia=("discordancia", "mensagem"),
            encerra=("Q3", "Q3s"),
            efeito=Efeito.CONTESTAR_COTA,
            opcional=True,
        ),
        Atividade(
            "Q3s",
            "Dar a cota por aceita",
            Responsavel.CCEE,
            "N.A.",
            ("3.40.1",),
            condicao=(Condicao.ATRASOU, "Q3"),
            encerra=("Q3", "Q3e"),
            fato=Fato.DECURSO,
            efeito=Efeito.ACEITAR_COTA,
            opcional=True,
        ),
        Atividade(
            "Q4",
            "Julgar a discordância",
            Responsavel.CCEE,
            JULGAR,
            ("3.41",),
            depois=("Q3|Q3e",),
            evidencia=("resposta",),
            resultados=(PROCEDENTE, IMPROCEDENTE),
            efeito=Efeito.JULGAR_DISCORDANCIA,
            estado="discordância em análise",
        ),
        Atividade(
            "Q5",
            "Recalcular e publicar a nova cota",
            Responsavel.CCEE,
            JULGAR,
            ("3.41",),
            depois=(f"Q4={PROCEDENTE}",),
            efeito=Efeito.RECALCULAR_COTA,
            estado="à espera do novo cálculo",
        ),
        Atividade(
            "Q6",
            "Ajustar os contratos",
            Responsavel.CCEE,
            AJUSTAR,
            ("3.42",),
            depois=(f"Q3s|Q4={IMPROCEDENTE}|Q5",),
            exige=(Exigencia.REGISTRADO,),
            efeito=Efeito.AJUSTAR_PROINFA,
            estado="a ajustar nos contratos",
        ),
    ),
    concluido="nos contratos",
    definitivo=(
        "Cláusula 3.40.1: quem não discordou no prazo aceitou a cota, e o que foi julgado e ajustado não volta. Se o "
        "erro é da CCEE, só ela reabre a cota do mês, com o motivo."
    ),
)
PROINFA_REVISAO = Procedimento(
    "proinfa_revisao",
    "Revisão de cota por erro da CCEE",
    ("T",),
    (
        Atividade(
            "V1",
            "Reabrir e refazer a cota de um mês",
            Responsavel.CCEE,
            "N.A.",
            ("3.40.1", "3.42"),
            evidencia=("revisao",),
            exige=(Exigencia.REGISTRADO,),
            efeito=Efeito.REVER_COTA,
            estado="em revisão",
        ),
    ),
    concluido="cota refeita",
    definitivo="Cláusula 3.40.1: a cota já foi refeita. Outro erro é outra revisão, com o seu motivo.",
    pedido=Pedido(
        "Reabrir a cota de um mês",
        "Cláusula 3.40.1: a cota aceita não tem volta. Se o erro é da CCEE, ela reabre a cota do mês, com o motivo, "
        "que fica na trilha; o cálculo é refeito com o histórico validado de hoje e os contratos são ajustados.",
        "Cota refeita e contratos ajustados.",
        SO_PROINFA,
    ),
)
PROINFA_RENUNCIA = Procedimento(
    "proinfa_renuncia",
    "Declaração de não recebimento de cota do PROINFA",
    ("MS",),
    (
        Atividade(
            "O1",
            "Pedir para não receber a cota",
            Responsavel.COMPRADOR,
            "N.A.",
            ("3.44",),
            evidencia=("nao_cota",),
            exige=(Exigencia.REGISTRADO, Exigencia.COTA_DE_UNIDADE),
            efeito=Efeito.PEDIR_NAO_COTA,
            emite=Peca.NAO_COTA,
            estado="em pedido",
        ),
        Atividade(
            "O2",
            "Assinar e enviar a declaração",
            Responsavel.COMPRADOR,
            "MS+4du",
            ("3.44.1",),
            depois=("O1",),
            exige=(Exigencia.REGISTRADO,),
            fato=Fato.ASSINATURA,
            assina=Peca.NAO_COTA,
            efeito=Efeito.DECLARAR_NAO_COTA,
            estado="à espera da declaração assinada",
        ),
        Atividade(
            "O3",
            "Finalizar o contrato e informar a Eletrobras",
            Responsavel.CCEE,
            "MS+10du",
            ("3.44", "3.44.2"),
            depois=("O2",),
            evidencia=("comunicado",),
            efeito=Efeito.FINALIZAR_PROINFA,
            estado="declarada, à espera da finalização",
        ),
    ),
    concluido="cota no ACEP",
    definitivo=(
        "Cláusula 3.44.2: o contrato da unidade foi finalizado e a cota passou ao ACEP. O documento não descreve "
        "volta; se a unidade quiser cota de novo, a CCEE registra outro contrato."
    ),
    pedido=Pedido(
        "Abrir mão da cota",
        "Cláusulas 3.44 a 3.44.2: o consumidor pode abrir mão da cota a qualquer tempo. O portal emite a declaração, "
        "que é assinada com certificado ICP-Brasil e enviada aqui. Assinada até MS+4du, vale já para o mês de "
        "referência; depois, para o mês seguinte. A cota passa ao ACEP e o contrato é finalizado.",
        "Pedido feito. Baixe a declaração, assine e envie: ela vale a partir da assinatura.",
        SO_PROINFA,
    ),
)
DO_PROINFA = (PROINFA_REGISTRO, PROINFA_MES, PROINFA_REVISAO, PROINFA_RENUNCIA)
