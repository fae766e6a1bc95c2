"""A field of what has to be stated, and the kinds of value that it takes."""

from dataclasses import dataclass
from enum import StrEnum


class Tipo(StrEnum):
    TEXTO = "texto"
    LONGO = "longo"
    DATA = "data"
    SIM_OU_NAO = "sim_ou_nao"
    OPCAO = "opcao"
    MES = "mes"  # AAAA-MM, kept as its first day
    ANO = "ano"
    DECIMAL = "decimal"  # decimal comma, up to six decimals; kept with a point
    TABELA = "tabela"  # one row a line, cells apart by “;”; read by whoever takes effect of it


@dataclass(frozen=True, slots=True)
class Campo:
    nome: str
    rotulo: str
    tipo: Tipo = Tipo.TEXTO
    opcoes: tuple[tuple[str, str], ...] = ()
    opcional: bool = False
    ajuda: str = ""


SEM_ATO = (  # the same act, where it is stated only in some cases
    Campo("ato_tipo", "Tipo do ato da ANEEL", opcional=True, ajuda="Resolução, despacho, portaria…"),
    Campo("ato_numero", "Número do ato", opcional=True),
    Campo("ato_publicado_em", "Publicado no DOU em", Tipo.DATA, opcional=True),
)
NOVO_CONTRATO = (
    Campo("vendedor", "Vendedor", ajuda="Sigla ou CNPJ da empresa que vende."),
    Campo("comprador", "Comprador", ajuda="Sigla ou CNPJ da empresa que compra."),
    Campo("suprimento_inicio", "Início do suprimento", Tipo.DATA),
    Campo("suprimento_fim", "Fim do suprimento", Tipo.DATA),
)
ATO = (
    Campo("ato_tipo", "Tipo do ato (resolução, despacho, portaria…)"),
    Campo("ato_numero", "Número do ato"),
    Campo("ato_publicado_em", "Publicado no DOU em", Tipo.DATA),
)
