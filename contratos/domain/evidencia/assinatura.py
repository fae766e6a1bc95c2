"""What is stated on the way to a signature, to a change or to a CCG."""

from collections.abc import Mapping

from contratos.domain.evidencia.campo import ATO, Campo, Tipo

EVIDENCIAS: Mapping[str, tuple[Campo, ...]] = {
    "outorga": (Campo("usina", "Usina"), Campo("ceg", "CEG", opcional=True), *ATO),
    "homologacao": (Campo("homologado_em", "Homologado e adjudicado em", Tipo.DATA),),
    "ato": (*ATO, Campo("so_tecnica", "Altera somente características técnicas?", Tipo.SIM_OU_NAO)),
    "alteracao": (
        Campo(
            "alteracao_tipo",
            "O que se altera",
            Tipo.OPCAO,
            (
                ("dados_bancarios", "Dados bancários"),
                ("representantes", "Representantes para comunicação"),
                ("filial", "Faturamento: matriz para filial"),
            ),
        ),
        Campo("alteracao_texto", "Como passa a ser", Tipo.LONGO),
    ),
    "parecer": (Campo("parecer", "Parecer", Tipo.LONGO),),
    "comunicado": (Campo("comunicado", "Comunicado: a quem e como", Tipo.LONGO),),
    "oficio_aneel": (Campo("oficio_aneel", "Ofício à ANEEL: número e data"),),
    "clausulas": (Campo("clausulas", "Cláusulas que o termo altera", Tipo.LONGO),),
    "tipo_garantia": (Campo("tipo_garantia", "Tipo de garantia"),),
    "banco_gestor": (Campo("banco_gestor", "Banco gestor"),),
    "arquivo": (Campo("arquivo", "Arquivo disponibilizado: nome e onde está"),),
    "documento": (Campo("documento", "Documento: número ou protocolo"),),
    "informacoes": (Campo("informacoes", "Informações", Tipo.LONGO),),
    "garantia": (Campo("garantia", "Garantia apresentada: instrumento e número"),),
    "registro": (Campo("registro", "O que foi feito", Tipo.LONGO),),
}
