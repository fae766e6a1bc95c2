"""What is stated of a bilateral agreement."""

from collections.abc import Mapping

from contratos.domain.evidencia.campo import Campo, Tipo

EVIDENCIAS: Mapping[str, tuple[Campo, ...]] = {
    "acordo": (
        Campo(
            "acordo_tipo",
            "O que se acorda",
            Tipo.OPCAO,
            (("reducao", "Redução do montante"), ("rescisao", "Rescisão do contrato")),
        ),
        Campo("mes_inicio", "Mês de início", Tipo.MES),
        Campo(
            "montante",
            "Montante que permanece (MWmédio)",
            Tipo.DECIMAL,
            opcional=True,
            ajuda="Só para redução. Até 6 casas decimais, como 12,345678.",
        ),
        Campo(
            "ano",
            "Ano reduzido",
            Tipo.ANO,
            opcional=True,
            ajuda="Vazio: a redução vale até o fim do suprimento.",
        ),
    ),
}
