"""A morning on which very many certificates reach the same lead: beat, a pace, and a clock that only sending moves."""

import time
from datetime import timedelta
from typing import Any

from django.conf import settings

from notificacoes import mail
from notificacoes.models import Aviso, Envio
from notificacoes.models.envio import ABERTOS
from notificacoes.services import deliver, plan
from portal import clock
from tests import fila_cheia
from tests.correio import Servidor, point_to

BEAT = timedelta(seconds=30)


class Dia:
    def __init__(self, certificados: int, *, por_segundo: int, configuracao: Any = settings) -> None:
        self.configuracao, self.certificados = configuracao, certificados
        configuracao.ENVIOS_POR_SEGUNDO = por_segundo
        self.start = self.now = clock.local(clock.now()).replace(hour=9, minute=0, second=0, microsecond=0)
        self.arrivals: list[tuple[float, str]] = []  # seconds since the start, and the Message-ID
        fila_cheia.fill(certificados, now=self.now)
        Aviso.objects.all().delete()
        Envio.objects.all().delete()  # planning them is part of the day

    def live(self) -> None:
        """Until nothing is owed or the day is over."""
        with Servidor(ao_aceitar=lambda recebida: self._note(recebida.message_id)) as servidor:
            point_to(self.configuracao, servidor)
            while self.now.date() == self.start.date():
                plan(now=self.now, complete=False)
                if not Envio.objects.filter(estado__in=ABERTOS).exists():
                    return
                self._run()
                self.now += BEAT - (self.now - self.start) % BEAT

    def _run(self) -> None:
        began, moment = self.now, time.monotonic()

        def wait(seconds: float) -> None:
            """What the worker would sleep through, and the time that it took itself: nobody sleeps here."""
            self.now = max(self.now, began + timedelta(seconds=time.monotonic() - moment + seconds))

        with mail.connect() as correio:
            deliver(correio=correio, agora=lambda: self.now, relogio=lambda: self.now, pausa=wait)

    def _note(self, message_id: str) -> None:
        self.arrivals.append((self.seconds, message_id))

    @property
    def seconds(self) -> float:
        return (self.now - self.start).total_seconds()

    def busiest(self, window: float) -> float:
        """The most that arrived within so many seconds, as a mean for one second."""
        moments, first, most = [moment for moment, _ in self.arrivals], 0, 0
        for last, moment in enumerate(moments):
            while moment - moments[first] >= window:
                first += 1
            most = max(most, last - first + 1)
        return most / window
