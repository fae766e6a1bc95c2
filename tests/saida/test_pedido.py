"""The way out, against real servers on loopback: allowed ones, since all others are refused here."""

import socket
import threading
import time
from typing import Any

import pytest

from portal.saida.pedido import Falhou, Recusada, Resposta, send, system_names
from tests.saida.servidor import Behave, answer, serving

METADATA = b"HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/latest/meta-data/\r\nContent-Length: 0\r\n\r\n"


def ask(url: str, **options: Any) -> Resposta:
    usual: dict[str, Any] = {"seconds": 5, "limit": 1000, "hosts_allowed": ["127.0.0.1", "localhost"]}
    return send("GET", url, **usual | options)


def drip(before: bytes) -> Behave:
    """A byte in a while, for ever: no single wait is long."""

    def behave(client: socket.socket, request: bytes) -> None:
        client.sendall(before)
        for _ in range(200):
            client.sendall(b"a")
            time.sleep(0.05)

    return behave


def test_sends_what_it_is_given_and_gives_back_the_answer() -> None:
    data = b"HTTP/1.1 201 Created\r\nX-Quem: eu\r\nContent-Length: 2\r\nSet-Cookie: a=b\r\n\r\nok"
    with serving(answer(data)) as servidor:
        url = servidor.url("/a/b?c=d")
        resposta = send(
            "POST", url, body=b"{}", headers={"X-Um": "dois"}, seconds=5, limit=10, hosts_allowed=["127.0.0.1"]
        )

    head, _, body = servidor.requests[0].partition(b"\r\n\r\n")
    assert (resposta.status, resposta.headers["x-quem"], resposta.body) == (201, "eu", b"ok")
    assert head.startswith(b"POST /a/b?c=d HTTP/1.1\r\n")
    assert f"Host: 127.0.0.1:{servidor.port}".encode() in head
    assert b"X-Um: dois" in head
    assert body == b"{}"


def test_a_redirect_is_an_answer_like_any_other() -> None:
    with serving(answer(METADATA)) as servidor:
        resposta = ask(servidor.url())

    assert resposta.status == 302
    assert servidor.connections == 1


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "[::1]"])
def test_nothing_is_sent_inside_the_house(host: str) -> None:
    with serving() as servidor, pytest.raises(Recusada):
        ask(servidor.url(host=host), schemes=["http"], hosts_allowed=[])

    assert servidor.connections == 0


@pytest.mark.parametrize("ips", [["127.0.0.1"], ["93.184.216.34", "127.0.0.1"], ["::ffff:127.0.0.1"], ["fe80::1%lo"]])
def test_a_name_that_leads_inside_is_refused_after_it_was_asked_for(ips: list[str]) -> None:
    with serving() as servidor, pytest.raises(Recusada, match="rede interna"):
        ask(servidor.url(host="exemplo.com.br"), schemes=["http"], resolve=lambda host, port: ips)

    assert servidor.connections == 0


def test_the_name_is_asked_for_once_and_the_connection_goes_where_the_answer_was_judged() -> None:
    """Of a name that is public when judged and loopback a moment later the second answer is never heard."""
    asked: list[str] = []

    def rebind(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["127.0.0.2"]

    with serving() as servidor:
        resposta = ask(servidor.url(host="localhost"), resolve=rebind)

    assert resposta.status == 200
    assert asked == ["localhost"]


def test_another_address_of_the_name_is_tried_where_the_first_does_not_answer() -> None:
    with serving() as servidor:
        resposta = ask(servidor.url(host="localhost"), resolve=lambda host, port: ["::1", "127.0.0.1"])

    assert resposta.status == 200


@pytest.mark.parametrize(
    "before",
    [b"", b"HTTP/1.1 200 OK\r\nA: ", b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n"],
    ids=["status", "cabecalho", "corpo-sem-tamanho", "corpo"],
)  # fmt: skip
def test_who_drips_is_cut_off(before: bytes) -> None:
    began = time.monotonic()

    with serving(drip(before)) as servidor, pytest.raises(Falhou, match="por inteiro em"):
        ask(servidor.url(), seconds=0.5)

    assert time.monotonic() - began < 5  # it would drip for ten


def test_who_drips_within_the_tls_handshake_is_cut_off() -> None:
    over = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))

    def handshake() -> None:
        client, _ = listener.accept()
        with client:
            client.sendall(b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc")  # a server's hello of 16 KB begins
            while not over.wait(0.05):
                try:
                    client.sendall(b"a")
                except OSError:
                    return

    thread = threading.Thread(target=handshake, daemon=True)
    thread.start()
    try:
        with pytest.raises(Falhou):
            ask(f"https://127.0.0.1:{listener.getsockname()[1]}/", seconds=0.5)
    finally:
        over.set()
        listener.close()
        thread.join(5)


def test_a_resolver_that_hangs_is_waited_for_no_longer_than_all_the_rest() -> None:
    over = threading.Event()

    def hang(host: str, port: int) -> list[str]:
        over.wait(30)
        return []

    with pytest.raises(Falhou, match="por inteiro em"):
        ask("https://exemplo.com.br/", seconds=0.2, resolve=hang)
    over.set()


def test_a_longer_answer_than_wanted_is_refused_or_cut() -> None:
    huge = b"HTTP/1.1 200 OK\r\nContent-Length: 50000000\r\n\r\n" + b"a" * 100_000
    with serving(answer(huge)) as servidor:
        with pytest.raises(Recusada, match="passa de 1000 bytes"):
            ask(servidor.url())
        resposta = ask(servidor.url(), cut=True)

    assert len(resposta.body) == 1000
    assert not resposta.inteira


def test_chunks_count_as_they_come() -> None:
    chunks = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"400\r\n" + b"a" * 0x400 + b"\r\n0\r\n\r\n"
    with serving(answer(chunks)) as servidor:
        assert len(ask(servidor.url(), limit=1024).body) == 1024
        with pytest.raises(Recusada):
            ask(servidor.url(), limit=1023)


@pytest.mark.parametrize(
    "data", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", b"SSH-2.0-OpenSSH\r\n", b"HTTP/1.1 abc\r\n\r\n"]
)
def test_what_is_no_whole_answer_may_be_tried_again(data: bytes) -> None:
    with serving(answer(data)) as servidor, pytest.raises(Falhou):
        ask(servidor.url())


def test_nobody_there_may_be_tried_again() -> None:
    with serving() as servidor:
        pass

    with pytest.raises(Falhou, match="recusou a conexão"):
        ask(servidor.url())


@pytest.mark.parametrize("found", [[], OSError("não há"), UnicodeError("rótulo")])
def test_a_name_without_address_may_have_one_later(found: list[str] | Exception) -> None:
    def resolve(host: str, port: int) -> list[str]:
        if isinstance(found, Exception):
            raise found
        return found

    with pytest.raises(Falhou, match="domínio"):
        ask("https://exemplo.com.br/", resolve=resolve)


def test_the_environments_proxies_are_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving() as proxy, serving() as servidor:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url())

        assert ask(servidor.url()).status == 200

    assert proxy.connections == 0


def test_the_systems_resolver_gives_plain_addresses() -> None:
    assert "127.0.0.1" in system_names("localhost", 80)


@pytest.mark.parametrize("many", [1, 3])
def test_nothing_is_left_open(many: int) -> None:
    with serving() as servidor:
        for _ in range(many):
            ask(servidor.url())

    assert not [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer) and thread.is_alive()]
