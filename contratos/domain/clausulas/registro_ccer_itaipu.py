"""Clauses 3.22 to 3.24."""

from contratos.domain.clausulas.modelo import Classe, Clausula, Secao

SECAO = Secao(
    "Validação, assinatura e registro de contratos",
    "CCER e contratos de Itaipu",
    (
        Clausula(
            "3.22",
            Classe.TRACK,
            "Distribuidora",
            "Toda unidade consumidora parcialmente livre e especial tem o seu CCER, registrado pela distribuidora.",
            tambem=(Classe.ENFORCE,),
            prazos=("MS+9du",),
            nota=(
                "Leitura do portal: o documento não diz a que mês se refere; conta-se do primeiro mês de suprimento "
                "e, enquanto faltar o registro, de cada mês seguinte."
            ),
            realizada_em=(
                "contratos.services.efeitos.ccer.register",
                "contratos.admin.cadastros.UnidadeConsumidoraAdmin",
            ),
        ),
        Clausula(
            "3.23",
            Classe.ENFORCE,
            "Distribuidora",
            "O registro do CCER é um só e cobre todo o período de suprimento.",
            realizada_em=("contratos.domain.ccer.second_problem", "contratos.domain.ccer.month_problems"),
        ),
        Clausula(
            "3.24",
            Classe.REPORT,
            "CCEE",
            "Os agentes cotistas e a Eletrobras consultam no site da CCEE os montantes de Itaipu registrados, "
            "antes do início da vigência.",
            prazos=("S-5du",),
            realizada_em=("contratos.services.itaipu.open_publications", "contratos.paginas.itaipu.page"),
        ),
    ),
)
