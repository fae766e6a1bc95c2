"""CONUER: sent to each user of reserve energy as its admission ends, and accepted with it (3.45 to 3.47).

There is nothing that the user does, and so nothing to refuse.
"""

from contratos.domain.procedimentos.modelo import Atividade, Efeito, Procedimento, Responsavel

CONUER = Procedimento(
    "conuer",
    "Contrato de Uso da Energia de Reserva",
    ("A",),
    (
        Atividade(
            "U1",
            "Enviar o CONUER ao usuário de energia de reserva",
            Responsavel.CCEE,
            "A",
            ("3.45", "3.46", "3.47"),
            efeito=Efeito.ENVIAR_CONUER,
            estado="a enviar",
        ),
    ),
    concluido="aceito compulsoriamente",
    definitivo=(
        "Cláusula 3.47: a aprovação da adesão pelo Conselho de Administração traz consigo a aceitação do CONUER, que "
        "não se recusa. O contrato termina com o desligamento do agente."
    ),
)
