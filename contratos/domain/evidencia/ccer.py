"""What is stated of a CCER, of a supply between distributors, and of a document that CCEE asked for."""

from collections.abc import Mapping
from dataclasses import replace

from contratos.domain.evidencia.campo import NOVO_CONTRATO, Campo, Tipo


def _between(vendedor: str, comprador: str) -> tuple[Campo, ...]:
    """The terms of a new contract, its sides called as this kind calls them."""
    names = {"vendedor": vendedor, "comprador": comprador}
    return tuple(replace(campo, rotulo=names.get(campo.nome, campo.rotulo)) for campo in NOVO_CONTRATO)


NA_PRIMEIRA_VEZ = "Só na primeira vez que a unidade aparece; depois vale o cadastro."
EVIDENCIAS: Mapping[str, tuple[Campo, ...]] = {
    "ccer": (
        *_between("Distribuidora (vende)", "Consumidor (compra)"),
        Campo("unidade_codigo", "Unidade consumidora: código", ajuda="O que a identifica na CCEE e na distribuidora."),
        Campo("unidade_nome", "Nome da unidade", opcional=True, ajuda=NA_PRIMEIRA_VEZ),
        Campo(
            "unidade_regime",
            "Regime da unidade",
            Tipo.OPCAO,
            (("parcialmente_livre", "Consumidor parcialmente livre"), ("especial", "Consumidor especial")),
            opcional=True,
            ajuda=NA_PRIMEIRA_VEZ,
        ),
        Campo("unidade_rede_basica", "A unidade está na Rede Básica?", Tipo.SIM_OU_NAO, opcional=True),
        Campo(
            "meses",
            "Energia de cada mês (MWh)",
            Tipo.TABELA,
            ajuda="Um mês por linha, de todo o suprimento: mês; MWh, como 01/2027; 1234,567890, com vírgula decimal e "
            "sem ponto de milhar. Pode ser colado de uma planilha.",
        ),
    ),
    "debito": (
        Campo("debito", "Registro do débito: número e data"),
        Campo("zerado_desde", "Zerar desde o mês", Tipo.MES),
    ),
    "quitacao": (Campo("quitacao", "Comprovante da quitação total: número e data"),),
    "suprimento": (
        *_between("Distribuidora supridora (vende)", "Distribuidora suprida (compra)"),
        Campo("mercado_gwh", "Mercado próprio da suprida (GWh/ano)", Tipo.DECIMAL),
        Campo("energia_mwh", "Energia de todo o suprimento (MWh)", Tipo.DECIMAL),
    ),
    "documento_pedido": (Campo("documento_pedido", "Que documento, e para quê", Tipo.LONGO),),
    "documento_apresentado": (
        Campo("declaracao", "Declaração", Tipo.LONGO),
        Campo("arquivo_apresentado", "Documento: nome do arquivo, número e onde está"),
    ),
}
