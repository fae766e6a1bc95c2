"""What is stated of the hours of a month, and of the share of a plant's free generation (3.54)."""

from collections.abc import Mapping

from contratos.domain.evidencia.campo import Campo, Tipo

HORAS = (
    "Todas as horas do mês, uma por linha: dia; hora; MWh, como 01/03/2027; 0; 12,345678. Ou o dia e as suas 24 horas "
    "numa linha. Com vírgula decimal e sem ponto de milhar. Pode ser colado de uma planilha."
)
EVIDENCIAS: Mapping[str, tuple[Campo, ...]] = {
    "modulacao": (Campo("horas_do_mes", "Energia de cada hora", Tipo.TABELA, ajuda=HORAS),),
    "devolucao_da_modulacao": (
        Campo("devolucao", "Motivo da devolução", Tipo.LONGO, opcional=True, ajuda="Obrigatório para devolver."),
    ),
    "percentual_acl": (
        Campo("mes_referencia", "Mês de referência", Tipo.MES),
        Campo("percentual", "Percentual da geração", ajuda="Da parcela da usina no ambiente livre, de 0 a 100."),
    ),
}
