"""Supply between distributors: registered by the one that supplies, and by nobody else (3.1)."""

from contratos.domain.contrato import Especie
from contratos.domain.procedimentos.modelo import Atividade, Efeito, Pedido, Procedimento, Responsavel

SUPRIMENTO = Procedimento(
    "suprimento_registro",
    "Registro de suprimento entre distribuidoras",
    ("T",),
    (
        Atividade(
            "F1",
            "Registrar o suprimento",
            Responsavel.VENDEDOR,
            "N.A.",
            ("3.1",),
            evidencia=("suprimento",),
            efeito=Efeito.REGISTRAR_SUPRIMENTO,
            estado="em registro",
        ),
    ),
    concluido="registrado",
    pedido=Pedido(
        "Registrar suprimento entre distribuidoras",
        "Cláusula 3.1: quem registra é a distribuidora supridora, para suprida com mercado próprio inferior a "
        "500 GWh/ano. Não há validação pela contraparte.",
        "Suprimento registrado.",
        frozenset({Especie.SUPRIMENTO}),
        novo=True,
    ),
)
