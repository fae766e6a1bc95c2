"""The procedures of Submódulo 3.2 as data. A new one is a new value here; nothing else has to know it."""

from contratos.domain.procedimentos.alteracao import ADITAMENTO, SOLICITACAO
from contratos.domain.procedimentos.assinatura import EXISTENTE, NOVO
from contratos.domain.procedimentos.ccg import CCG, CCG_EXISTENTE
from contratos.domain.procedimentos.modelo import (
    DA_CCEE,
    PECAS,
    RESPONSAVEIS,
    Atividade,
    Condicao,
    Exigencia,
    Fato,
    Peca,
    Procedimento,
    Responsavel,
)

__all__ = [
    "ADITAMENTO",
    "CCG",
    "CCG_EXISTENTE",
    "DA_CCEE",
    "EXISTENTE",
    "MARCOS",
    "NOVO",
    "PECAS",
    "PROCEDIMENTOS",
    "RESPONSAVEIS",
    "SOLICITACAO",
    "Atividade",
    "Condicao",
    "Exigencia",
    "Fato",
    "Peca",
    "Procedimento",
    "Responsavel",
]

MARCOS = "marcos"  # made of the set of milestones that was published, not of data of ours
PROCEDIMENTOS = {p.codigo: p for p in (NOVO, EXISTENTE, SOLICITACAO, ADITAMENTO, CCG, CCG_EXISTENTE)}
