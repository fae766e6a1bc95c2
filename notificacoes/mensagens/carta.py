"""What a writer of mails gives back for an Envio: the mail, or why there will be none."""

from dataclasses import dataclass

from django.core.mail import EmailMultiAlternatives

from notificacoes.mensagens.lote import Devido
from notificacoes.models import Estado


@dataclass(frozen=True, slots=True)
class Carta:
    """`mensagem` is complete: one recipient, Message-ID header, signed envelope sender in from_email."""

    mensagem: EmailMultiAlternatives
    endereco: str
    usuario: str = ""
    devidos: tuple[Devido, ...] = ()  # the notices that this text tells of
    lembretes: tuple[int, ...] = ()  # rows of those about activities of contracts

    @property
    def avisos(self) -> tuple[int, ...]:
        """Their rows."""
        return tuple([devido.pk for devido in self.devidos])


@dataclass(frozen=True, slots=True)
class Desistencia:
    """No mail: CANCELADA where it is no longer due, MORTA where it can never be written."""

    estado: Estado
    motivo: str
