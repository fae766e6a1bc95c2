"""An SMTP connection that no server can hold longer, or fill more, than it is allowed to."""

import smtplib
import time
from typing import Any

LONGEST_REPLY = 64 * 1024  # bytes; lines that never end would fill the memory first
PIECE = 8192


class _Leitor:
    """What smtplib reads replies from. A file of the socket would start its time-out anew at each byte."""

    def __init__(self, conversa: "Limites") -> None:
        self.conversa, self.buffer, self.allowance = conversa, bytearray(), LONGEST_REPLY

    def readline(self, limit: int) -> bytes:
        while (end := self.buffer.find(b"\n") + 1) == 0 and len(self.buffer) < limit:
            piece = self.conversa.receive(PIECE)
            if not piece:
                break
            self.buffer += piece
        line = bytes(self.buffer[: min(end or limit, limit)])
        del self.buffer[: len(line)]
        self.allowance -= len(line)
        if self.allowance < 0:
            raise OSError("resposta sem fim")
        return line

    def close(self) -> None:
        self.buffer.clear()


class Limites(smtplib.SMTP):
    """`until` bounds everything, whatever the server does; `patience`, each wait for it."""

    def __init__(self, *args: Any, until: float, **kwargs: Any) -> None:
        self.until = until  # first: connecting happens in the next line
        self.patience: float = kwargs["timeout"]
        super().__init__(*args, **kwargs)

    def receive(self, size: int) -> bytes:
        self._arm()
        if self.sock is None:
            raise OSError("sem conexão")
        return self.sock.recv(size)

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None:
            self.file = _Leitor(self)
        self.file.allowance = LONGEST_REPLY
        return super().getreply()

    def send(self, s: Any) -> None:
        self._arm()
        super().send(s)

    def _arm(self) -> None:
        left = min(self.patience, self.until - time.monotonic())
        if left <= 0:
            raise TimeoutError("o servidor passou do tempo que uma mensagem tem")
        if self.sock is not None and self.sock.gettimeout() != left:
            self.sock.settimeout(left)  # a call to the system: most often there is no need

    def said_too_much(self) -> bool:
        """A reply that nobody asked for: the next answer would be taken for another's."""
        return self.file is not None and bool(self.file.buffer)


class Conversa(Limites):
    pass


class ConversaTLS(Limites, smtplib.SMTP_SSL):
    pass
