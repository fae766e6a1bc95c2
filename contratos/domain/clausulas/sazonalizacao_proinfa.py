"""Clauses 3.63 to 3.69."""

from contratos.domain.clausulas.modelo import Classe, Clausula, Secao

SECAO = Secao(
    "Sazonalização e modulação de contratos",
    "Cotas de energia do PROINFA",
    (
        Clausula(
            "3.63",
            Classe.TRACK,
            "ACEP",
            "O ACEP sazonaliza no sistema as cotas do PROINFA de todos os meses do ano seguinte.",
            prazos=("31Dec",),
            realizada_em=("contratos.services.efeitos.proinfa_anual.seasonalise",),
        ),
        Clausula(
            "3.64",
            Classe.TRACK,
            "ACEP",
            "Cada hidrelétrica do PROINFA que pode participar do MRE é modelada em perfil próprio: informa-se "
            "como as cotas se sazonalizam entre esse perfil e o do ACEP.",
            tambem=(Classe.ENFORCE,),
            prazos=("31Dec",),
            realizada_em=(
                "contratos.domain.montantes.proinfa.plant_problems",
                "contratos.services.efeitos.proinfa_anual.seasonalise",
            ),
        ),
        Clausula(
            "3.65",
            Classe.COMPUTE,
            "CCEE",
            "Se a garantia física da usina aumenta ou diminui durante o ano, a CCEE revê os montantes na "
            "proporção da curva sazonalizada no ano anterior.",
            nota="O documento atribui a curva à Eletrobras; por 3.63 ela é do ACEP, e aqui os dois são um papel só.",
            realizada_em=("contratos.services.efeitos.proinfa_anual.review_plant",),
        ),
        Clausula(
            "3.66",
            Classe.COMPUTE,
            "CCEE",
            "A CCEE sazonaliza automaticamente, conforme as Regras, quando o ACEP perde o prazo ou quando não se "
            "respeita o montante anual em MWh do ato regulatório.",
            tambem=(Classe.TRACK,),
            prazos=("31Jan",),
            nota="O documento remete ao prazo de 3.61, que é de outro contrato; leia-se 3.63.",
            realizada_em=(
                "contratos.services.efeitos.proinfa_anual.make_automatic",
                "contratos.services.proinfa_rotina.open_proinfa",
            ),
        ),
        Clausula(
            "3.67",
            Classe.REPORT,
            "CCEE",
            "A CCEE informa a sazonalização aos agentes cotistas, a contar do dia em que foi feita.",
            prazos=("Z+3du",),
            realizada_em=(
                "contratos.services.proinfa_anos.tell",
                "contratos.domain.procedimentos.proinfa_anual.PROINFA_INFORME",
            ),
        ),
        Clausula(
            "3.68",
            Classe.REPORT,
            "CCEE",
            "Cotistas e Eletrobras consultam no sistema os montantes registrados; as hidrelétricas que podem "
            "participar do MRE aparecem uma a uma.",
            realizada_em=(
                "contratos.paginas.proinfa.page",
                "contratos.paginas.proinfa.curve_csv",
            ),
        ),
        Clausula(
            "3.69",
            Classe.ENFORCE,
            "CCEE",
            "Cotista facultativo do PROINFA representado por terceiro: o contrato se registra para o agente "
            "representante (submódulo 1.2).",
            realizada_em=("contratos.services.efeitos.proinfa_registro.register",),
        ),
    ),
)
