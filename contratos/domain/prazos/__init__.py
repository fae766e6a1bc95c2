"""Deadlines: an expression is read once into typed parts, and worked out with every day of the count on show."""

from contratos.domain.prazos.calculo import AncoraFaltante, Ancoras, Colunas, Convencoes, due_date, due_dates, month
from contratos.domain.prazos.demonstracao import Passo, Vencimento, meaning, work_out
from contratos.domain.prazos.expressao import ANCORAS, MESES, Expressao, needed
from contratos.domain.prazos.instante import FIM_DO_DIA, day_in_time
from contratos.domain.prazos.leitura import ExpressaoInvalida, parse, parse_anchor

__all__ = [
    "ANCORAS",
    "FIM_DO_DIA",
    "MESES",
    "AncoraFaltante",
    "Ancoras",
    "Colunas",
    "Convencoes",
    "Expressao",
    "ExpressaoInvalida",
    "Passo",
    "Vencimento",
    "day_in_time",
    "due_date",
    "due_dates",
    "meaning",
    "month",
    "needed",
    "parse",
    "parse_anchor",
    "work_out",
]
