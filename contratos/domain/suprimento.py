"""Supply between distributors (3.1)."""

from decimal import Decimal

LIMITE_GWH = 500
CASAS = 3


def market_problem(mercado_gwh: Decimal) -> str:
    """'' where the market of the one that is supplied, in GWh a year, is small enough for this kind of contract."""
    if mercado_gwh.quantize(Decimal(10) ** -CASAS) != mercado_gwh or mercado_gwh <= 0:
        return f"Informe o mercado próprio da suprida em GWh/ano: maior que zero, com até {CASAS} casas decimais."
    if mercado_gwh < LIMITE_GWH:
        return ""
    text = f"{mercado_gwh:f}".replace(".", ",")
    return (
        f"Cláusula 3.1: a suprida tem mercado próprio de {text} GWh/ano. Este contrato é só para suprida com menos de "
        f"{LIMITE_GWH} GWh/ano; a partir daí a compra se faz em leilão ou por outro contrato regulado."
    )
