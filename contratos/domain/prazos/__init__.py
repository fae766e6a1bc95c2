"""Deadlines: an expression is read once into typed parts, and worked out with every day of the count on show."""

from contratos.domain.prazos.calculo import (
    AncoraFaltante,
    Ancoras,
    Convencoes,
    Passo,
    Vencimento,
    due_date,
    work_out,
)
from contratos.domain.prazos.expressao import ANCORAS, Expressao, needed
from contratos.domain.prazos.leitura import ExpressaoInvalida, parse, parse_anchor

__all__ = [
    "ANCORAS",
    "AncoraFaltante",
    "Ancoras",
    "Convencoes",
    "Expressao",
    "ExpressaoInvalida",
    "Passo",
    "Vencimento",
    "due_date",
    "needed",
    "parse",
    "parse_anchor",
    "work_out",
]
