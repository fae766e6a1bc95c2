"""The procedures of Submódulo 3.2 as data. A new one is a new value here; nothing else has to know it."""

from contratos.domain.procedimentos.acordo import ACORDO
from contratos.domain.procedimentos.alteracao import ADITAMENTO, DISPENSA, SOLICITACAO
from contratos.domain.procedimentos.anuencia import ANUENCIA
from contratos.domain.procedimentos.assinatura import EXISTENTE, NOVO
from contratos.domain.procedimentos.cancelamento import DE_CANCELAMENTO
from contratos.domain.procedimentos.cbr import DO_CBR
from contratos.domain.procedimentos.ccer import DO_CCER
from contratos.domain.procedimentos.ccg import CCG, CCG_EXISTENTE
from contratos.domain.procedimentos.conuer import CONUER
from contratos.domain.procedimentos.documento import DE_DOCUMENTO
from contratos.domain.procedimentos.itaipu import ITAIPU
from contratos.domain.procedimentos.modelo import (
    DA_CCEE,
    PECAS,
    PELO_DECLARADO,
    RESPONSAVEIS,
    Atividade,
    Condicao,
    Efeito,
    Exigencia,
    Fato,
    Peca,
    Pedido,
    Procedimento,
    Responsavel,
)
from contratos.domain.procedimentos.modulacao import DE_MODULACAO
from contratos.domain.procedimentos.nome import NOME_ALTERADO
from contratos.domain.procedimentos.proinfa import DO_PROINFA
from contratos.domain.procedimentos.proinfa_anual import DO_ANO_DO_PROINFA
from contratos.domain.procedimentos.sazonalizacao import DE_SAZONALIZACAO
from contratos.domain.procedimentos.sazonalizacao_ccee import DA_CCEE_E_DO_VENDEDOR
from contratos.domain.procedimentos.substituicao import SUBSTITUICAO
from contratos.domain.procedimentos.sucessao import DE_SUCESSAO
from contratos.domain.procedimentos.suprimento import SUPRIMENTO

__all__ = [
    "ACORDO",
    "ADITAMENTO",
    "ANUENCIA",
    "CCG",
    "CCG_EXISTENTE",
    "CONUER",
    "DA_CCEE",
    "DE_CANCELAMENTO",
    "DE_DOCUMENTO",
    "DE_MODULACAO",
    "DE_SAZONALIZACAO",
    "DE_SUCESSAO",
    "DISPENSA",
    "DO_ANO_DO_PROINFA",
    "DO_CBR",
    "DO_CCER",
    "DO_PROINFA",
    "EXISTENTE",
    "ITAIPU",
    "MARCOS",
    "NOVO",
    "PECAS",
    "PEDIDOS",
    "PELO_DECLARADO",
    "PROCEDIMENTOS",
    "RESPONSAVEIS",
    "SOLICITACAO",
    "SUBSTITUICAO",
    "SUPRIMENTO",
    "Atividade",
    "Condicao",
    "Efeito",
    "Exigencia",
    "Fato",
    "Peca",
    "Pedido",
    "Procedimento",
    "Responsavel",
]

MARCOS = "marcos"  # made of the set of milestones that was published, not of data of ours
PROCEDIMENTOS = {
    p.codigo: p
    for p in (
        NOVO,
        EXISTENTE,
        SOLICITACAO,
        ADITAMENTO,
        CCG,
        CCG_EXISTENTE,
        SUBSTITUICAO,
        DISPENSA,
        ACORDO,
        *DO_CBR,
        *DE_CANCELAMENTO,
        *DE_SUCESSAO,
        ANUENCIA,
        *DO_CCER,
        SUPRIMENTO,
        ITAIPU,
        CONUER,
        NOME_ALTERADO,
        *DE_DOCUMENTO,
        *DE_SAZONALIZACAO,
        *DA_CCEE_E_DO_VENDEDOR,
        *DO_PROINFA,
        *DO_ANO_DO_PROINFA,
        *DE_MODULACAO,
    )
}
PEDIDOS = {p.codigo: p.pedido for p in PROCEDIMENTOS.values() if p.pedido is not None}
