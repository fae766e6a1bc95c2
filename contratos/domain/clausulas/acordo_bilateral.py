"""Clauses 3.103 to 3.108."""

from contratos.domain.clausulas.modelo import Classe, Clausula, Secao

SECAO = Secao(
    "Alterações contratuais",
    "Acordo bilateral de CCEAR",
    (
        Clausula(
            "3.103",
            Classe.TRACK,
            "Partes",
            "O acordo bilateral entre os signatários de um CCEAR é registrado e validado no sistema, conforme a "
            "regulamentação.",
            realizada_em=("contratos.domain.procedimentos.acordo.ACORDO",),
        ),
        Clausula(
            "3.104",
            Classe.ENFORCE,
            "Comprador e, depois, vendedor",
            "O comprador registra e o vendedor valida até o dia 25 do mês anterior ao do início do acordo. Do 1º "
            "ao 14º dia útil de cada mês o sistema não aceita nenhum dos dois atos.",
            prazos=("D25@M-1",),
            realizada_em=(
                "contratos.domain.acordo.window_problem",
                "contratos.paginas.janelas.page",
            ),
        ),
        Clausula(
            "3.105",
            Classe.ENFORCE,
            "Partes",
            "Acordo bilateral registrado e validado é definitivo: as partes não o cancelam nem o mudam.",
            realizada_em=("contratos.services.fluxos.cancel_flow",),
        ),
        Clausula(
            "3.106",
            Classe.ENFORCE,
            "Partes",
            "Pedido de recontabilização de acordo bilateral é recusado.",
            realizada_em=("contratos.services.efeitos.cancelamento.ask_again",),
        ),
        Clausula(
            "3.107",
            Classe.ENFORCE,
            "CCEE",
            "Enquanto os CCEARs são sazonalizados não se registra acordo bilateral.",
            prazo_texto="durante o período que a CCEE informa em comunicado",
            nota="Leitura do portal: pela letra só o registro fica impedido; validar um registro anterior, não.",
            realizada_em=("contratos.domain.acordo.seasonal_problem",),
        ),
        Clausula(
            "3.108",
            Classe.ENFORCE,
            "Partes",
            "CCEAR por quantidade com períodos ainda não sazonalizados: o acordo só pode reduzir o montante anual "
            "de um ano contratual inteiro ou rescindir a partir do primeiro mês de um ano contratual.",
            nota="Leitura do portal: o ano contratual é o civil, salvo se o contrato disser outro começo.",
            realizada_em=("contratos.domain.acordo.reach_problems",),
        ),
    ),
)
