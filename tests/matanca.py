"""Workers killed at random moments by the hundred, and what must hold when it is over."""

import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from notificacoes.models import Aviso, Envio, Estado, Situacao
from notificacoes.models.envio import ABERTOS
from portal import clock
from portal.auditoria.models import Evento
from portal.auditoria.selectors import verify_chain
from tests import fila_cheia, operarios
from tests.correio import Recebida, Servidor, point_to

LIFE = 20  # commands that the server hears from a worker, on average
AFTERWARDS = 0.01  # seconds at most from the last of them to the end
BEFORE_WORK = 0.1  # of the workers end while they start, or before they say a word
START = 0.05  # seconds
BATCH = 300  # messages in the queue at a time
AT_ACCEPTANCE = 0.05  # of the accepted messages cost the worker its life there and then


@dataclass
class Matanca:
    semente: int
    lote: int = BATCH
    configuracao: Any = settings  # a test's own, which undoes what is set
    mortes: int = 0
    no_aceite: int = 0
    mensagens: int = 0
    ids: list[str] = field(default_factory=list)  # as the server took them
    pid: int = 0
    left: float = 0

    def __post_init__(self) -> None:
        self.random = random.Random(self.semente)  # noqa: S311 - no secret
        self.doomed, self.hand = threading.Event(), threading.Lock()

    def run(self, mortes: int, *, tell: Callable[[str], None] = lambda text: None) -> None:
        with Servidor(ao_aceitar=self._accepted, ao_ouvir=self._heard) as servidor:
            point_to(self.configuracao, servidor)
            self._fill()
            operarios.deliver_once()  # what is loaded and looked up here, each fork need not
            while self.mortes < mortes:
                if Envio.objects.filter(estado__in=ABERTOS).count() < self.lote // 10:
                    self._fill()
                    tell(f"{self.mortes} mortes, {self.mensagens} mensagens")
                self._one_life()
            self.pid = 0
            assert operarios.wait(operarios.fork(operarios.deliver_all)) == 0

    def _fill(self) -> None:
        fila_cheia.fill(self.lote, now=clock.now(), start=self.mensagens)
        self.mensagens += self.lote

    def _heard(self, comando: str) -> None:
        """Lives are counted in commands: a busy machine makes them longer, not poorer."""
        self.left -= 1
        if self.left <= 0:
            self.doomed.set()

    def _accepted(self, recebida: Recebida) -> None:
        """Noted before the server answers; some of those who sent it never hear the answer."""
        self.ids.append(recebida.message_id)
        with self.hand:
            if self.pid and self.random.random() < AT_ACCEPTANCE:
                self.no_aceite += 1
                os.kill(self.pid, signal.SIGKILL)
                self.pid = 0
                self.doomed.set()

    def _one_life(self) -> None:
        self.doomed.clear()
        early = self.random.random() < BEFORE_WORK
        self.left = self.random.expovariate(1 / LIFE)
        self.pid = pid = operarios.fork(operarios.deliver_all)
        if early:
            self.doomed.wait(self.random.uniform(0, START))
        else:
            while not self.doomed.wait(START) and not operarios.has_ended(pid):
                pass
            time.sleep(self.random.uniform(0, AFTERWARDS))
        with self.hand:
            if self.pid:
                os.kill(self.pid, signal.SIGKILL)
                self.pid = 0
        if operarios.wait(pid) == -signal.SIGKILL:
            self.mortes += 1

    def check(self) -> dict[str, int]:
        """What must be 0, by name."""
        taken, envios = Counter(self.ids), Envio.objects.all()
        sent = {envio.message_id: envio.repeticoes for envio in envios}
        proofs = Counter(Evento.objects.filter(tipo="aviso.enviado").values_list("objeto", flat=True))
        return {
            "perdidas": len(set(sent) - set(taken)),
            "com outro Message-ID": len(set(taken) - set(sent)),
            "repetições não assinaladas": sum(max(0, count - 1 - sent.get(key, 0)) for key, count in taken.items()),
            "mensagens sem fim": envios.exclude(estado=Estado.ENVIADA).count(),
            "avisos sem fim": Aviso.objects.exclude(situacao=Situacao.ENVIADA).count(),
            "avisos sem prova única": sum(proofs[key] != 1 for key in sent),
            "rompimentos da trilha": int(verify_chain().quebra is not None),
        }

    @property
    def repetidas(self) -> int:
        return len(self.ids) - len(set(self.ids))
