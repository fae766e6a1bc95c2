"""The texts of a batch, where even a writer that breaks down takes nobody else with it."""

import logging
from collections.abc import Sequence
from datetime import datetime

from django.db import DatabaseError

from notificacoes.mensagens import Carta, Desistencia, write_all
from notificacoes.models import Envio, Estado
from portal.kernel.text import visible

logger = logging.getLogger(__name__)


def write_safely(envios: Sequence[Envio], *, now: datetime) -> dict[int, Carta | Desistencia]:
    """One answer for each. Raises DatabaseError: then the trouble is not in the message."""
    try:
        written = write_all(envios, now=now)
    except Exception as error:
        if isinstance(error, DatabaseError) and type(error) is not DatabaseError:
            raise  # the server's words; without any it is libpq that found no memory for what it was to read
        if len(envios) == 1:
            logger.exception("não se escreve: %s", envios[0].message_id)
            return {envios[0].pk: Desistencia(Estado.MORTA, visible(f"texto não pôde ser escrito: {error!r}", 290))}
        return {pk: text for envio in envios for pk, text in write_safely([envio], now=now).items()}
    nothing = Desistencia(Estado.MORTA, "ninguém escreveu o texto")
    return {envio.pk: written.get(envio.pk, nothing) for envio in envios}
