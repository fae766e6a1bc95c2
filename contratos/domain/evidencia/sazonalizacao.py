"""What is stated of the months of a year."""

from collections.abc import Mapping

from contratos.domain.evidencia.campo import Campo, Tipo

MESES = (
    "Uma linha por mês: mês; MWh, como 01/2027; 1234,567890, com vírgula decimal e sem ponto de milhar. "
    "Pode ser colado de uma planilha."
)
DOZE = "Doze números, um por linha, de janeiro a dezembro, com vírgula decimal e sem ponto de milhar."
EVIDENCIAS: Mapping[str, tuple[Campo, ...]] = {
    "sazonalizacao": (Campo("meses_do_ano", "Energia de cada mês", Tipo.TABELA, ajuda=MESES),),
    "nova_disponibilidade": (
        Campo(
            "alteracao_tecnica",
            "Alteração técnica da usina",
            Tipo.LONGO,
            opcional=True,
            ajuda="Obrigatória: o ato que a autorizou, ou o que mudou e quando.",
        ),
        Campo("valores", "Disponibilidade de cada mês (MWmédio)", Tipo.TABELA, ajuda=DOZE),
    ),
    "inflexibilidade": (
        Campo("cvu", "CVU (R$/MWh)", Tipo.DECIMAL, ajuda="0 onde o contrato não tem inflexibilidade a informar."),
        Campo("meses_do_ano", "Inflexibilidade de cada mês", Tipo.TABELA, opcional=True, ajuda=MESES),
    ),
    "devolucao_da_sazonalizacao": (
        Campo("devolucao", "Motivo da devolução", Tipo.LONGO, opcional=True, ajuda="Obrigatório para devolver."),
    ),
}
