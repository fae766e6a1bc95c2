"""Clauses 3.45 to 3.47."""

from contratos.domain.clausulas.modelo import Classe, Clausula, Secao

SECAO = Secao(
    "Validação, assinatura e registro de contratos",
    "Contrato de Uso da Energia de Reserva (CONUER)",
    (
        Clausula(
            "3.45",
            Classe.ENFORCE,
            "CCEE e usuário de energia de reserva",
            "As partes do CONUER são o agente usuário de energia de reserva e a CCEE, na forma de ACER.",
            realizada_em=("contratos.models.contrato.Contrato.clean", "contratos.services.conuer.send_conuers"),
        ),
        Clausula(
            "3.46",
            Classe.TRACK,
            "CCEE",
            "Assim que termina a adesão, a CCEE envia o CONUER ao agente enquadrado como usuário de energia de "
            "reserva.",
            prazos=("A",),
            prazo_texto="no mesmo dia",
            realizada_em=("contratos.services.conuer.send_conuers",),
        ),
        Clausula(
            "3.47",
            Classe.ENFORCE,
            "Agente",
            "A aprovação do agente pelo Conselho de Administração (CAd) traz consigo a aceitação do CONUER: não "
            "há como recusar.",
            prazos=("A",),
            prazo_texto="na aprovação",
            realizada_em=(
                "contratos.services.efeitos.sem_validacao.send_conuer",
                "contratos.domain.procedimentos.conuer.CONUER",
            ),
        ),
    ),
)
