"""Clauses 3.75 to 3.76."""

from contratos.domain.clausulas.modelo import Classe, Clausula, Secao

SECAO = Secao(
    "Sazonalização e modulação de contratos",
    "Cotas de garantia física e de energia nuclear e contratos de Itaipu",
    (
        Clausula(
            "3.75",
            Classe.TRACK,
            "CCEE",
            "A CCEE sazonaliza no sistema, conforme as Regras, a garantia física e a energia nuclear contratadas "
            "em cotas, para todos os meses do ano seguinte, e mostra o resultado aos agentes.",
            prazos=("31Dec-2du",),
            realizada_em=("contratos.services.efeitos.disponibilidade.of_quotas",),
        ),
        Clausula(
            "3.76",
            Classe.INFO,
            "CCEE",
            "Os contratos de Itaipu são sazonalizados e modulados pela CCEE sem ação de ninguém, como descrevem "
            "as Regras.",
            porque="É automático pelas Regras de Comercialização: não há o que informar.",
        ),
    ),
)
