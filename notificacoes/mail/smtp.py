"""One SMTP connection for a run: each message is handed over step by step, and what the server said is kept."""

import hashlib
import re
import smtplib
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parseaddr
from functools import partial
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

from notificacoes.domain.resposta import Etapa, is_go_ahead, of_reply, of_silence
from notificacoes.domain.resultado import Desfecho, Resultado
from notificacoes.mail.conversa import Conversa, ConversaTLS, Limites
from notificacoes.mensagens.mime import Correspondencia
from portal.kernel.text import visible

ORCAMENTO = 120.0  # seconds that one message may take, connecting included; less than a lease
DESPEDIDA = 5.0  # seconds for QUIT
# Dots and hyphens as they come: the server judges addresses, this only keeps the command in one piece.
PLAIN = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[a-zA-Z0-9.-]+", re.ASCII)
DOTS = re.compile(rb"(?m)^\.")


class _Backend(EmailBackend):
    """Django's, for EHLO, STARTTLS, AUTH and the settings; its connections keep to a budget."""

    until = 0.0
    _partial_connection: smtplib.SMTP | None  # what Django calls one that is not yet signed in

    @property
    def connection_class(self) -> Callable[..., smtplib.SMTP]:
        return partial(ConversaTLS if self.use_ssl else Conversa, until=self.until)


@dataclass(frozen=True, slots=True)
class Remessa:
    de: str
    para: str
    corpo: bytes  # with the dots doubled and the final one

    @classmethod
    def of(cls, message: EmailMessage) -> "tuple[Remessa, str]":
        """And the SHA-256 of the message. Raises ValueError for one that cannot be written, or not to one address."""
        (para,) = message.recipients()
        de, para = _envelope(message.from_email), _envelope(para)
        data = message.wire() if isinstance(message, Correspondencia) else message.message().as_bytes(linesep="\r\n")
        if not data.endswith(b"\r\n"):
            data += b"\r\n"
        # Most have no line that begins with a dot: looking is a hundred times faster than searching line by line.
        dotted = DOTS.sub(b"..", data) if b"\n." in data or data.startswith(b".") else data
        return cls(de, para, dotted + b".\r\n"), hashlib.sha256(data).hexdigest()


class CorreioSmtp:
    """Connects when the first message comes, and again, once for a message, when the line went dead between two."""

    def __init__(self, *, orcamento: float = ORCAMENTO) -> None:
        self.backend, self.orcamento = _Backend(), orcamento

    def send(self, message: EmailMessage) -> Resultado:
        try:
            remessa, sha256 = Remessa.of(message)
        except Exception as error:  # noqa: BLE001 - whatever a hostile name or address makes of it, only this one is lost
            return Resultado(Desfecho.RECUSADA, None, visible(f"mensagem malformada: {error}", 490))
        until = time.monotonic() + self.orcamento
        reused = self.backend.connection is not None
        etapa, resultado = self._attempt(remessa, until)
        if reused and etapa <= Etapa.REMETENTE and self.backend.connection is None:
            etapa, resultado = self._attempt(remessa, until)
        resposta = visible(resultado.resposta, 490)
        sent = sha256 if etapa == Etapa.CONTEUDO else ""
        return Resultado(resultado.desfecho, resultado.codigo, resposta, resultado.do_servidor, sent)

    def _attempt(self, remessa: Remessa, until: float) -> tuple[Etapa, Resultado]:
        etapa = Etapa.CONEXAO
        try:
            conversa = self._open(until)
            for etapa, step in _steps(conversa, remessa):
                codigo, texto = step()
                if not is_go_ahead(etapa, codigo):
                    break
        except smtplib.SMTPResponseException as error:
            self._drop()
            if etapa == Etapa.CONEXAO:
                return etapa, of_reply(etapa, error.smtp_code, _text(error.smtp_error))
            return etapa, of_silence(etapa, _text(error.smtp_error))
        except (OSError, ValueError) as error:  # ValueError: an answer that smtplib can make nothing of
            self._drop()
            return etapa, of_silence(etapa, f"{type(error).__name__}: {error}")
        resultado = of_reply(etapa, codigo, _text(texto))
        self._tidy(conversa, etapa, resultado)
        return etapa, resultado

    def _open(self, until: float) -> Limites:
        conversa = self.backend.connection
        if isinstance(conversa, Limites) and conversa.said_too_much():
            self._drop()
        self.backend.until = until
        self.backend.open()
        conversa = self.backend.connection
        if not isinstance(conversa, Limites):
            raise OSError("sem conexão")
        conversa.until = until
        conversa.ehlo_or_helo_if_needed()
        return conversa

    def _tidy(self, conversa: Limites, etapa: Etapa, resultado: Resultado) -> None:
        """Leaves the connection ready for the next message, or leaves none."""
        if resultado.do_servidor:
            self._drop()
        elif etapa < Etapa.CONTEUDO:
            try:
                waits_for_text = etapa == Etapa.DESTINATARIO and _pipelines(conversa) and conversa.getreply()[0] == 354
                clean = not waits_for_text and conversa.rset()[0] == 250
            except OSError:
                clean = False
            if not clean:
                self._drop()

    def _drop(self) -> None:
        for conversa in (self.backend.connection, self.backend._partial_connection):
            if conversa is not None:
                conversa.close()
        self.backend.connection = self.backend._partial_connection = None

    def close(self) -> None:
        conversa = self.backend.connection
        if isinstance(conversa, Limites):
            conversa.until = time.monotonic() + DESPEDIDA
            with suppress(OSError):
                conversa.quit()
        self._drop()


def _envelope(address: str) -> str:
    """As the server is told it. Raises ValueError. Django's way is asked for the uncommon ones only: it is slow."""
    if PLAIN.fullmatch(address):
        return address
    address = parseaddr(sanitize_address(address, "utf-8"))[1]
    if "=?" in address or not PLAIN.fullmatch(address):  # letters with accents before the @, in words of MIME
        raise ValueError(f"o servidor não entenderia o endereço {address}")
    return address


def _steps(conversa: Limites, remessa: Remessa) -> Iterator[tuple[Etapa, Callable[[], tuple[int, bytes]]]]:
    """Each with what gives its answer. A server that takes them together is spared two round trips (RFC 2920)."""
    eight_bit = " BODY=8BITMIME" if conversa.has_extn("8bitmime") else ""
    commands = f"MAIL FROM:<{remessa.de}>{eight_bit}", f"RCPT TO:<{remessa.para}>", "DATA"
    if _pipelines(conversa):
        yield Etapa.REMETENTE, partial(_ask, conversa, "\r\n".join(commands))
        yield Etapa.DESTINATARIO, conversa.getreply
        yield Etapa.DADOS, conversa.getreply
    else:
        yield Etapa.REMETENTE, partial(_ask, conversa, commands[0])
        yield Etapa.DESTINATARIO, partial(_ask, conversa, commands[1])
        yield Etapa.DADOS, partial(_ask, conversa, commands[2])
    yield Etapa.CONTEUDO, partial(_content, conversa, remessa.corpo)


def _pipelines(conversa: Limites) -> bool:
    return conversa.has_extn("pipelining")


def _ask(conversa: Limites, commands: str) -> tuple[int, bytes]:
    conversa.send(f"{commands}\r\n")
    return conversa.getreply()


def _content(conversa: Limites, corpo: bytes) -> tuple[int, bytes]:
    """Giving up here makes a doubt: the answer to the final dot may take all the time that is left."""
    usual, conversa.patience = conversa.patience, ORCAMENTO
    try:
        conversa.send(corpo)
        return conversa.getreply()
    finally:
        conversa.patience = usual


def _text(raw: Any) -> str:
    return raw.decode(errors="replace") if isinstance(raw, bytes) else str(raw)
