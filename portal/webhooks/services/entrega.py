"""Sending what is due: side by side to several destinations, one at a time to each."""

import hashlib
import logging
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings

from notificacoes.arrendamento import new_token
from notificacoes.parada import told_to_end
from portal.webhooks import envio, segredos, selectors
from portal.webhooks.envio import Fim
from portal.webhooks.models import Entrega
from portal.webhooks.services import fila
from portal.webhooks.services.acerto import settle

logger = logging.getLogger(__name__)
JUNTAS = 8  # requests under way at a time: a slow receiver holds up its own events and nobody else's
CORRIDA = timedelta(seconds=30)  # afterwards nothing new begins
SEM_ORIGEM = Fim("o que este evento contava não está mais no portal", definitivo=True)
SEM_SEGREDO = Fim("o segredo deste destino não existe mais: gere outro na página dele", definitivo=True)
FALHA_NOSSA = Fim("o portal não conseguiu montar o pedido; a falha foi registrada")


def deliver(*, agora: Callable[[], datetime], relogio: Callable[[], datetime]) -> int:
    """How many attempts were made. `agora` is the portal's clock; leases and back-off are on the machine's."""
    if settings.ENVIO_SUSPENSO:
        return 0
    with told_to_end() as told, ThreadPoolExecutor(JUNTAS) as pool:
        return _Corrida(agora, relogio, told, pool).run()


@dataclass
class _Corrida:
    """Only requests are made in threads; the database is this one's alone."""

    agora: Callable[[], datetime]
    relogio: Callable[[], datetime]
    told: Callable[[], bool]
    pool: ThreadPoolExecutor
    token: str = field(default_factory=new_token)
    under_way: dict[Future[Fim], tuple[Entrega, bytes]] = field(default_factory=dict)
    done: int = 0

    def run(self) -> int:
        began = self.relogio()
        fila.take_back(now=began)
        while True:
            if not self.told() and self.relogio() - began < CORRIDA:
                self._begin()
            if not self.under_way:
                return self.done
            finished, _ = wait(self.under_way, return_when=FIRST_COMPLETED)
            for future in finished:
                self._end(future)

    def _begin(self) -> None:
        busy = [entrega.destino_id for entrega, _ in self.under_way.values()]
        free = JUNTAS - len(busy)
        taken = fila.claim(limit=free, busy=busy, token=self.token, now=self.relogio()) if free else []
        contents = selectors.write(taken)
        for entrega in taken:
            conteudo = contents.get(entrega.pk)
            secrets = segredos.signing(entrega.destino, now=self.agora())
            if conteudo is None or not secrets:
                self._settle(entrega, b"", SEM_SEGREDO if conteudo else SEM_ORIGEM)
                continue
            headers = envio.headers(conteudo, secrets, now=self.relogio())
            future = self.pool.submit(envio.send, entrega.destino.url, conteudo.corpo, headers)
            self.under_way[future] = (entrega, conteudo.corpo)

    def _end(self, future: Future[Fim]) -> None:
        entrega, corpo = self.under_way.pop(future)
        error = future.exception()
        if error is not None:
            logger.error("webhook %s não pôde ser enviado: %s", entrega.evento, type(error).__name__)
        self._settle(entrega, corpo, FALHA_NOSSA if error else future.result())

    def _settle(self, entrega: Entrega, corpo: bytes, fim: Fim) -> None:
        self.done += 1
        sha256 = hashlib.sha256(corpo).hexdigest() if corpo else ""
        settle(entrega, fim, token=self.token, corpo_sha256=sha256, now=self.relogio(), agora=self.agora())
