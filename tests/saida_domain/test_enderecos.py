"""Which addresses may be spoken to."""

from contextlib import suppress
from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.saida.domain.enderecos import Recusado, is_public, read

HTTPS = ("https",)
PUBLICOS = [
    "1.1.1.1", "8.8.8.8", "93.184.216.34", "100.63.255.255", "100.128.0.0", "172.15.0.1", "172.32.0.1", "192.167.1.1",
    "223.255.255.255", "2606:4700:4700::1111", "2800:3f0:4001::200e", "::ffff:8.8.8.8", "64:ff9b::808:808",
    "2002:808:808::1",
]  # fmt: skip
INTERNOS = [
    "0.0.0.0", "0.1.2.3",  # noqa: S104 - nothing is bound to it
    "10.0.0.1", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.255.254",
    "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.170", "192.0.2.1", "192.88.99.1", "192.168.0.1",
    "198.18.0.1", "198.51.100.1", "203.0.113.9", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::127.0.0.1", "fe80::1", "fec0::1", "fc00::1", "fd12:3456::1", "ff02::1", "2001:db8::1", "2001::1",
    "3fff::1", "100::1", "64:ff9b:1::1", "4000::1", "::ffff:127.0.0.1", "::ffff:10.1.2.3", "64:ff9b::a9fe:a9fe",
    "2002:7f00:1::", "2002:c0a8:101::5",
]  # fmt: skip


@pytest.mark.parametrize("text", PUBLICOS)
def test_is_public(text: str) -> None:
    assert is_public(ip_address(text))


@pytest.mark.parametrize("text", INTERNOS)
def test_is_not_public(text: str) -> None:
    assert not is_public(ip_address(text))


@given(st.ip_addresses())
def test_what_python_calls_private_is_never_public(ip: object) -> None:
    found = ip_address(str(ip))

    if found.is_private or found.is_loopback or found.is_link_local or found.is_multicast or found.is_unspecified:
        assert not is_public(found) or getattr(found, "ipv4_mapped", None) is not None


@pytest.mark.parametrize(
    ("url", "host", "port", "path", "autoridade"),
    [
        ("https://exemplo.com.br", "exemplo.com.br", 443, "/", "exemplo.com.br"),
        ("HTTPS://Exemplo.COM.br./a?b=c%20d", "exemplo.com.br", 443, "/a?b=c%20d", "exemplo.com.br"),
        ("https://exemplo.com.br:8443/a", "exemplo.com.br", 8443, "/a", "exemplo.com.br:8443"),
        ("https://xn--energtica-i1a.com.br/", "xn--energtica-i1a.com.br", 443, "/", "xn--energtica-i1a.com.br"),
        ("https://8.8.8.8/", "8.8.8.8", 443, "/", "8.8.8.8"),
        (
            "https://[2606:4700::1111]:444/".replace("444", "4443"),
            "2606:4700::1111",
            4443,
            "/",
            "[2606:4700::1111]:4443",
        ),
    ],
)
def test_is_taken_apart(url: str, host: str, port: int, path: str, autoridade: str) -> None:
    alvo = read(url, schemes=HTTPS)

    assert (alvo.host, alvo.port, alvo.path, alvo.autoridade) == (host, port, path, autoridade)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("", "caracteres"),
        ("https://a.com.br/" + "a" * 2000, "limite"),
        ("https://a.com.br/a b", "caracteres"),
        ("https://a.com.br/a\r\nX: y", "caracteres"),
        ("https://energética.com.br/", "xn--"),
        ("https://a.com.br\\@b.com.br/", "caracteres"),
        ("http://a.com.br/", "começar com https://"),
        ("ftp://a.com.br/", "começar"),
        ("file:///etc/passwd", "forma"),
        ("//a.com.br/", "começar"),
        ("https://eu:senha@a.com.br/", "usuário"),
        ("https://@a.com.br/", "usuário"),
        ("https://a.com.br/#b", "#"),
        ("https:///a", "forma"),
        ("https://a..com.br/", "forma"),
        ("https://-a.com.br/", "forma"),
        ("https://a.com.br:0/", "forma"),
        ("https://a.com.br:99999/", "forma"),
        ("https://a.com.br:x/", "forma"),
        ("https://[::1/", "forma"),
        ("https://[fe80::1%25eth0]/", "forma"),
        ("https://a.com.br:25/", "porta 25"),
        ("https://localhost/", "domínio completo"),
        ("https://127.0.0.1/", "rede interna"),
        ("https://[::1]/", "rede interna"),
        ("https://2130706433/", "quatro números"),
        ("https://0x7f000001/", "quatro números"),
        ("https://0x7f.0.0.1/", "quatro números"),
        ("https://0177.0.0.1/", "quatro números"),
        ("https://127.1/", "quatro números"),
        ("https://a.0x7f/", "quatro números"),
    ],
)
def test_is_refused_in_words(url: str, why: str) -> None:
    with pytest.raises(Recusado, match=why):
        read(url, schemes=HTTPS)


@pytest.mark.parametrize("url", ["http://gateway:80/", "https://GATEWAY:9/a", "http://10.0.0.7:8080/"])
def test_operations_may_allow_a_host_of_the_house(url: str) -> None:
    assert read(url, schemes=HTTPS, hosts_allowed=["Gateway", "10.0.0.7"]).permitido


def test_a_host_that_is_allowed_opens_no_other() -> None:
    with pytest.raises(Recusado):
        read("https://gateway.evil/", schemes=(), hosts_allowed=["gateway"])


def test_lists_come_over_http_too() -> None:
    assert read("http://lcr.exemplo.com.br/a.crl", schemes=("http", "https")).port == 80


@given(st.text())
def test_never_raises_anything_else(text: str) -> None:
    with suppress(Recusado):
        read(f"https://{text}", schemes=HTTPS)
