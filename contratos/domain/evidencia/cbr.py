"""What is stated of a CBR."""

from collections.abc import Mapping

from contratos.domain.cbr import MODULACOES, ORIGENS, SUBGRUPOS
from contratos.domain.evidencia.campo import ATO, NOVO_CONTRATO, SEM_ATO, Campo, Tipo

PERIODOS = "Um período por linha: início; fim; MWmédio, como 01/01/2027; 31/03/2027; 12,345678. Até 6 casas decimais."
MAXIMOS = "Um período por linha: início; fim; MWh por hora, como 01/01/2027; 31/03/2027; 30,5. Até 6 casas decimais."
PARTICULARES = (
    Campo(
        "modulacao", "Modulação", Tipo.OPCAO, tuple(MODULACOES.items()),
        ajuda="Cláusula 3.77: escolhe-se no registro e segue os critérios das Regras.",
    ),
    Campo("mesmo_grupo", "As partes são do mesmo grupo econômico?", Tipo.SIM_OU_NAO),
)  # fmt: skip
MES = Campo("mes_referencia", "Mês de referência", Tipo.MES, ajuda="O primeiro mês que muda.")
EVIDENCIAS: Mapping[str, tuple[Campo, ...]] = {
    "cbr": (
        *NOVO_CONTRATO,
        Campo(
            "mes_referencia", "Mês de referência", Tipo.MES, opcional=True,
            ajuda="O primeiro mês que conta. Vazio: o do início do suprimento.",
        ),
        Campo("subgrupo", "Subgrupo", Tipo.OPCAO, tuple((str(k), nome) for k, nome in SUBGRUPOS.items())),
        Campo("origem", "Origem", Tipo.OPCAO, tuple((str(k), nome) for k, nome in ORIGENS.items())),
        *PARTICULARES,
        Campo(
            "parcela_usina", "Parcela de usina", opcional=True,
            ajuda="Cláusula 3.29: obrigatória nas quatro primeiras origens.",
        ),
        *SEM_ATO,
        Campo("periodos", "Períodos de vigência e montantes", Tipo.TABELA, ajuda=PERIODOS),
    ),
    "cbr_art5": (
        *NOVO_CONTRATO,
        *PARTICULARES,
        Campo(
            "maximos", "Valores horários máximos", Tipo.TABELA, opcional=True,
            ajuda=f"{MAXIMOS} Vazio: o vendedor os informa depois.",
        ),
    ),
    "cbr_ajuste": (
        MES,
        Campo(
            "alcance", "O que se ajusta", Tipo.OPCAO,
            (("mes", "Só o mês de referência"), ("suprimento", "Do mês de referência ao fim do suprimento")),
        ),
        *SEM_ATO,
        Campo("sem_energia", "O mês inteiro fica sem energia?", Tipo.SIM_OU_NAO, opcional=True),
        Campo(
            "periodos", "Períodos de vigência e montantes", Tipo.TABELA, opcional=True,
            ajuda=f"{PERIODOS} Vazio só se o mês inteiro fica sem energia.",
        ),
    ),
    "cbr_maximos": (MES, Campo("maximos", "Valores horários máximos", Tipo.TABELA, ajuda=MAXIMOS)),
    "cbr_devolucao": (
        Campo("devolucao", "Motivo da devolução", Tipo.LONGO, opcional=True, ajuda="Obrigatório para devolver."),
    ),
    "cbr_ato": ATO,
    "cbr_finalizacao": (
        Campo(
            "finaliza_em", "Primeiro dia sem energia", Tipo.DATA,
            ajuda="A finalização produz efeito a partir deste dia (cláusula 3.33).",
        ),
    ),
    "cbr_causa": (
        Campo(
            "causa", "Causa da finalização", Tipo.OPCAO,
            (
                ("desligamento", "Desligamento de agente da CCEE"),
                ("judicial", "Decisão judicial"),
                ("arbitral", "Decisão arbitral"),
                ("administrativa", "Decisão administrativa"),
            ),
            ajuda="Cláusula 3.32: por acordo, quem finaliza é o vendedor, com a validação do comprador.",
        ),
    ),
    "cbr_invalidade": (Campo("invalidade", "Por que é inválido", Tipo.LONGO),),
}  # fmt: skip
