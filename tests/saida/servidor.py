"""Small servers on loopback that behave as badly as a test wants, over plain sockets."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
Behave = Callable[[socket.socket, bytes], None]


@dataclass
class Servidor:
    port: int
    requests: list[bytes] = field(default_factory=list)
    connections: int = 0

    def url(self, path: str = "/", *, host: str = "127.0.0.1", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    @property
    def hosts(self) -> list[str]:
        return ["127.0.0.1", "localhost"]


def answer(data: bytes = OK) -> Behave:
    return lambda client, request: client.sendall(data)


@contextmanager
def serving(behave: Behave | None = None, *, tls: ssl.SSLContext | None = None) -> Iterator[Servidor]:
    """Each connection in its own thread: its request is read to the end, then `behave` has the socket."""
    behave, over = behave or answer(), threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))
    servidor = Servidor(listener.getsockname()[1])

    def converse(client: socket.socket) -> None:
        with client, suppress(OSError):
            spoken = tls.wrap_socket(client, server_side=True) if tls else client
            with spoken:
                servidor.requests.append(request := _read(spoken))
                behave(spoken, request)

    def accept() -> None:
        with suppress(OSError):
            while not over.is_set():
                client, _ = listener.accept()
                servidor.connections += 1
                threading.Thread(target=converse, args=(client,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield servidor
    finally:
        over.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def _read(client: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        if not (chunk := client.recv(65536)):
            return data
        data += chunk
    head, _, body = data.partition(b"\r\n\r\n")
    length = next((int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0)
    while len(body) < length:
        body += client.recv(65536)
    return head + b"\r\n\r\n" + body
