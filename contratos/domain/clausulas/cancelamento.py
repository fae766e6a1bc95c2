"""Clauses 3.109 to 3.112."""

from contratos.domain.clausulas.modelo import Classe, Clausula, Secao

SECAO = Secao(
    "Alterações contratuais",
    "Cancelamento do registro de CCEAR",
    (
        Clausula(
            "3.109",
            Classe.ENFORCE,
            "CCEE",
            "O registro de CCEAR só é cancelado pela CCEE e depois de decisão da ANEEL, com efeito no dia em que "
            "o ato é publicado.",
            prazos=("D",),
            prazo_texto="dia em que o cancelamento produz efeito",
            realizada_em=(
                "contratos.domain.procedimentos.cancelamento.CANCELAMENTO",
                "contratos.domain.fim.end_problem",
            ),
        ),
        Clausula(
            "3.110",
            Classe.TRACK,
            "CCEE",
            "Decidido pela ANEEL, o registro do CCEAR é cancelado nos sistemas da CCEE.",
            prazos=("D+3du",),
            nota="Leitura do portal: conta-se da publicação da decisão, como em 3.109.",
            realizada_em=("contratos.domain.procedimentos.cancelamento.CANCELAMENTO",),
        ),
        Clausula(
            "3.111",
            Classe.TRACK,
            "CCEE",
            "Se o CCEAR já gerou efeitos, a CCEE recontabiliza os meses liquidados, conforme o submódulo 5.1.",
            tambem=(Classe.COMPUTE,),
            realizada_em=(
                "contratos.domain.cancelamento.months_to_redo",
                "contratos.services.efeitos.cancelamento.cancel",
            ),
        ),
        Clausula(
            "3.112",
            Classe.ENFORCE,
            "CCEE",
            "Rescisão amigável: o registro do CCEAR só é cancelado depois que os signatários registram e validam "
            "o acordo bilateral.",
            nota=(
                "O documento remete a 3.102, que trata de CCG; leia-se 3.103, com 3.104. Leitura do portal: a decisão "
                "da ANEEL de 3.109 continua exigida."
            ),
            realizada_em=(
                "contratos.services.portoes.encerramento._rescisao",
                "contratos.services.rescisoes.rescind_due",
            ),
        ),
    ),
)
