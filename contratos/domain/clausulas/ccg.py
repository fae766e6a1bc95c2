"""Clauses 3.36 to 3.37."""

from contratos.domain.clausulas.modelo import Classe, Clausula, Secao

SECAO = Secao(
    "Validação, assinatura e registro de contratos",
    "Contratos de Constituição de Garantias (CCGs)",
    (
        Clausula(
            "3.36",
            Classe.TRACK,
            "CCEE",
            "O CCG é feito junto com o seu CCEAR ou CA e pela mesma sistemática.",
            prazo_texto="os do contrato",
            realizada_em=("contratos.domain.procedimentos.ccg.CCG",),
        ),
        Clausula(
            "3.37",
            Classe.TRACK,
            "Comprador, agentes e CCEE",
            "Até a assinatura do CCG há no mínimo cinco marcos: pedir ao comprador o tipo de garantia, o banco "
            "gestor e os demais dados; disponibilizar os instrumentos para validação; análise da CCEE; validação "
            "pelos agentes; e instrumento disponível para assinatura.",
            tambem=(Classe.ENFORCE,),
            prazo_texto="os dos marcos configurados, nos 25du do contrato",
            realizada_em=("contratos.domain.procedimentos.ccg.CCG",),
        ),
    ),
)
