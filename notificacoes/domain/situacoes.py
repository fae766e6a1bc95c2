"""The state of a notice in words, from what is known of it and of the message that carries it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Estado:
    """`tom`: ok, alerta, erro or neutro, as the pages' labels have it. The words say it all without the colour."""

    tom: str
    texto: str


PREVISTO = Estado("neutro", "Previsto")
SUPERADO = Estado("neutro", "Não enviado: um aviso mais próximo o substituiu")
CANCELADO = Estado("neutro", "Não enviado: deixou de ser devido")
MORTO = Estado("erro", "Não entregue")
DEVOLVIDO = Estado("erro", "Enviado e devolvido")
ENVIADO = Estado("ok", "Enviado")
REPETIDO = Estado("ok", "Enviado, com repetição")
DE_AVISO = {"superada": SUPERADO, "cancelada": CANCELADO, "morta": MORTO}
DE_MENSAGEM = {
    "arrendada": Estado("alerta", "Sendo enviado"),
    "em_duvida": Estado("alerta", "Em dúvida: o servidor não confirmou, e será repetido"),
    "cancelada": CANCELADO,
    "morta": MORTO,
}
NA_FILA = Estado("alerta", "Na fila")
NOVA_TENTATIVA = Estado("alerta", "Na fila, para nova tentativa")


def of_message(estado: str, *, tentativas: int = 0, repeticoes: int = 0, devolvida: bool = False) -> Estado:
    if devolvida:
        return DEVOLVIDO
    if estado == "enviada":
        return REPETIDO if repeticoes else ENVIADO
    return DE_MENSAGEM.get(estado) or (NOVA_TENTATIVA if tentativas else NA_FILA)


def of_notice(situacao: str, message: Estado | None) -> Estado:
    """`message`: of the one that carries it, if there is one yet. A final state of the notice goes before it."""
    if situacao in DE_AVISO and message is not DEVOLVIDO:
        return DE_AVISO[situacao]
    return message or NA_FILA
