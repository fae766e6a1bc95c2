"""Clauses 3.70 to 3.74."""

from contratos.domain.clausulas.modelo import Classe, Clausula, Secao

SECAO = Secao(
    "Sazonalização e modulação de contratos",
    "Contratos de Compra de Energia Regulada (CCERs)",
    (
        Clausula(
            "3.70",
            Classe.ENFORCE,
            "Distribuidora",
            "A distribuidora sazonaliza o CCER ao registrá-lo, mês a mês de todo o período de suprimento.",
            prazo_texto="no registro do contrato",
            realizada_em=("contratos.domain.ccer.month_problems", "contratos.services.efeitos.ccer.register"),
        ),
        Clausula(
            "3.71",
            Classe.COMPUTE,
            "Sistema",
            "CCER sem informações registradas no prazo entra na contabilização com montante zero.",
            prazos=("MS+9du",),
            prazo_texto="esgotado esse prazo (3.22)",
            realizada_em=("contratos.domain.ccer.counted", "contratos.ccer.amount"),
        ),
        Clausula(
            "3.72",
            Classe.ENFORCE,
            "Distribuidora",
            "Enquanto o consumidor parcialmente livre com unidade na Rede Básica dever pagamentos do CCER, a "
            "distribuidora pode registrar montante zero.",
            prazo_texto="até a quitação total dos débitos",
            realizada_em=("contratos.services.efeitos.ccer.zero", "contratos.services.efeitos.ccer.restore"),
        ),
        Clausula(
            "3.73",
            Classe.INFO,
            "CCEE",
            "O montante mensal do CCER é modulado pelas Regras de Comercialização.",
            porque="O cálculo está apenas nas Regras de Comercialização.",
        ),
        Clausula(
            "3.74",
            Classe.TRACK,
            "CCEE",
            "Se precisar, a CCEE pede que lhe apresentem o CCER.",
            prazo_texto="o documento não dá prazo",
            realizada_em=("contratos.domain.procedimentos.documento.DE_DOCUMENTO",),
        ),
    ),
)
