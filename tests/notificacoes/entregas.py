"""What the tests of delivery share: messages in the queue, and both clocks in hand."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.core.mail import EmailMessage

from notificacoes import mail
from notificacoes.domain.resultado import Resultado
from notificacoes.models import Envio
from notificacoes.services.entrega import Correio, Entrega, deliver
from portal import clock
from portal.agentes.models import Agente, Usuario
from tests.notificacoes.cartas import certificate, owe


def queue(usuario: Usuario, agente: Agente, *, now: datetime, certificados: int = 1, dias: int = 7) -> Envio:
    """One message owed to that person, about that many certificates."""
    ends = now + timedelta(days=dias)
    return owe(usuario, *(certificate(agente, ends=ends) for _ in range(certificados)), now=now)


def fresh(envio: Envio) -> Envio:
    return Envio.objects.get(pk=envio.pk)


class Relogio:
    """The portal's clock and the machine's, which run together here and only when told to."""

    def __init__(self) -> None:
        self.now = clock.now()

    def pass_(self, **spans: float) -> None:
        self.now += timedelta(**spans)

    def deliver(self, correio: Correio | None = None, **more: Any) -> Entrega:
        def read() -> datetime:
            return self.now

        self.pass_(seconds=1)  # no two runs begin at the same instant
        if correio is not None:
            return deliver(correio=correio, agora=read, relogio=read, **more)
        with mail.connect() as connected:
            return deliver(correio=connected, agora=read, relogio=read, **more)


class Meanwhile:
    """The real thing, and what the rest of the world does when so many messages have gone out."""

    def __init__(self, correio: Correio, happens: Callable[[int], object]) -> None:
        self.correio, self.happens, self.sent = correio, happens, 0

    def send(self, message: EmailMessage) -> Resultado:
        resultado = self.correio.send(message)
        self.sent += 1
        self.happens(self.sent)
        return resultado
