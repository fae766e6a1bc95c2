"""Sending what is due: batches under a lease, each message re-checked and written when its turn comes."""

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from notificacoes.arrendamento import new_token
from notificacoes.domain.repeticao import Prazos
from notificacoes.domain.resultado import Resultado
from notificacoes.mensagens import Carta, Desistencia
from notificacoes.models import Envio, Estado
from notificacoes.parada import told_to_end
from notificacoes.services import fila
from notificacoes.services.abandono import take_back
from notificacoes.services.acerto import Feito, settle
from notificacoes.services.fila import Arrendado
from notificacoes.services.textos import write_safely

LARGEST = 256  # taken together, and written; most of what a batch costs does not grow with it
FEWEST = 16  # texts written together, where they go out so slowly that they grow old
SETTLED = 64  # written down together: so many may go twice when a process dies with their results in hand
PRAZOS = Prazos()


class Correio(Protocol):
    """What takes a message; notificacoes.mail.connect() gives one."""

    def send(self, message: EmailMessage) -> Resultado: ...


@dataclass(slots=True)
class Entrega:
    """How many ended in which state, and why the run ended where messages may be left."""

    enviadas: int = 0
    adiadas: int = 0
    em_duvida: int = 0
    mortas: int = 0
    canceladas: int = 0
    abandonadas: int = 0  # leases of others that ended without a result
    parada: str = ""

    def count(self, envios: Sequence[Envio]) -> None:
        names = {Estado.ENVIADA: "enviadas", Estado.MORTA: "mortas", Estado.CANCELADA: "canceladas"}
        for envio in envios:
            name = names.get(Estado(envio.estado), "em_duvida" if envio.estado == Estado.EM_DUVIDA else "adiadas")
            setattr(self, name, getattr(self, name) + 1)


def deliver(
    *,
    correio: Correio,
    agora: Callable[[], datetime],
    relogio: Callable[[], datetime],
    tudo: bool = False,
    prazos: Prazos = PRAZOS,
    pausa: Callable[[float], None] = time.sleep,
) -> Entrega:
    """Each message once at most. `agora` is the portal's clock, `relogio` the machine's: leases and back-off.

    With `tudo`, whatever was tried before this call began goes now, however long it was to wait, and until the end.
    """
    if settings.ENVIO_SUSPENSO:
        return Entrega(parada="envio suspenso (ENVIO_SUSPENSO)")
    with told_to_end() as told:
        return _Corrida(correio, agora, relogio, tudo, prazos, pausa, told).run()


@dataclass
class _Corrida:
    correio: Correio
    agora: Callable[[], datetime]
    relogio: Callable[[], datetime]
    tudo: bool
    prazos: Prazos
    pausa: Callable[[float], None]
    told: Callable[[], bool]
    token: str = field(default_factory=new_token)
    entrega: Entrega = field(default_factory=Entrega)
    seguidas: int = 0  # failures of the server in a row
    cartas: dict[int, Carta | Desistencia] = field(default_factory=dict)
    ahead: int = FEWEST  # texts to write together

    def run(self) -> Entrega:
        self.began = self.written = self.relogio()
        self.paced: int = settings.ENVIOS_POR_SEGUNDO
        self.next_at = time.monotonic()
        self.entrega.abandonadas = take_back(now=self.agora(), instant=self.began, prazos=self.prazos)
        size = 1  # a new process that is killed at once has little in hand
        while not self._must_end() and (taken := self._claim(size)):
            self._work(left := deque(taken))
            size = 1 if left else min(size * 4, self.paced or LARGEST, LARGEST)
        return self.entrega

    def _must_end(self) -> bool:
        if self.told():
            self.entrega.parada = "pedido de parada"
        elif self.seguidas >= self.prazos.paciencia:
            self.entrega.parada = "o servidor de e-mail não está atendendo"
        elif not self.tudo and self.relogio() - self.began > self.prazos.corrida:
            self.entrega.parada = "fim do tempo desta corrida"
        return bool(self.entrega.parada)

    def _claim(self, size: int) -> list[Arrendado]:
        now = self.relogio()
        until = now + self.prazos.arrendamento
        rows = fila.waiting(now=now, before=self.began, all_of_them=self.tudo)
        with transaction.atomic():
            if self.paced and not fila.alone(self.token, now=now):
                self.entrega.parada = "outra corrida está enviando"  # two would double the pace
                return []
            return fila.claim(rows, limit=size, token=self.token, now=now, until=until)

    def _work(self, taken: deque[Arrendado]) -> None:
        """The one in hand when something unforeseen happens keeps its lease: nobody knows what became of it."""
        done: list[Feito] = []
        until = self.relogio() + self.prazos.arrendamento
        try:
            while taken and not self._must_end() and until - self.relogio() > self.prazos.folga:
                self._next(taken, done)
                if len(done) == SETTLED:
                    self._settle(done)
        finally:
            self._settle(done)
            fila.give_back(taken, token=self.token)

    def _settle(self, done: list[Feito]) -> None:
        batch = done[:]
        done.clear()  # first: what could not be written down is in doubt, not to be tried again here
        self.entrega.count(settle(batch, token=self.token, now=self.agora(), prazos=self.prazos))

    def _next(self, taken: deque[Arrendado], done: list[Feito]) -> None:
        self._keep_pace()
        carta = self._text_of(taken)
        at, one = self.agora(), taken.popleft()
        if isinstance(carta, Desistencia):
            done.append(Feito(one, carta, at, self.relogio()))
            return
        fim = self.correio.send(carta.mensagem)
        self.seguidas = self.seguidas + 1 if fim.do_servidor else 0
        done.append(Feito(one, fim, at, self.relogio(), carta))

    def _text_of(self, taken: deque[Arrendado]) -> Carta | Desistencia:
        """Of the first. Written, and found to be still due, a moment ago: one that grew old meanwhile, once more."""
        now, pk = self.relogio(), taken[0].envio.pk
        old = pk in self.cartas and not timedelta(0) <= now - self.written < self.prazos.releitura
        if old or pk not in self.cartas:
            self.ahead = max(self.ahead // 2, FEWEST) if old else min(self.ahead * 2, LARGEST)
            self.cartas = write_safely([one.envio for one in islice(taken, self.ahead)], now=self.agora())
            self.written = now
        return self.cartas[pk]

    def _keep_pace(self) -> None:
        if self.paced:
            moment = time.monotonic()
            self.pausa(max(0.0, self.next_at - moment))
            self.next_at = max(self.next_at, moment) + 1 / self.paced
