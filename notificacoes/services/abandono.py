"""Messages whose worker ended without saying what became of them."""

from collections import defaultdict
from datetime import datetime

from notificacoes.domain.repeticao import Prazos
from notificacoes.models import Envio, Estado
from notificacoes.services.fila import abandoned, write
from notificacoes.services.nao_entregues import ATOR, close_unsent
from portal.auditoria.services import act, record_all

SEM_RESULTADO = "a tentativa {tentativas} terminou sem resultado: o processo que enviava acabou"
SUSPEITA = "{quedas} tentativas sem resultado"


def take_back(*, now: datetime, instant: datetime, prazos: Prazos) -> int:
    """In doubt for a while, then sent again; one that ended too many workers is a dead letter. How many there were."""
    found = abandoned(now=instant)
    if not found:
        return 0
    by_token: defaultdict[str, list[Envio]] = defaultdict(list)
    for envio in found:
        by_token[envio.lease_token].append(envio)
        _mark(envio, instant, prazos)
    with act():
        ours = {pk for token, envios in by_token.items() for pk in write(envios, token=token)}
        dead = [envio for envio in found if envio.pk in ours and envio.estado == Estado.MORTA]
        record_all(close_unsent(dead, now=now), at=now, ator=ATOR)
    return len(ours)


def _mark(envio: Envio, instant: datetime, prazos: Prazos) -> None:
    envio.quedas += 1
    if envio.quedas >= prazos.quedas or envio.tentativas >= prazos.tentativas:
        envio.estado, envio.motivo = Estado.MORTA, SUSPEITA.format(quedas=envio.quedas)
        return
    envio.estado, envio.motivo = Estado.EM_DUVIDA, SEM_RESULTADO.format(tentativas=envio.tentativas)
    envio.proxima_at = instant + prazos.duvida
