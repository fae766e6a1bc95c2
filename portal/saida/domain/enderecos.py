"""An address that somebody gave us: which forms are taken, and which machines it may lead to.

What is allowed is said, not what is forbidden: a form or a network that nobody thought of is refused.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

Ip = IPv4Address | IPv6Address

LONGO = 2000  # characters
PORTAS = {"http": 80, "https": 443}
ALTAS = 1024  # from here on ports are anybody's; below are other services, mail among them
LETRAS = re.compile(r"[!-~]+", re.ASCII)  # no spaces, no control characters, nothing that looks like something else
NOME = re.compile(r"(?=.{1,253}\Z)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?)*")
NUMERO = re.compile(
    r"(\d+|0x[0-9a-f]*)", re.ASCII
)  # a last part like this makes it an IPv4 address, as browsers read it

# IANA's registries of special purposes, and multicast. Python's `is_global` changed between its versions.
IPV4_DE_USO_PROPRIO = tuple(
    IPv4Network(text)
    for text in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
IPV6_GLOBAL = IPv6Network("2000::/3")
IPV6_DE_USO_PROPRIO = tuple(IPv6Network(text) for text in ("2001::/23", "2001:db8::/32", "3fff::/20"))
# An IPv4 address within an IPv6 one: the network, and how many bits stand to its right.
EMBUTIDOS = (
    (IPv6Network("::ffff:0:0/96"), 0),
    (IPv6Network("64:ff9b::/96"), 0),  # NAT64
    (IPv6Network("2002::/16"), 80),  # 6to4
)


class Recusado(ValueError):
    """In words for whoever gave the address."""


@dataclass(frozen=True, slots=True)
class Alvo:
    """Where a request goes, taken apart once, so that what was judged is what is used."""

    scheme: str
    host: str  # lower case, without brackets or a final dot
    port: int
    path: str  # with the query
    permitido: bool  # operations allow this host, wherever it is

    @property
    def autoridade(self) -> str:
        """For the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTAS[self.scheme] else f"{host}:{self.port}"


def is_public(ip: Ip) -> bool:
    """Somewhere on the Internet, as far as an address can tell."""
    if isinstance(ip, IPv4Address):
        return not any(ip in network for network in IPV4_DE_USO_PROPRIO)
    for network, shift in EMBUTIDOS:
        if ip in network:
            return is_public(IPv4Address(int(ip) >> shift & 0xFFFFFFFF))
    return ip in IPV6_GLOBAL and not any(ip in network for network in IPV6_DE_USO_PROPRIO)


def read(url: str, *, schemes: Collection[str], hosts_allowed: Collection[str] = ()) -> Alvo:
    """Raises Recusado. A host that operations allow may be inside the house: any name, any port, http too."""
    if len(url) > LONGO:
        raise Recusado(f"O endereço tem {len(url)} caracteres; o limite é {LONGO}.")
    if not LETRAS.fullmatch(url) or "\\" in url:
        raise Recusado(
            "O endereço tem espaços, acentos ou outros caracteres que não se usam em endereços. "
            "Domínio com acento se escreve na forma “xn--”."
        )
    scheme, host, port, path = _parts(url)
    permitido = host in {name.lower() for name in hosts_allowed}
    if scheme not in ({*schemes, *PORTAS} if permitido else schemes):
        raise Recusado(f"O endereço deve começar com {' ou '.join(f'{name}://' for name in sorted(schemes))}.")
    alvo = Alvo(scheme, host, port or PORTAS[scheme], path, permitido)
    if not permitido:
        _judge(alvo)
    return alvo


def _parts(url: str) -> tuple[str, str, int | None, str]:
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").removesuffix("."), parts.port
    except ValueError as error:
        raise Recusado("O endereço não tem a forma https://dominio/caminho.") from error
    if "@" in parts.netloc:
        raise Recusado("O endereço não pode levar usuário nem senha.")
    if "#" in url:
        raise Recusado("O endereço não pode ter “#”: essa parte nunca chega ao servidor.")
    if port == 0 or not (_literal(host) or NOME.fullmatch(host)):
        raise Recusado("O endereço não tem a forma https://dominio/caminho.")
    if NUMERO.fullmatch(host.rpartition(".")[2]) and not _literal(host):
        raise Recusado(f"“{host}” não é um domínio nem um endereço IP com quatro números, como 192.0.2.1.")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return parts.scheme.lower(), host, port, path


def _literal(host: str) -> Ip | None:
    """As Python reads it: four plain decimals, no octal, no zone."""
    try:
        return None if "%" in host else ip_address(host)
    except ValueError:
        return None


def _judge(alvo: Alvo) -> None:
    if alvo.port not in PORTAS.values() and alvo.port < ALTAS:
        raise Recusado(f"A porta {alvo.port} não serve: use 443, 80 ou uma de {ALTAS} em diante.")
    literal = _literal(alvo.host)
    if literal is None and "." not in alvo.host:
        raise Recusado(f"“{alvo.host}” não é um domínio completo, como sistema.exemplo.com.br.")
    if literal is not None and not is_public(literal):
        raise Recusado(NAO_PUBLICO.format(host=alvo.host))


NAO_PUBLICO = (
    "{host} leva a uma rede interna ou reservada, para onde o portal não envia nada. "
    "Use um endereço público da Internet ou peça à operação que permita este."
)
