"""What is stated of PROINFA quotas, of a year and of its curve."""

from collections.abc import Mapping

from contratos.domain.evidencia.campo import ATO, NOVO_CONTRATO, Campo, Tipo

EVIDENCIAS: Mapping[str, tuple[Campo, ...]] = {
    "proinfa": (
        *NOVO_CONTRATO,
        Campo("unidade_codigo", "Unidade consumidora que migrou", opcional=True, ajuda="Vazio: cota de distribuidora."),
        Campo(
            "parcela",
            "Parcela migrada (%)",
            Tipo.DECIMAL,
            opcional=True,
            ajuda="Maior que 0 e até 100. Só da unidade que migrou.",
        ),
    ),
    "discordancia": (Campo("discordancia", "Por que discorda, e que cota esperava", Tipo.LONGO),),
    "mensagem": (Campo("recebida_em", "E-mail recebido em", Tipo.DATA, ajuda="Conta a data do e-mail."),),
    "resposta": (Campo("resposta", "Resposta ao agente", Tipo.LONGO),),
    "revisao": (
        Campo("mes", "Mês de referência", Tipo.MES),
        Campo("motivo", "Qual foi o erro da CCEE", Tipo.LONGO),
    ),
    "nao_cota": (
        Campo("unidade", "Unidade consumidora", ajuda="O código da unidade deste contrato."),
        Campo(
            "declaracao",
            "Declaração",
            Tipo.OPCAO,
            (("declaro", "Declaro que não quero receber a cota de energia do PROINFA desta unidade."),),
        ),
    ),
    "ano_do_proinfa": (
        Campo("ano", "Ano civil", Tipo.ANO),
        *ATO,
        Campo("montante_mwh", "Montante anual do ato (MWh)", Tipo.DECIMAL),
        Campo(
            "cotas",
            "Cota de cada distribuidora",
            Tipo.TABELA,
            ajuda="Uma linha por contrato: número; MWh, como PROINFA-2026.00001; 1234,567890. Somam o montante do ato.",
        ),
        Campo(
            "usinas",
            "Energia das hidrelétricas que podem participar do MRE",
            Tipo.TABELA,
            opcional=True,
            ajuda="Uma linha por usina: código; MWh do ano.",
        ),
    ),
    "sazo_proinfa": (
        Campo(
            "curva",
            "Energia de cada mês",
            Tipo.TABELA,
            ajuda="Na primeira linha os nomes das colunas: Mês; Cotas; ACEP; e o código de cada usina do MRE. Depois, "
            "uma linha por mês, em MWh, como 01/2027; 1500,000000; 1100,5; 399,5. Pode ser colado de uma planilha.",
        ),
    ),
    "garantia_fisica": (
        *ATO,
        Campo("usina", "Usina: código"),
        Campo("garantia_mwmed", "Nova garantia física (MWmédio)", Tipo.DECIMAL),
        Campo("desde", "Efeito a partir do mês", Tipo.MES),
    ),
}
