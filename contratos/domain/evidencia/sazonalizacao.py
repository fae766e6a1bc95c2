"""What is stated of the months of a year."""

from collections.abc import Mapping

from contratos.domain.evidencia.campo import Campo, Tipo

MESES = (
    "Uma linha por mês: mês; MWh, como 01/2027; 1234,567890, com vírgula decimal e sem ponto de milhar. "
    "Pode ser colado de uma planilha."
)
EVIDENCIAS: Mapping[str, tuple[Campo, ...]] = {
    "sazonalizacao": (Campo("meses_do_ano", "Energia de cada mês", Tipo.TABELA, ajuda=MESES),),
    "devolucao_da_sazonalizacao": (
        Campo("devolucao", "Motivo da devolução", Tipo.LONGO, opcional=True, ajuda="Obrigatório para devolver."),
    ),
}
