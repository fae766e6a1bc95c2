"""What has to be stated to close an activity: the fields of each kind of evidence, and reading what was typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from portal.kernel.errors import DomainError
from portal.kernel.text import visible

LONGEST = 1000


class Tipo(StrEnum):
    TEXTO = "texto"
    LONGO = "longo"
    DATA = "data"
    SIM_OU_NAO = "sim_ou_nao"
    OPCAO = "opcao"


@dataclass(frozen=True, slots=True)
class Campo:
    nome: str
    rotulo: str
    tipo: Tipo = Tipo.TEXTO
    opcoes: tuple[tuple[str, str], ...] = ()
    opcional: bool = False


class EvidenciaIncompleta(DomainError):
    """`erros` by field."""

    code, title = "evidencia-incompleta", "Falta informação para encerrar a atividade"


ATO = (
    Campo("ato_tipo", "Tipo do ato (resolução, despacho, portaria…)"),
    Campo("ato_numero", "Número do ato"),
    Campo("ato_publicado_em", "Publicado no DOU em", Tipo.DATA),
)
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


def fields(nomes: tuple[str, ...]) -> list[Campo]:
    return [campo for nome in nomes for campo in EVIDENCIAS[nome]]


def read(nomes: tuple[str, ...], given: Mapping[str, Any]) -> dict[str, str]:
    """As it is kept: text, ISO dates, "sim" or "não". Raises EvidenciaIncompleta with every field that is wrong."""
    found: dict[str, str] = {}
    erros: dict[str, list[str]] = {}
    for campo in fields(nomes):
        text = visible(str(given.get(campo.nome) or "").strip(), LONGEST)
        if problem := _problem(campo, text):
            erros[campo.nome] = [problem]
        elif text:
            found[campo.nome] = text
    if erros:
        names = ", ".join(campo.rotulo for campo in fields(nomes) if campo.nome in erros)
        raise EvidenciaIncompleta(f"Confira: {names}.", erros=erros)
    return found


def _problem(campo: Campo, text: str) -> str:
    if not text:
        return "" if campo.opcional else "Informe este campo."
    if campo.tipo is Tipo.DATA:
        try:
            date.fromisoformat(text)
        except ValueError:
            return f"“{text[:20]}” não é uma data. Use o formato AAAA-MM-DD."
    if campo.tipo is Tipo.OPCAO and text not in dict(campo.opcoes):
        return f"“{text[:40]}” não é uma das opções: {', '.join(nome for _, nome in campo.opcoes)}."
    if campo.tipo is Tipo.SIM_OU_NAO and text not in ("sim", "não"):
        return "Responda sim ou não."
    return ""
