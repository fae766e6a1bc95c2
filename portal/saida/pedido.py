"""A request to an address that somebody gave us.

The name is asked for once; every address that it has is judged, and the connection goes to one that was judged: a name
that answers otherwise a moment later changes nothing. Redirects come back as the answers that they are. No proxy of the
environment, no cookies, no decompression, and one deadline for all of it, also where the other side drips.
"""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPException
from ipaddress import ip_address
from queue import Empty, SimpleQueue

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from portal.kernel.text import visible
from portal.saida.domain import enderecos
from portal.saida.domain.enderecos import Alvo, Ip

Resolve = Callable[[str, int], Collection[str]]
AGENTE_DE_USUARIO = "portal-integracao/1.0"


class Recusada(Exception):
    """It was not sent and will not be, however often it is tried. In words for whoever gave the address."""


class Falhou(Exception):
    """It may work another time; whether the other side received it is not known."""


@dataclass(frozen=True, slots=True)
class Resposta:
    status: int
    headers: Mapping[str, str]  # names in lower case
    body: bytes
    inteira: bool = True  # False: cut at the limit, where the caller wants it cut


def system_names(host: str, port: int) -> list[str]:
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def send(
    method: str,
    url: str,
    *,
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
    seconds: float,
    limit: int,
    cut: bool = False,
    schemes: Collection[str] = ("https",),
    hosts_allowed: Collection[str] = (),
    resolve: Resolve = system_names,
) -> Resposta:
    """Raises Recusada or Falhou. Of a longer answer than `limit` bytes nothing is kept, or with `cut` its beginning."""
    prazo = Prazo(seconds)
    try:
        alvo = enderecos.read(url, schemes=schemes, hosts_allowed=hosts_allowed)
        ips = _judged(alvo, prazo, resolve)
    except enderecos.Recusado as error:
        raise Recusada(str(error)) from error
    with _connection(alvo, ips, prazo) as connection, prazo.ends(connection.sock):
        connection.timeout = prazo.left()
        connection.request(
            method,
            alvo.path,
            body=body or None,
            headers={
                "User-Agent": AGENTE_DE_USUARIO,
                **(headers or {}),
                "Host": alvo.autoridade,
                "Connection": "close",
            },
            preload_content=False,
            decode_content=False,
        )
        resposta = _answer(connection, limit=limit, cut=cut)
        prazo.left()  # an answer without a length ends where it was cut off, and looks whole
        return resposta


class Prazo:
    """When all of it must be over."""

    def __init__(self, seconds: float) -> None:
        self.seconds, self._until = seconds, time.monotonic() + seconds

    def left(self) -> float:
        """Raises Falhou where nothing is left."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise self.over()
        return left

    def over(self) -> Falhou:
        return Falhou(f"o servidor não respondeu por inteiro em {self.seconds:g} segundos")

    def passed(self) -> bool:
        return time.monotonic() >= self._until

    @contextmanager
    def ends(self, sock: socket.socket) -> Iterator[None]:
        """A socket's own timeout begins anew with each byte; this one does not.

        Of the plain socket beneath: SSLSocket.shutdown() would take the TLS object from the thread that reads.
        """

        def cut_off() -> None:
            with suppress(OSError):
                socket.socket.shutdown(sock, socket.SHUT_RDWR)

        timer = threading.Timer(self.left(), cut_off)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()


def _judged(alvo: Alvo, prazo: Prazo, resolve: Resolve) -> list[Ip]:
    """One that is not public speaks against the name, whatever its others are."""
    ips = [ip_address(text.partition("%")[0]) for text in dict.fromkeys(_names(alvo, prazo, resolve))]
    if not ips:
        raise Falhou(f"o domínio {alvo.host} não tem endereço")
    if not alvo.permitido and not all(map(enderecos.is_public, ips)):
        raise Recusada(enderecos.NAO_PUBLICO.format(host=alvo.host))
    return ips


def _names(alvo: Alvo, prazo: Prazo, resolve: Resolve) -> Collection[str]:
    """In a thread of its own: the system's resolver knows no deadline but its own, which is long."""
    found: SimpleQueue[Collection[str] | OSError | UnicodeError] = SimpleQueue()

    def ask() -> None:
        try:
            found.put(resolve(alvo.host, alvo.port))
        except (OSError, UnicodeError) as error:
            found.put(error)

    threading.Thread(target=ask, daemon=True).start()
    try:
        answer = found.get(timeout=prazo.left())
    except Empty:
        raise prazo.over() from None
    if isinstance(answer, Exception):
        raise Falhou(f"o domínio {alvo.host} não foi encontrado") from answer
    return answer


@contextmanager
def _connection(alvo: Alvo, ips: list[Ip], prazo: Prazo) -> Iterator[HTTPConnection]:
    """To the first that answers; what goes wrong on it later is Falhou as well."""
    connection = None
    try:
        connection = _opened(alvo, ips, prazo)
        yield connection
    except (OSError, HTTPError, HTTPException, ValueError) as error:
        raise prazo.over() if prazo.passed() else Falhou(_words(error)) from error
    finally:
        if connection is not None:
            connection.close()


def _opened(alvo: Alvo, ips: list[Ip], prazo: Prazo) -> HTTPConnection:
    for ip in ips[:-1]:
        try:
            return _open(alvo, ip, prazo)
        except (OSError, HTTPError):
            continue
    return _open(alvo, ips[-1], prazo)


def _open(alvo: Alvo, ip: Ip, prazo: Prazo) -> HTTPConnection:
    # The timeout holds for the connection and once more for the TLS handshake.
    connection: HTTPConnection
    if alvo.scheme == "https":
        connection = HTTPSConnection(
            str(ip),
            alvo.port,
            timeout=prazo.left() / 2,
            server_hostname=alvo.host,
            ssl_context=ssl.create_default_context(),
        )
    else:
        connection = HTTPConnection(str(ip), alvo.port, timeout=prazo.left() / 2)
    try:
        connection.connect()
    except BaseException:
        connection.close()
        raise
    return connection


def _answer(connection: HTTPConnection, *, limit: int, cut: bool) -> Resposta:
    response, body = connection.getresponse(), b""
    try:
        while len(body) <= limit and (
            more := response.read(limit + 1 - len(body))
        ):  # the empty one says if it is whole
            body += more
    finally:
        response.close()
    if len(body) > limit and not cut:
        raise Recusada(f"a resposta passa de {limit} bytes")
    headers = {name.lower(): visible(value, 500) for name, value in response.headers.items()}
    return Resposta(response.status, headers, body[:limit], inteira=len(body) <= limit)


def _words(error: BaseException) -> str:
    """What went wrong, for the page of deliveries; the address itself stands there already."""
    cause = error.__cause__ or error
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"o certificado do servidor não foi aceito: {visible(cause.verify_message, 120)}"
    if isinstance(cause, ssl.SSLError):
        return f"a conexão TLS falhou: {visible(cause.reason or '', 120)}"
    if isinstance(cause, TimeoutError):
        return "o servidor não atendeu a tempo"
    if isinstance(cause, ConnectionRefusedError):
        return "o servidor recusou a conexão"
    return f"a conexão foi interrompida ({type(cause).__name__})"
