"""An authority's web server on loopback, and short ways to ask what a sweep did."""

import socket
from collections.abc import Callable
from datetime import datetime

from certificados.models import Certificado, ListaRevogacao
from certificados.revogacao import services
from certificados.revogacao.services import Varredura
from portal import clock
from tests import listas

HORA = listas.HORA
Include = Callable[..., Certificado]


class Publicadora:
    """What lies at which path; anything else is 404. A function has the socket to itself."""

    def __init__(self) -> None:
        self.paths: dict[str, bytes | Callable[[socket.socket], None]] = {}
        self.headers: dict[str, str] = {}
        self.asked: list[str] = []

    def __call__(self, client: socket.socket, request: bytes) -> None:
        path = request.split(b" ")[1].decode()
        self.asked.append(path)
        found = self.paths.get(path)
        if callable(found):
            found(client)
            return
        etag = self.headers.get(path, "")
        if etag and f"If-None-Match: {etag}".encode() in request:
            client.sendall(b"HTTP/1.1 304 Not Modified\r\n\r\n")
            return
        status = "404 Not Found" if found is None else "200 OK"
        more = f"ETag: {etag}\r\n" if etag else ""
        client.sendall(f"HTTP/1.1 {status}\r\n{more}Content-Length: {len(found or b'')}\r\n\r\n".encode())
        client.sendall(found or b"")


def serial(certificado: Certificado) -> int:
    return int(certificado.numero_serie, 16)


def sweep(now: datetime, **options: bool) -> Varredura:
    return services.sweep(now=now, relogio=clock.instant, **options)


def in_service() -> set[str]:
    return set(Certificado.objects.filter(slot__isnull=False).values_list("nome_arquivo", flat=True))


def failure() -> str:
    return ListaRevogacao.objects.get().falha
