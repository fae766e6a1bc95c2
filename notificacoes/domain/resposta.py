"""Reading what a mail server says, or does not say, at each step of handing it one message."""

from enum import IntEnum

from notificacoes.domain.resultado import Desfecho, Resultado


class Etapa(IntEnum):
    CONEXAO = 1  # greeting, EHLO, STARTTLS, AUTH
    REMETENTE = 2  # MAIL FROM
    DESTINATARIO = 3  # RCPT TO
    DADOS = 4  # DATA, answered by 354
    CONTEUDO = 5  # the text and the final dot


CLOSING = 421
# Of ours with the server, whichever command gets it: unknown command, bad sequence, sign in first, no TLS.
OUR_TROUBLE = (500, 502, 503, 504, 530, 534, 535, 538)


def is_go_ahead(etapa: Etapa, codigo: int) -> bool:
    return codigo == 354 if etapa == Etapa.DADOS else 200 <= codigo < 300


def of_reply(etapa: Etapa, codigo: int, texto: str) -> Resultado:
    """Of the answer that ended the attempt: a refusal at any step, or any answer to the final dot."""
    resposta = f"{codigo} {texto}".strip()
    if etapa == Etapa.CONTEUDO and is_go_ahead(etapa, codigo):
        return Resultado(Desfecho.ENTREGUE, codigo, resposta)
    if not 400 <= codigo < 600:  # no SMTP: after the content went out nobody can say what it means
        desfecho = Desfecho.EM_DUVIDA if etapa == Etapa.CONTEUDO else Desfecho.ADIADA
        return Resultado(desfecho, None, resposta, do_servidor=True)
    if etapa <= Etapa.REMETENTE or codigo == CLOSING or codigo in OUR_TROUBLE:
        return Resultado(Desfecho.ADIADA, codigo, resposta, do_servidor=True)
    return Resultado(Desfecho.RECUSADA if codigo >= 500 else Desfecho.ADIADA, codigo, resposta)


def of_silence(etapa: Etapa, motivo: str) -> Resultado:
    """The connection broke, or time ran out, while waiting at this step."""
    if etapa == Etapa.CONTEUDO:
        return Resultado(Desfecho.EM_DUVIDA, None, motivo, do_servidor=True)
    return Resultado(Desfecho.ADIADA, None, motivo, do_servidor=True)
