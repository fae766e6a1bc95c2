"""Workers killed at random moments by the hundred, and what must hold when it is over.

Several are at work on the one queue at any time. Each says who it is in its EHLO: so the server knows whom it hears.
"""

import gc
import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.mail.utils import DNS_NAME
from django.db import connections

from notificacoes.models import Aviso, Envio, Estado, Situacao
from portal import clock
from portal.auditoria.models import Evento
from portal.auditoria.selectors import verify_chain
from tests import fila_cheia, operarios
from tests.correio import Recebida, Servidor, point_to

LIFE = 12  # commands that the server hears from a worker, on average
AFTERWARDS = 0.01  # seconds at most from the last of them to the end
BEFORE_WORK = 0.1  # of the workers end while they start, or before they say a word
START = 0.05  # seconds
LONGEST = 60  # seconds; whoever has not said a word by then is killed without
BATCH = 300  # messages put into the queue together
AT_ACCEPTANCE = 0.05  # of the accepted messages cost the worker its life there and then


@dataclass
class Vitima:
    """One worker; `left`: the commands it has to say."""

    left: float
    pid: int = 0
    dead: bool = False
    doomed: threading.Event = field(default_factory=threading.Event)
    hand: threading.Lock = field(default_factory=threading.Lock)

    def kill(self) -> bool:
        """Once only: afterwards the number may be another process's."""
        with self.hand:
            first, self.dead = not self.dead, True
            if first:
                os.kill(self.pid, signal.SIGKILL)
        self.doomed.set()
        return first


@dataclass
class Matanca:
    semente: int
    lote: int = BATCH
    configuracao: Any = settings  # a test's own, which undoes what is set
    juntos: int = 1  # workers at a time
    mortes: int = 0
    no_aceite: int = 0
    mensagens: int = 0
    ids: list[str] = field(default_factory=list)  # as the server took them
    taken: set[str] = field(default_factory=set)  # each once

    def __post_init__(self) -> None:
        self.random = random.Random(self.semente)  # noqa: S311 - no secret
        self.hand, self.session = threading.Lock(), threading.local()
        self.vitimas: dict[str, Vitima] = {}  # by pid, as the EHLO says it

    def run(self, mortes: int, *, tell: Callable[[str], None] = lambda text: None) -> None:
        with Servidor(ao_aceitar=self._accepted, ao_ouvir=self._heard) as servidor:
            point_to(self.configuracao, servidor)
            self._fill()
            operarios.deliver_once()  # what is loaded and looked up here, each fork need not
            gc.collect()
            gc.freeze()  # nor copy what is only looked at
            with ThreadPoolExecutor(self.juntos) as threads:
                for line in [threads.submit(self._one_after_another, mortes, tell) for _ in range(self.juntos)]:
                    line.result()
            gc.unfreeze()
            assert operarios.wait(operarios.fork(operarios.deliver_all)) == 0

    def _one_after_another(self, mortes: int, tell: Callable[[str], None]) -> None:
        while self.mortes < mortes:
            with self.hand:
                if self.mensagens - len(self.taken) < self.lote // 2:
                    self._fill()
                    tell(f"{self.mortes} mortes, {self.mensagens} mensagens")
            self._one_life()

    def _fill(self) -> None:
        fila_cheia.fill(self.lote, now=clock.now(), start=self.mensagens)
        connections.close_all()
        self.mensagens += self.lote

    def _heard(self, comando: str) -> None:
        """Lives are counted in commands: a busy machine makes them longer, not poorer. Each session has its thread."""
        if comando.startswith("ehlo"):
            self.session.vitima = self.vitimas.get(comando.partition(" ")[2])
        vitima = getattr(self.session, "vitima", None)
        if vitima is not None:
            vitima.left -= 1
            if vitima.left <= 0:
                vitima.doomed.set()

    def _accepted(self, recebida: Recebida) -> None:
        """Noted before the server answers; some of those who sent it never hear the answer."""
        self.ids.append(recebida.message_id)
        self.taken.add(recebida.message_id)
        vitima = getattr(self.session, "vitima", None)
        if vitima is not None and self.random.random() < AT_ACCEPTANCE and vitima.kill():
            self.no_aceite += 1

    def _one_life(self) -> None:
        vitima = Vitima(left=self.random.expovariate(1 / LIFE))
        early = self.random.random() < BEFORE_WORK
        with self.hand:
            vitima.pid = operarios.fork(_introduced)
            self.vitimas[str(vitima.pid)] = vitima
        if early:
            vitima.doomed.wait(self.random.uniform(0, START))
        else:
            end = time.monotonic() + LONGEST
            while not vitima.doomed.wait(START) and not operarios.has_ended(vitima.pid) and time.monotonic() < end:
                pass
            time.sleep(self.random.uniform(0, AFTERWARDS))
        vitima.kill()
        ending = operarios.wait(vitima.pid)
        with self.hand:
            self.vitimas.pop(str(vitima.pid), None)
            self.mortes += ending == -signal.SIGKILL

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


def _introduced() -> None:
    DNS_NAME._fqdn = str(os.getpid())
    operarios.deliver_all()
