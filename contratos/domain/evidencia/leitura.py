"""Reading what was typed, as it is kept."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from contratos.domain.evidencia import (
    acordo,
    assinatura,
    cbr,
    ccer,
    encerramento,
    garantia,
    modulacao,
    proinfa,
    sazonalizacao,
)
from contratos.domain.evidencia.campo import Campo, Tipo
from portal.kernel.errors import DomainError
from portal.kernel.text import visible

LONGEST, LONGEST_TABLE = 1000, 60_000  # characters; a month has 744 hours
NUMERO = re.compile(r"\d{1,11}(?:[.,]\d{1,6})?", re.ASCII)
EVIDENCIAS: Mapping[str, tuple[Campo, ...]] = {
    **assinatura.EVIDENCIAS,
    **acordo.EVIDENCIAS,
    **garantia.EVIDENCIAS,
    **cbr.EVIDENCIAS,
    **encerramento.EVIDENCIAS,
    **ccer.EVIDENCIAS,
    **sazonalizacao.EVIDENCIAS,
    **proinfa.EVIDENCIAS,
    **modulacao.EVIDENCIAS,
}


class EvidenciaIncompleta(DomainError):
    """`erros` by field."""

    code, title = "evidencia-incompleta", "Falta informação para encerrar a atividade"


def fields(nomes: tuple[str, ...]) -> list[Campo]:
    return [campo for nome in nomes for campo in EVIDENCIAS[nome]]


def read(nomes: tuple[str, ...], given: Mapping[str, Any], clausulas: Iterable[str] = ()) -> dict[str, str]:
    """As it is kept: text, ISO dates, "sim" or "não". Raises EvidenciaIncompleta with every field that is wrong.

    `clausulas`: that ask for them.
    """
    found: dict[str, str] = {}
    erros: dict[str, list[str]] = {}
    for campo in fields(nomes):
        text = _text(campo.tipo, str(given.get(campo.nome) or ""))
        if problem := _problem(campo, text):
            erros[campo.nome] = [problem]
        elif text:
            found[campo.nome] = _kept(campo.tipo, text)
    if erros:
        names = ", ".join(campo.rotulo for campo in fields(nomes) if campo.nome in erros)
        raise EvidenciaIncompleta(f"Confira: {names}.", erros=erros, clausulas=sorted(clausulas))
    return found


def told(dados: Mapping[str, str]) -> dict[str, str]:
    """For the ledger and the reports: of a table as long as a month of hours its digest; the activity has the whole."""
    return {nome: text if len(text) <= LONGEST else _digest(text) for nome, text in dados.items()}


def _digest(text: str) -> str:
    return f"{len(text.splitlines())} linhas, SHA-256 {sha256(text.encode()).hexdigest()}"


def _problem(campo: Campo, text: str) -> str:
    if not text:
        return "" if campo.opcional else "Informe este campo."
    if campo.tipo in (Tipo.DATA, Tipo.MES) and _day(campo.tipo, text) is None:
        form = "AAAA-MM-DD" if campo.tipo is Tipo.DATA else "AAAA-MM"
        return f"“{text[:20]}” não é {'uma data' if campo.tipo is Tipo.DATA else 'um mês'}. Use o formato {form}."
    if campo.tipo is Tipo.ANO and not re.fullmatch(r"20\d\d", text, re.ASCII):
        return f"“{text[:20]}” não é um ano. Use quatro algarismos, como 2027."
    if campo.tipo is Tipo.DECIMAL and not NUMERO.fullmatch(text):
        return f"“{text[:30]}” não é um número com até 6 casas decimais. Escreva como 12,345678."
    if campo.tipo is Tipo.OPCAO and text not in dict(campo.opcoes):
        return f"“{text[:40]}” não é uma das opções: {', '.join(nome for _, nome in campo.opcoes)}."
    if campo.tipo is Tipo.SIM_OU_NAO and text not in ("sim", "não"):
        return "Responda sim ou não."
    return ""


def _text(tipo: Tipo, text: str) -> str:
    """A table keeps its lines, and its cells as a spreadsheet parts them."""
    if tipo is not Tipo.TABELA:
        return visible(text.strip(), LONGEST)
    lines = [visible(line.strip().replace("\t", ";"), LONGEST) for line in text[:LONGEST_TABLE].splitlines()]
    return "\n".join(filter(None, lines))


def _day(tipo: Tipo, text: str) -> date | None:
    """A month also as it is kept, by its first day: what was read is read again on a second try."""
    try:
        day = date.fromisoformat(text + "-01" if tipo is Tipo.MES and len(text) == len("AAAA-MM") else text)
    except ValueError:
        return None
    return day if tipo is Tipo.DATA or day.day == 1 else None


def _kept(tipo: Tipo, text: str) -> str:
    if tipo is Tipo.MES and (day := _day(tipo, text)):
        return day.isoformat()
    return text.replace(",", ".") if tipo is Tipo.DECIMAL else text
