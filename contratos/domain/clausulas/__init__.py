"""The clauses of Submódulo 3.2 (Contratos do Ambiente Regulado) as data: one module for each heading of the document.

A later revision states its clauses beside the earlier ones, in the module of their heading, with its own `revisao`.
"""

from datetime import date

from contratos.domain.clausulas import (
    acordo_bilateral,
    aditamento,
    assinatura,
    cancelamento,
    ccg,
    cessao_cer,
    conuer,
    cotas_proinfa,
    gerais,
    modulacao_cbr,
    registro_cbr,
    registro_ccer_itaipu,
    sazonalizacao_ca,
    sazonalizacao_ccear,
    sazonalizacao_ccer,
    sazonalizacao_cotas,
    sazonalizacao_proinfa,
    solicitacao,
    substituicao_ccg,
)
from contratos.domain.clausulas.modelo import (
    Chave,
    Classe,
    Clausula,
    ClausulaDesconhecida,
    Registro,
    Revisao,
    Secao,
    Situacao,
)

__all__ = [
    "REGISTRO",
    "Chave",
    "Classe",
    "Clausula",
    "ClausulaDesconhecida",
    "Registro",
    "Revisao",
    "Secao",
    "Situacao",
    "clausula",
]

REGISTRO = Registro(
    [Revisao("6.0", date(2022, 4, 1), "Resolução Normativa nº 1.012/2022")],
    [
        modulo.SECAO
        for modulo in (
            gerais,
            assinatura,
            registro_ccer_itaipu,
            registro_cbr,
            ccg,
            cotas_proinfa,
            conuer,
            sazonalizacao_ccear,
            sazonalizacao_ca,
            sazonalizacao_proinfa,
            sazonalizacao_ccer,
            sazonalizacao_cotas,
            modulacao_cbr,
            solicitacao,
            cessao_cer,
            aditamento,
            substituicao_ccg,
            acordo_bilateral,
            cancelamento,
        )
    ],
)
clausula = REGISTRO.clausula
