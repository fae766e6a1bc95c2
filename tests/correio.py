"""A real SMTP server on loopback that does as it is told: answers, refuses, dawdles, cuts, floods and lies.

Honest unless its script says otherwise. A script maps a step (ABERTURA, EHLO, STARTTLS, AUTH, MAIL, RCPT, DATA, PONTO,
RSET, QUIT; `RCPT address`; `DATA SEM RCPT`) to an action: the text of an answer, a function that does worse, or an
iterator of both, one for each time; when that is used up the server is honest again.
"""

import email
import email.message
import email.policy
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Self

Acao = str | Callable[["Sessao"], None]
HONESTA = {
    "ABERTURA": "220 correio.teste ESMTP",
    "EHLO": "250-correio.teste\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE 1000000",
    "HELO": "250 correio.teste",
    "MAIL": "250 2.1.0 ok",
    "RCPT": "250 2.1.5 ok",
    "DATA": "354 pode mandar",
    "RSET": "250 ok",
    "NOOP": "250 ok",
    "QUIT": "221 até logo",
    "STARTTLS": "220 pode começar",
}


class Fim(Exception):
    """The conversation is over."""


@dataclass(frozen=True)
class Recebida:
    de: str
    para: str
    dados: bytes

    @property
    def mensagem(self) -> email.message.EmailMessage:
        return email.message_from_bytes(self.dados, policy=email.policy.default)

    @property
    def message_id(self) -> str:
        """By hand: parsing ten thousand mails would take longer than sending them."""
        start = self.dados.lower().index(b"message-id:") + 11
        return self.dados[start : self.dados.index(b"\r\n", start)].decode().strip().strip("<>")


def cut(sessao: "Sessao") -> None:
    raise Fim


def reset(sessao: "Sessao") -> None:
    """RST instead of FIN."""
    sessao.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    raise Fim


def silence(sessao: "Sessao") -> None:
    """Says nothing for as long as the test runs."""
    sessao.servidor.closing.wait()
    raise Fim


def flood(sessao: "Sessao") -> None:
    """An answer that never ends."""
    while not sessao.servidor.closing.is_set():
        sessao.socket.sendall(b"250-" + b"x" * 500 + b"\r\n")


def drip(text: str, *, every: float = 0.05) -> Acao:
    """One byte at a time: no single wait is long."""

    def action(sessao: "Sessao") -> None:
        for byte in text.encode() + b"\r\n":
            sessao.socket.sendall(bytes([byte]))
            sessao.servidor.closing.wait(every)

    return action


def later(answer: str, *, seconds: float) -> Acao:
    def action(sessao: "Sessao") -> None:
        sessao.servidor.closing.wait(seconds)
        sessao.act(answer)

    return action


def accept_then(action: Acao) -> Acao:
    """At PONTO: takes the message, and then does not say so plainly."""

    def both(sessao: "Sessao") -> None:
        sessao.take()
        sessao.act(action)

    return both


def when(event: threading.Event, then: Acao) -> Acao:
    """Waits for the test."""

    def action(sessao: "Sessao") -> None:
        event.wait(30)
        sessao.act(then)

    return action


@dataclass
class Servidor:
    """`with Servidor({"RCPT": "550 5.1.1 não existe"}) as servidor:`, then look at `recebidas`."""

    roteiro: Mapping[str, Acao | Iterator[Acao]] = field(default_factory=dict)
    tls: ssl.SSLContext | None = None
    ao_aceitar: Callable[[Recebida], None] = lambda recebida: None
    ao_ouvir: Callable[[str], None] = lambda comando: None
    recebidas: list[Recebida] = field(default_factory=list)
    comandos: list[str] = field(default_factory=list)
    conexoes: int = 0

    def __enter__(self) -> Self:
        self.closing, self.lock = threading.Event(), threading.Lock()
        self.open: set[socket.socket] = set()
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.porta = int(self.listener.getsockname()[1])
        self.threads = [threading.Thread(target=self._accept, daemon=True)]
        self.threads[0].start()
        return self

    def __exit__(self, *error: object) -> None:
        self.closing.set()
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        with self.lock:
            for one in self.open:
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
        for thread in self.threads:
            thread.join(5)

    @property
    def ids(self) -> list[str]:
        return [recebida.message_id for recebida in self.recebidas]

    def next_action(self, *steps: str) -> Acao | None:
        """Of the first of these steps that the script knows."""
        with self.lock:
            for step in steps:
                found = self.roteiro.get(step)
                action = found if found is None or isinstance(found, str) or callable(found) else next(found, None)
                if action is not None:
                    return action
        return None

    def _accept(self) -> None:
        while True:
            try:
                accepted, _ = self.listener.accept()
            except OSError:
                return
            self.conexoes += 1
            thread = threading.Thread(target=self._serve, args=[accepted], daemon=True)
            self.threads.append(thread)
            thread.start()

    def _serve(self, accepted: socket.socket) -> None:
        # Three answers to a pipelined MAIL, RCPT, DATA would else wait 40 ms for the other side's delayed ACK.
        accepted.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with self.lock:
            self.open.add(accepted)
        sessao = Sessao(self, accepted)
        try:
            sessao.run()
        except (Fim, OSError):
            pass
        finally:
            with self.lock:
                self.open.discard(accepted)
                sessao.socket.close()
                accepted.close()


class Sessao:
    def __init__(self, servidor: Servidor, accepted: socket.socket) -> None:
        self.servidor, self.socket, self.buffer = servidor, accepted, b""
        self.de = self.para = self.answered = self.said = ""
        self.dados = b""

    def run(self) -> None:
        self._step("ABERTURA")
        while True:
            line = self._line().decode(errors="replace")
            verb, _, rest = line.partition(" ")
            self.servidor.comandos.append(line)
            self.servidor.ao_ouvir(line)
            self._command(verb.upper(), rest)

    def act(self, action: Acao) -> None:
        if callable(action):
            action(self)
        else:
            self.said = action
            self.socket.sendall(action.encode() + b"\r\n")

    def take(self) -> None:
        """The message is the server's from here on; noted before anything is answered."""
        recebida = Recebida(self.de, self.para, self.dados)
        with self.servidor.lock:
            self.servidor.recebidas.append(recebida)
        self.servidor.ao_aceitar(recebida)

    def _command(self, verb: str, rest: str) -> None:
        if verb == "MAIL":
            self.de = rest.partition("<")[2].partition(">")[0]
        if verb == "RCPT":
            self.para = rest.partition("<")[2].partition(">")[0]
        if verb == "DATA" and not self.answered.startswith("2"):  # the answer to RCPT
            self.act(self.servidor.next_action("DATA SEM RCPT") or "503 5.5.1 para quem?")
            return
        answer = self._step(f"{verb} {self.para}" if verb == "RCPT" else verb, verb)
        self.answered = answer
        if verb == "QUIT":
            raise Fim
        if verb == "STARTTLS" and self.servidor.tls and answer.startswith("220"):
            self.socket = self.servidor.tls.wrap_socket(self.socket, server_side=True)
        if verb == "DATA" and answer.startswith("354"):
            self._content()

    def _step(self, *steps: str) -> str:
        action = self.servidor.next_action(*steps) or HONESTA.get(steps[-1], "502 não conheço")
        self.said = ""
        self.act(action)
        return self.said

    def _content(self) -> None:
        lines = []
        while (line := self._line()) != b".":
            lines.append(line[1:] if line.startswith(b".") else line)
        self.dados = b"\r\n".join([*lines, b""])
        action = self.servidor.next_action("PONTO")
        if action is None or (isinstance(action, str) and action.startswith("2")):
            self.take()
        self.act(action or f"250 2.0.0 ok: na fila como {len(self.servidor.recebidas)}")

    def _line(self) -> bytes:
        while b"\r\n" not in self.buffer:
            piece = self.socket.recv(65536)
            if not piece:
                raise Fim
            self.buffer += piece
        line, _, self.buffer = self.buffer.partition(b"\r\n")
        return line


def point_to(settings: Any, servidor: Servidor) -> None:
    """Django's mail settings, for the length of a test."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", servidor.porta
