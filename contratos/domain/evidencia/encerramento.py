"""What is stated of the end of a registration, of a succession and of a consent."""

from collections.abc import Mapping

from contratos.domain.evidencia.campo import ATO, Campo, Tipo

ACORDO_BILATERAL = "acordo_bilateral"  # the one reason for which settling again cannot be asked (3.106)
EVIDENCIAS: Mapping[str, tuple[Campo, ...]] = {
    "decisao": (
        *ATO,
        Campo("decisao_em", "Decidido em", Tipo.DATA, opcional=True, ajuda="Só registro: conta a publicação."),
        Campo("amigavel", "É rescisão amigável?", Tipo.SIM_OU_NAO),
        Campo(
            "ultimo_mes_liquidado",
            "Último mês liquidado",
            Tipo.MES,
            opcional=True,
            ajuda="Vazio: nenhum mês foi liquidado desde a publicação.",
        ),
    ),
    "recontabilizacao": (
        Campo("mes", "Mês a recontabilizar", Tipo.MES),
        Campo(
            "motivo",
            "Por que motivo",
            Tipo.OPCAO,
            (
                ("dado_errado", "Dado do contrato errado na contabilização"),
                ("decisao", "Decisão judicial, arbitral ou administrativa"),
                (ACORDO_BILATERAL, "Efeito de acordo bilateral"),
                ("outro", "Outro"),
            ),
        ),
        Campo("justificativa", "Justificativa", Tipo.LONGO),
    ),
    "sucessao": (
        Campo(
            "sucessao_tipo",
            "Como se faz",
            Tipo.OPCAO,
            (("distrato", "Distrato e novo contrato com a sucessora"), ("cessao", "Termo de cessão do contrato")),
        ),
        Campo(
            "sucedida",
            "Quem é sucedido",
            Tipo.OPCAO,
            (("vendedor", "O vendedor"), ("comprador", "O comprador")),
        ),
        Campo("sucessora", "Sucessora", ajuda="Sigla ou CNPJ de outra empresa, agente ativo da CCEE."),
        *ATO,
        Campo("efeito_em", "Com efeito em", Tipo.DATA, ajuda="No distrato, o dia em que ele se celebra."),
        Campo("novo_inicio", "Início do novo contrato", Tipo.DATA, opcional=True, ajuda="Só no distrato."),
        Campo("novo_fim", "Fim do novo contrato", Tipo.DATA, opcional=True, ajuda="Só no distrato."),
        Campo("muda_titularidade", "Muda a titularidade da outorga?", Tipo.SIM_OU_NAO),
        Campo("documentos", "Documentos que justificam a alteração", Tipo.LONGO),
    ),
    "anuencia": (
        Campo(
            "anuencia_tipo",
            "Anuência para",
            Tipo.OPCAO,
            (("cessao", "Ceder os direitos creditórios"), ("banco", "Mudar os dados bancários")),
        ),
        Campo("anuencia_texto", "Cessionário, ou dados bancários novos", Tipo.LONGO),
        Campo("documento", "Documento: número ou protocolo"),
    ),
}
