"""The first of the mails that an announcement would send, word for word, before anything is written."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from notificacoes.mensagens import politica
from notificacoes.mensagens.carta import Carta
from notificacoes.mensagens.lote import imagine
from notificacoes.models import Envio, Tipo
from portal.auditoria.models import Evento
from portal.auditoria.services import Fato


class Amostra(NamedTuple):
    para: str
    assunto: str
    texto: str


def of_policy(fatos: Sequence[Fato], pessoa: int, *, now: datetime) -> Amostra | None:
    """None where the person is gone meanwhile."""
    eventos = [
        Evento(numero=number, at=now, tipo=fato.tipo, cnpj=fato.cnpj, objeto=fato.objeto, dados=dict(fato.dados))
        for number, fato in enumerate(fatos, 1)
    ]
    dados = {"eventos": [evento.numero for evento in eventos], "cnpjs": sorted({fato.cnpj for fato in fatos})}
    envio = Envio(pk=0, tipo=Tipo.POLITICA, message_id="amostra", destinatario_id=pessoa, dados=dados)
    carta = politica.write(envio, imagine(envio, eventos, now=now))
    if not isinstance(carta, Carta):
        return None
    return Amostra(carta.endereco, str(carta.mensagem.subject), str(carta.mensagem.body))
